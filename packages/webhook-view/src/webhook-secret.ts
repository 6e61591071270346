import { msg } from "@lit/localize";
import { icon } from "@sidedesk/ui/icon";
import { copyIcon } from "@sidedesk/ui/icons";
import { html } from "lit";
import { state } from "lit/decorators.js";
import { copyText } from "./copy.ts";
import { WebhookDialog } from "./webhook-dialog.ts";

/**
 * @summary A secret, this once: to copy, with the code that checks what it signs.
 */
export class WebhookSecret extends WebhookDialog {
  @state() private secret = "";
  @state() private isRotated = false;
  @state() private said = "";

  /** Shows a secret until the dialog is closed; then it is forgotten. */
  async show(secret: string, isRotated: boolean): Promise<void> {
    this.secret = secret;
    this.isRotated = isRotated;
    this.said = "";
    await this.open();
  }

  protected override handleClosed(): void {
    this.secret = "";
  }

  override render() {
    return this.renderFrame(
      this.isRotated ? msg("The new secret") : msg("Its secret"),
      html`<div class="once">
          <b>${msg("Copy it now. It is not shown again.")}</b>
          <code class="mono" tabindex="0" aria-label=${msg("Secret")}>${this.secret}</code>
          <div class="choices">
            <button class="button" type="button" @click=${this.handleCopy}>${icon(copyIcon)}${msg("Copy")}</button>
            <span class="meta" role="status">${this.said}</span>
          </div>
        </div>
        ${
          this.isRotated
            ? html`<p>
                ${msg("For 24 hours both secrets sign each call, the new one first. Put the new one into your receiver before the old one ends.")}
              </p>`
            : html`<p>
                ${msg("Each call is signed with it. Whoever receives it checks the signature, and knows that it is from here.")}
              </p>`
        }
        <sidedesk-webhook-sample .locale=${this.locale}></sidedesk-webhook-sample>`,
      html`<button class="button button-primary" type="button" @click=${this.close}>${msg("I have it")}</button>`,
    );
  }

  private readonly handleCopy = async (): Promise<void> => {
    this.said = (await copyText(this.secret))
      ? msg("Copied.")
      : msg("The browser did not allow copying. Mark it and copy by hand.");
  };
}
