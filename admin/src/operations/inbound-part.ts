import { msg, str } from "@lit/localize";
import type { InboundMail, InboundSetup, InboundState } from "@sidedesk/contract";
import { css, html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { figure, sizeWords, timeAgo } from "@sidedesk/ui/format";
import { listed } from "@sidedesk/ui/listed";
import { paths } from "../router.ts";
import { locale } from "../shell/localization.ts";
import { LogPart } from "../shell/log-part.ts";
import { saveFile } from "../shell/save-file.ts";
import { inboundStateWords, kindWord, reasonWord } from "./inbound-words.ts";

const tones: Record<InboundState, string> = {
  received: "info",
  accepted: "success",
  refused: "warning",
  failed: "error",
};

/**
 * @summary Mails that came in for a site and what became of them, newest first; one that failed or was turned away can be
 * judged again, and each be saved as it came.
 */
export class InboundPart extends LogPart<InboundMail, InboundState> {
  static override styles = [
    ...LogPart.styles,
    css`
      .what > span {
        overflow-wrap: anywhere;
      }
      .setup {
        display: grid;
        gap: var(--sd-2);
        padding: var(--sd-3) var(--sd-4);
      }
      .toggle {
        display: flex;
        align-items: center;
        gap: var(--sd-2);
      }
    `,
  ];

  @state() private setup!: InboundSetup;
  protected readonly tones = tones;
  protected readonly stateWords = inboundStateWords;

  protected page(cursor?: string | null) {
    return this.session.client.inbound.list(this.filter(cursor));
  }

  protected override async fetch(): Promise<void> {
    const [setup] = await Promise.all([this.session.client.inbound.setup(), super.fetch()]);
    this.setup = setup;
  }

  protected words() {
    return { label: msg("Mail in"), all: msg("All mails"), noneLike: msg("No mails like that") };
  }

  protected renderLoaded(): TemplateResult {
    return html`${this.renderSetup()}${this.entries.length > 0 || this.shown ? this.renderFilter() : nothing}${this.renderEntries()}`;
  }

  private renderSetup(): TemplateResult | typeof nothing {
    const { enabled, address, newTickets, mailbox } = this.setup;
    if (!enabled) return nothing;
    return html`<section class="card setup" aria-label=${msg("How mail comes in")}>
      ${
        mailbox
          ? html`<span class="line" role="status"
                ><span
                  class="chip"
                  data-tone=${{ connected: "success", connecting: "info", failed: "error" }[mailbox.state]}
                  >${{ connected: msg("Connected"), connecting: msg("Connecting"), failed: msg("Cannot be read") }[mailbox.state]}</span
                ><span
                  >${
                    mailbox.lookedAt
                      ? msg(str`The mailbox was looked at ${timeAgo(mailbox.lookedAt, locale())}.`)
                      : msg("The mailbox has not been read yet.")
                  }</span
                ></span
              >${mailbox.error ? html`<span class="meta error" dir="auto">${mailbox.error}</span>` : nothing}`
          : nothing
      }
      ${
        address
          ? html`<label class="toggle"
                ><input
                  class="switch"
                  type="checkbox"
                  role="switch"
                  .checked=${newTickets}
                  ?disabled=${this.isBusy}
                  @change=${this.handleNewTickets}
                />${msg("A mail from anybody opens a ticket")}</label
              ><span class="meta">${msg("Forward your support address to:")} <bdi class="mono">${address}</bdi></span>`
          : nothing
      }
    </section>`;
  }

  protected renderNothing(): TemplateResult {
    const words = this.setup.enabled
      ? msg("Answers to the desk’s mails are listed here, with what became of each.")
      : msg(
          "Whoever runs the desk turns it on with SIDEDESK_INBOUND_ADDRESS. Mails can then be answered like any other.",
        );
    return html`<h2>${this.setup.enabled ? msg("No mail has come in yet") : msg("No mail comes in")}</h2>
      <p>${words}</p>`;
  }

  protected timeOf({ receivedAt }: InboundMail): string {
    return receivedAt;
  }

  protected override aside({ size }: InboundMail): string {
    return sizeWords(size, locale());
  }

  protected renderWhat(entry: InboundMail): TemplateResult {
    const { state, kind, reason, detail, from, subject, ticket, files } = entry;
    const said = reason ? reasonWord(reason) : kind ? kindWord(kind) : "";
    return html`<span
        ><b dir="auto">${subject || msg("No subject")}</b><span class="between"> · </span
        ><bdi>${from?.address || msg("Nobody")}</bdi></span
      >
      ${said ? html`<span class="meta">${said}${ticket && kind ? html` · <a href=${paths.ticket(ticket.number)}>${ticket.number}</a>` : nothing}</span>` : nothing}
      ${detail && state !== "accepted" ? html`<span class="meta ${state === "failed" ? "error" : ""}" dir="auto">${detail}</span>` : nothing}
      ${
        files.refused.length > 0
          ? html`<span class="meta" dir="auto"
              >${msg(
                str`Files not taken: ${listed(
                  files.refused.map(({ name }) => name),
                  locale(),
                )}`,
              )}</span
            >`
          : nothing
      }
      ${this.renderActions(entry)}`;
  }

  private renderActions({ id, state, reason, subject, from, attempts }: InboundMail): TemplateResult {
    const about = listed([subject || msg("No subject"), from?.address ?? ""], locale());
    const isOver = state === "failed" || (state === "refused" && reason !== "too_large");
    return html`<span class="actions">
      ${
        isOver
          ? html`<button
              class="button button-s"
              type="button"
              ?disabled=${this.isBusy}
              aria-label="${msg("Judge again")}: ${about}"
              @click=${() => this.handleRetry(id)}
            >
              ${msg("Judge again")}
            </button>`
          : nothing
      }
      <button
        class="button button-s"
        type="button"
        ?disabled=${this.isBusy}
        aria-label="${msg("Save the mail")}: ${about}"
        @click=${() => this.handleSave(id)}
      >
        ${msg("Save the mail")}
      </button>
      ${attempts > 1 ? html`<span class="meta">${msg(str`${figure(attempts, locale())} tries`)}</span>` : nothing}
    </span>`;
  }

  private readonly handleNewTickets = (event: Event): Promise<void> => {
    const input = event.target as HTMLInputElement;
    const newTickets = input.checked;
    return this.try(async () => {
      const channels = { email: { inbound: { newTickets } } };
      await this.session.client.sites.updateSettings(this.session.slug!, { channels });
      this.setup = { ...this.setup, newTickets };
    }).then(() => void (input.checked = this.setup.newTickets));
  };

  private handleRetry(id: string): Promise<void> {
    return this.try(async () => {
      this.replace(await this.session.client.inbound.retry(id));
      this.toasts.show(msg("It is being judged again."));
    });
  }

  private handleSave(id: string): Promise<void> {
    return this.try(async () =>
      saveFile(await (await this.session.client.inbound.original(id)).blob(), `mail-${id}.eml`),
    );
  }
}
customElements.define("desk-operations-inbound", InboundPart);
