import { msg, str } from "@lit/localize";
import { icon } from "@sidedesk/ui/icon";
import { rotateCwIcon } from "@sidedesk/ui/icons";
import { banner, emptyArt } from "@sidedesk/ui/surfaces";
import { html, nothing, type TemplateResult } from "lit";
import type { Desk } from "./desk.ts";
import { errorReference, errorWords } from "./words.ts";

/** A whole view that could not be loaded: what happened, what is safe, one action, a small reference. */
export function failedView(title: string, error: unknown, again: () => void): TemplateResult {
  const reference = errorReference(error);
  return html`<div class="empty" role="alert">
    ${emptyArt("broken")}
    <h2>${title}</h2>
    <p>${msg("Nothing is lost.")} ${errorWords(error)}</p>
    <button class="button" type="button" @click=${again}>${icon(rotateCwIcon)}${msg("Try again")}</button>
    ${reference ? html`<span class="meta faint">${msg(str`Reference ${reference}`)}</span>` : nothing}
  </div>`;
}

/** The session is over and could not be renewed: one step back in. */
export function signedOutView(desk: Desk): TemplateResult {
  return html`<div class="empty" role="status">
    ${emptyArt("locked")}
    <h2>${msg("Please sign in again")}</h2>
    ${desk.customer ? html`<p>${msg("You were away for a while. Your draft is still here.")}</p>` : nothing}
    <button class="button button-primary" type="button" @click=${() => void desk.signInAgain()}>
      ${msg("Sign in")}
    </button>
  </div>`;
}

/** What stands across a view while the connection is gone. `writing` says what becomes of a message. */
export function connectionBanner(desk: Desk, writing: boolean): TemplateResult | typeof nothing {
  if (!navigator.onLine) {
    return banner(
      "warning",
      writing
        ? msg("You are offline. We send your message when you are back.")
        : msg("You are offline. This is what we last knew."),
    );
  }
  if (desk.liveState !== "failed") return nothing;
  return banner(
    "error",
    html`${msg("No connection to the help desk.")}
      <button type="button" @click=${() => desk.live?.reconnect()}>${msg("Reconnect")}</button>`,
  );
}
