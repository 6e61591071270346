import { msg } from "@lit/localize";
import { webhooksApi, type WebhooksApi } from "@sidedesk/client";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { addWords, defineWebhookView } from "@sidedesk/webhook-view";
import { html, nothing, type PropertyValues } from "lit";
import { DeskElement } from "../session/desk-element.ts";
import type { Desk } from "../session/desk.ts";
import { wordsFor } from "../session/late-words.ts";
import { currentLanguage } from "../session/locale.ts";
import { signedOutView } from "../session/states.ts";
import { errorText } from "../session/error-text.ts";

defineWebhookView();

/** Endpoints that a customer may have, as the desk counts them. */
const most = 5;

/**
 * @summary A customer's webhooks: addresses of theirs that are called when something happens to them. List with health, form,
 * log, replay, and code that checks signatures. Usable alone; loaded only where it stands.
 * @tag sidedesk-webhooks
 * @attr {string} site - The site's public key, when it is not the one of the script tag.
 * @attr {string} desk - Address of the desk, when it is not the one of the script tag.
 * @csspart view - The view inside; its list's entries are `hook`.
 */
export class SidedeskWebhooks extends DeskElement {
  static override styles = [...(DeskElement.styles as []), buttons, surfaces];

  #api: { desk: Desk; calls: WebhooksApi } | undefined;
  #person: string | undefined;
  #tag = "en";
  #words = wordsFor(this, addWords);

  protected override willUpdate(changed: PropertyValues<this>): void {
    super.willUpdate(changed);
    // With the tag all that is shown says its words anew, once they are there.
    if (this.#words.spoken === currentLanguage()) this.#tag = this.locale;
  }

  override render() {
    const { desk } = this;
    if (desk.state === "signed-out") return html`<div class="card">${signedOutView(desk)}</div>`;
    if (!this.#words.spoken || desk.state === "starting") return nothing;
    if (!desk.isSignedIn) {
      return html`<div class="card empty">
        ${emptyArt("locked")}
        <h2>${msg("Sign in to see your webhooks")}</h2>
        <p>${msg("They belong to your account.")}</p>
      </div>`;
    }
    return html`<sidedesk-webhook-view
      part="view"
      exportparts="hook"
      .api=${this.#calls()}
      .scope=${"customer"}
      .most=${most}
      .locale=${this.#tag}
      .say=${errorText}
    ></sidedesk-webhook-view>`;
  }

  /** The same for the same person: another one begins anew. */
  #calls(): WebhooksApi {
    const person = this.desk.customer?.id;
    if (this.#api?.desk !== this.desk || person !== this.#person)
      this.#api = { desk: this.desk, calls: webhooksApi(this.desk.http) };
    this.#person = person;
    return this.#api.calls;
  }
}
