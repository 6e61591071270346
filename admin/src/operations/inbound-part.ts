import { msg, str } from "@lit/localize";
import type { InboundMail, InboundSetup, InboundState } from "@sidedesk/contract";
import { css, html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { exactTime, figure, sizeWords, timeAgo } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon } from "@sidedesk/ui/icons";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { paths } from "../router.ts";
import { textOf } from "../shell/forms.ts";
import { locale } from "../shell/localization.ts";
import { LoadedPart } from "../shell/part.ts";
import { saveFile } from "../shell/save-file.ts";
import { problemText } from "../shell/words.ts";
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
export class InboundPart extends LoadedPart {
  static override styles = [
    ...LoadedPart.styles,
    css`
      .actions {
        display: flex;
        flex-wrap: wrap;
        gap: var(--sd-2);
        margin-block-start: var(--sd-1);
      }
      .error {
        color: var(--sd-error);
        overflow-wrap: anywhere;
      }
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
  @state() private entries: InboundMail[] = [];
  @state() private shown: InboundState | "" = "";
  @state() private isBusy = false;
  private cursor: string | null = null;

  private page(cursor?: string | null) {
    return this.session.client.inbound.list({
      state: this.shown ? [this.shown] : undefined,
      ...(cursor ? { cursor } : {}),
    });
  }

  protected async fetch(): Promise<void> {
    const [setup, page] = await Promise.all([this.session.client.inbound.setup(), this.page()]);
    this.setup = setup;
    this.entries = page.data;
    this.cursor = page.nextCursor;
  }

  protected renderLoaded(): TemplateResult {
    return html`${this.renderSetup()}
    ${this.entries.length === 0 && !this.shown ? this.renderEmpty() : [this.renderFilter(), this.renderEntries()]}
    ${
      this.cursor
        ? html`<div>
            <button class="button" type="button" ?disabled=${this.isBusy} @click=${this.handleMore}>
              ${msg("Show older")}
            </button>
          </div>`
        : nothing
    }`;
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

  private renderEmpty(): TemplateResult {
    const words = this.setup.enabled
      ? msg("Answers to the desk’s mails are listed here, with what became of each.")
      : msg(
          "Whoever runs the desk turns it on with SIDEDESK_INBOUND_ADDRESS. Mails can then be answered like any other.",
        );
    return html`<div class="empty">
      ${emptyArt()}
      <h2>${this.setup.enabled ? msg("No mail has come in yet") : msg("No mail comes in")}</h2>
      <p>${words}</p>
    </div>`;
  }

  private renderFilter(): TemplateResult {
    const options = Object.entries(inboundStateWords()) as [InboundState, string][];
    return html`<form class="line" @change=${this.handleFilter} @submit=${(event: Event) => event.preventDefault()}>
      <label class="meta" for="state">${msg("Show")}</label>
      <div class="select">
        <select class="input" id="state" name="state">
          <option value="" ?selected=${!this.shown}>${msg("All mails")}</option>
          ${options.map(([key, words]) => html`<option value=${key} ?selected=${key === this.shown}>${words}</option>`)}</select
        >${icon(chevronDownIcon)}
      </div>
    </form>`;
  }

  private renderEntries(): TemplateResult {
    if (this.entries.length === 0)
      return html`<div class="empty">
        ${emptyArt()}
        <h2>${msg("No mails like that")}</h2>
        <button class="button" type="button" @click=${this.handleClear}>${msg("Clear filters")}</button>
      </div>`;
    return html`<ol class="feed card" aria-label=${msg("Mail in")} aria-busy=${this.isLoading}>
      ${this.entries.map((entry) => this.renderEntry(entry))}
    </ol>`;
  }

  private renderEntry(entry: InboundMail): TemplateResult {
    const { state, kind, reason, detail, from, subject, size, receivedAt, ticket, files } = entry;
    const said = reason ? reasonWord(reason) : kind ? kindWord(kind) : "";
    return html`<li>
      <span class="chip" data-tone=${tones[state]}>${inboundStateWords()[state]}</span>
      <div class="what">
        <span><b dir="auto">${subject || msg("No subject")}</b> · <bdi>${from?.address || msg("Nobody")}</bdi></span>
        ${said ? html`<span class="meta">${said}${ticket && kind ? html` · <a href=${paths.ticket(ticket.number)}>${ticket.number}</a>` : nothing}</span>` : nothing}
        ${detail && state !== "accepted" ? html`<span class="meta ${state === "failed" ? "error" : ""}" dir="auto">${detail}</span>` : nothing}
        ${
          files.refused.length > 0
            ? html`<span class="meta" dir="auto"
                >${msg(str`Files not taken: ${files.refused.map(({ name }) => name).join(", ")}`)}</span
              >`
            : nothing
        }
        ${this.renderActions(entry)}
      </div>
      <time class="meta" datetime=${receivedAt} title=${exactTime(receivedAt, locale())}
        >${timeAgo(receivedAt, locale())} · ${sizeWords(size, locale())}</time
      >
    </li>`;
  }

  private renderActions({ id, state, reason, subject, from, attempts }: InboundMail): TemplateResult {
    const about = `${subject || msg("No subject")}, ${from?.address ?? ""}`;
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

  private readonly handleFilter = (event: Event): void => {
    this.shown = textOf(event.currentTarget, "state") as InboundState | "";
    void this.load();
  };

  private readonly handleClear = (): void => {
    this.shown = "";
    void this.load();
  };

  /** Does one thing; what goes wrong is said above the list. */
  private async try(work: () => Promise<unknown>): Promise<void> {
    if (this.isBusy) return;
    this.isBusy = true;
    try {
      await work();
      this.problem = "";
    } catch (error) {
      this.problem = problemText(error);
    } finally {
      this.isBusy = false;
    }
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
      const now = await this.session.client.inbound.retry(id);
      this.entries = this.entries.map((entry) => (entry.id === id ? now : entry));
      this.toasts.show(msg("It is being judged again."));
    });
  }

  private handleSave(id: string): Promise<void> {
    return this.try(async () =>
      saveFile(await (await this.session.client.inbound.original(id)).blob(), `mail-${id}.eml`),
    );
  }

  private readonly handleMore = (): Promise<void> =>
    this.try(async () => {
      const page = await this.page(this.cursor);
      const known = new Set(this.entries.map(({ id }) => id));
      this.entries = [...this.entries, ...page.data.filter(({ id }) => !known.has(id))];
      this.cursor = page.nextCursor;
    });
}
customElements.define("desk-operations-inbound", InboundPart);
