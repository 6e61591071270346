import { msg, str } from "@lit/localize";
import type { MailSuppression } from "@sidedesk/contract";
import { css, html, nothing, type TemplateResult } from "lit";
import { exactTime, timeAgo } from "@sidedesk/ui/format";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { locale } from "../shell/localization.ts";
import { PagedPart } from "../shell/paged-part.ts";

/**
 * @summary Addresses that get no more mail because it came back, each with what its server said; mail to one can be taken up
 * again.
 */
export class SuppressionsPart extends PagedPart<MailSuppression> {
  static override styles = [
    ...PagedPart.styles,
    css`
      .feed li {
        grid-template-columns: minmax(0, 1fr) auto; /* nobody stands before the words */
      }
    `,
  ];

  protected page(cursor?: string | null) {
    return this.session.client.mails.suppressions(cursor ? { cursor } : {});
  }

  protected renderLoaded(): TemplateResult {
    if (this.entries.length === 0) {
      return html`<div class="empty">
        ${emptyArt()}
        <h2>${msg("Mail reaches everybody")}</h2>
        <p>${msg("When a mail comes back because an address is gone, we stop writing to it and list it here.")}</p>
      </div>`;
    }
    return html`<p class="meta">
        ${msg("Mail to these came back, so nothing more is sent there, but for invitations and passwords. It begins again when somebody writes from the address.")}
      </p>
      <ol class="feed card" aria-label=${msg("Addresses without mail")} aria-busy=${this.isLoading}>
        ${this.entries.map((entry) => this.renderEntry(entry))}
      </ol>
      ${this.renderMore()}`;
  }

  private renderEntry({ id, email, reason, at }: MailSuppression): TemplateResult {
    return html`<li>
      <div class="what">
        <b><bdi>${email}</bdi></b>
        ${reason ? html`<span class="meta" dir="auto">${reason}</span>` : nothing}
        <span
          ><button
            class="button button-s"
            type="button"
            ?disabled=${this.isBusy}
            aria-label="${msg("Write there again")}: ${email}"
            @click=${() => this.handleLift(id, email)}
          >
            ${msg("Write there again")}
          </button></span
        >
      </div>
      <time class="meta" datetime=${at} title=${exactTime(at, locale())}>${timeAgo(at, locale())}</time>
    </li>`;
  }

  private handleLift(id: string, email: string): Promise<void> {
    return this.try(async () => {
      await this.session.client.mails.liftSuppression(id);
      this.entries = this.entries.filter((entry) => entry.id !== id);
      this.toasts.show(msg(str`Mail goes to ${email} again.`));
    });
  }
}
customElements.define("desk-operations-suppressions", SuppressionsPart);
