import { msg, str } from "@lit/localize";
import { NetworkError } from "@sidedesk/client";
import type { Comment } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { icon } from "@sidedesk/ui/icon";
import { triangleAlertIcon } from "@sidedesk/ui/icons";
import { safeHtml } from "@sidedesk/ui/safe-html";
import { problemWords } from "../shell/words.ts";

/** Why a message did not go, and that nothing of it is lost. */
export function notSent(error: unknown): string {
  const { words, reference } = problemWords(error);
  const what =
    error instanceof NetworkError
      ? msg("Not sent: the desk cannot be reached. Your text is kept; press Send again.")
      : msg(str`Not sent. ${words}`);
  return reference ? `${what} (${reference})` : what;
}

/** How the text will look, by the desk's own rules. */
export const previewPane = (shown: string): TemplateResult =>
  html`<div class="preview bubble prose" role="region" aria-label=${msg("Preview")} tabindex="0" dir="auto">
    ${safeHtml(shown)}
  </div>`;

/** Somebody answered while this was being written: it is shown before anything is sent on top of it. */
export function missedWarning(
  missed: readonly Comment[],
  { send, readOn }: { send: () => void; readOn: () => void },
): TemplateResult | typeof nothing {
  const last = missed.at(-1);
  if (!last) return nothing;
  return html`<div class="missed" role="alertdialog" aria-labelledby="missed-title" aria-describedby="missed-text">
    <p id="missed-title">
      ${icon(triangleAlertIcon)}<b>${msg(str`${last.author.name} wrote while you were writing.`)}</b>
    </p>
    <blockquote id="missed-text" dir="auto">${last.body.slice(0, 300)}</blockquote>
    <p class="row">
      <button class="button button-s button-primary" type="button" @click=${send}>${msg("Send anyway")}</button
      ><button class="button button-s" type="button" @click=${readOn}>${msg("Change my answer")}</button>
    </p>
  </div>`;
}
