import { msg } from "@lit/localize";
import type { EmailEntry } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { query } from "lit/decorators.js";
import { listed } from "@sidedesk/ui/listed";
import { paths } from "../router.ts";
import { locale } from "../shell/localization.ts";
import { LogPart } from "../shell/log-part.ts";
import { mailWord } from "../shell/mail-kinds.ts";
import type { MailPreviewDialog } from "../shell/mail-preview.ts";
import "../shell/mail-preview.ts";

type State = EmailEntry["state"];
const tones: Record<State, string> = {
  succeeded: "success",
  failed: "error",
  pending: "info",
  held: "warning",
  cancelled: "",
};
const stateWords = (): Record<State, string> => ({
  succeeded: msg("Sent"),
  failed: msg("Failed"),
  pending: msg("Waiting"),
  held: msg("Held"),
  cancelled: msg("Called off"),
});

/**
 * @summary The mails of a site and what became of them, newest first; each can be looked at, and a failed one sent again.
 */
export class MailPart extends LogPart<EmailEntry, State> {
  @query("desk-mail-preview") private preview!: MailPreviewDialog;
  protected readonly tones = tones;
  protected readonly stateWords = stateWords;

  protected page(cursor?: string | null) {
    return this.session.client.mails.log(this.filter(cursor));
  }

  protected words() {
    return { label: msg("Mails"), all: msg("All mails"), noneLike: msg("No mails like that") };
  }

  protected renderLoaded(): TemplateResult {
    return html`${this.renderFilter(html`<a class="meta" href=${paths.setup("mail")}>${msg("Sender and what is sent")}</a>`)}
      ${this.renderEntries()} <desk-mail-preview></desk-mail-preview>`;
  }

  protected renderNothing(): TemplateResult {
    return html`<h2>${msg("No mails yet")}</h2>
      <p>${msg("What the desk mails to customers and staff is listed here, with what became of it.")}</p>`;
  }

  protected timeOf({ createdAt }: EmailEntry): string {
    return createdAt;
  }

  protected renderWhat(entry: EmailEntry): TemplateResult {
    const { id, to, kind, state, attempts } = entry;
    const words = mailWord(kind);
    const about = listed([words, to], locale());
    return html`<span><b>${words}</b><span class="between"> · </span><bdi>${to}</bdi></span>
      ${this.renderTries(entry)}
      <span class="actions">
        <button
          class="button button-s"
          type="button"
          aria-label="${msg("Preview")}: ${about}"
          @click=${() => this.handlePreview(id)}
        >
          ${msg("Preview")}
        </button>
        ${
          state === "failed" || (state === "pending" && attempts > 0)
            ? html`<button
                class="button button-s"
                type="button"
                ?disabled=${this.isBusy}
                aria-label="${msg("Send again")}: ${about}"
                @click=${() => this.handleRetry(id)}
              >
                ${msg("Send again")}
              </button>`
            : nothing
        }
      </span>`;
  }

  private handlePreview(id: string): void {
    this.preview.show(() => this.session.client.mails.preview(id));
  }

  private handleRetry(id: string): Promise<void> {
    return this.try(async () => {
      this.replace(await this.session.client.mails.retry(id));
      this.toasts.show(msg("It is being sent again."));
    });
  }
}
customElements.define("desk-operations-mail", MailPart);
