import { msg, str } from "@lit/localize";
import type { EmailEntry } from "@sidedesk/contract";
import { css, html, nothing, type TemplateResult } from "lit";
import { query, state } from "lit/decorators.js";
import { exactTime, figure, timeAgo } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon } from "@sidedesk/ui/icons";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { paths } from "../router.ts";
import { textOf } from "../shell/forms.ts";
import { locale } from "../shell/localization.ts";
import { mailWord } from "../shell/mail-kinds.ts";
import type { MailPreviewDialog } from "../shell/mail-preview.ts";
import "../shell/mail-preview.ts";
import { LoadedPart } from "../shell/part.ts";
import { problemText } from "../shell/words.ts";

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
export class MailPart extends LoadedPart {
  static override styles = [
    ...LoadedPart.styles,
    css`
      .chip {
        align-self: start;
      }
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
    `,
  ];

  @state() private entries: EmailEntry[] = [];
  @state() private shown: State | "" = "";
  @state() private isBusy = false;
  @query("desk-mail-preview") private preview!: MailPreviewDialog;
  private cursor: string | null = null;

  private page(cursor?: string | null) {
    return this.session.client.mails.log({
      state: this.shown ? [this.shown] : undefined,
      ...(cursor ? { cursor } : {}),
    });
  }

  protected async fetch(): Promise<void> {
    const page = await this.page();
    this.entries = page.data;
    this.cursor = page.nextCursor;
  }

  protected renderLoaded(): TemplateResult {
    const options = Object.entries(stateWords()) as [State, string][];
    return html`<form class="line" @change=${this.handleFilter} @submit=${(event: Event) => event.preventDefault()}>
        <label class="meta" for="state">${msg("Show")}</label>
        <div class="select">
          <select class="input" id="state" name="state">
            <option value="" ?selected=${!this.shown}>${msg("All mails")}</option>
            ${options.map(([key, words]) => html`<option value=${key} ?selected=${key === this.shown}>${words}</option>`)}</select
          >${icon(chevronDownIcon)}
        </div>
        <a class="meta" href=${paths.setup("mail")}>${msg("Sender and what is sent")}</a>
      </form>
      ${this.entries.length === 0 ? this.renderEmpty() : this.renderEntries()}
      ${
        this.cursor
          ? html`<div>
              <button class="button" type="button" ?disabled=${this.isBusy} @click=${this.handleMore}>
                ${msg("Show older")}
              </button>
            </div>`
          : nothing
      }
      <desk-mail-preview></desk-mail-preview>`;
  }

  private renderEmpty(): TemplateResult {
    if (!this.shown)
      return html`<div class="empty">
        ${emptyArt()}
        <h2>${msg("No mails yet")}</h2>
        <p>${msg("What the desk mails to customers and staff is listed here, with what became of it.")}</p>
      </div>`;
    return html`<div class="empty">
      ${emptyArt()}
      <h2>${msg("No mails like that")}</h2>
      <button class="button" type="button" @click=${this.handleClear}>${msg("Clear filters")}</button>
    </div>`;
  }

  private renderEntries(): TemplateResult {
    return html`<ol class="feed card" aria-label=${msg("Mails")} aria-busy=${this.isLoading}>
      ${this.entries.map((entry) => this.renderEntry(entry))}
    </ol>`;
  }

  private renderEntry(entry: EmailEntry): TemplateResult {
    const { id, to, kind, state, attempts, error, createdAt, nextAttemptAt } = entry;
    const words = mailWord(kind);
    const about = `${words}, ${to}`;
    return html`<li>
      <span class="chip" data-tone=${tones[state] || nothing}>${stateWords()[state]}</span>
      <div class="what">
        <span><b>${words}</b> · <bdi>${to}</bdi></span>
        ${error ? html`<span class="meta error" dir="auto">${error}</span>` : nothing}
        ${attempts > 1 ? html`<span class="meta">${msg(str`${figure(attempts, locale())} tries`)}</span>` : nothing}
        ${
          nextAttemptAt
            ? html`<span class="meta">${msg(str`Next try ${timeAgo(nextAttemptAt, locale())}`)}</span>`
            : nothing
        }
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
        </span>
      </div>
      <time class="meta" datetime=${createdAt} title=${exactTime(createdAt, locale())}
        >${timeAgo(createdAt, locale())}</time
      >
    </li>`;
  }

  private readonly handleFilter = (event: Event): void => {
    this.shown = textOf(event.currentTarget, "state") as State | "";
    void this.load();
  };

  private readonly handleClear = (): void => {
    this.shown = "";
    void this.load();
  };

  private handlePreview(id: string): void {
    this.preview.show(() => this.session.client.mails.preview(id));
  }

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

  private handleRetry(id: string): Promise<void> {
    return this.try(async () => {
      const now = await this.session.client.mails.retry(id);
      this.entries = this.entries.map((entry) => (entry.id === id ? now : entry));
      this.toasts.show(msg("It is being sent again."));
    });
  }

  private readonly handleMore = (): Promise<void> =>
    this.try(async () => {
      const page = await this.page(this.cursor);
      const known = new Set(this.entries.map(({ id }) => id));
      this.entries = [...this.entries, ...page.data.filter(({ id }) => !known.has(id))];
      this.cursor = page.nextCursor;
    });
}
customElements.define("desk-operations-mail", MailPart);
