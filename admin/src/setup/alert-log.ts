import { msg, str } from "@lit/localize";
import type { AlertEntry, AlertState } from "@sidedesk/contract";
import { css, html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { exactTime, figure, timeAgo } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon } from "@sidedesk/ui/icons";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { textOf } from "../shell/forms.ts";
import { locale } from "../shell/localization.ts";
import { LoadedPart } from "../shell/part.ts";
import { problemText } from "../shell/words.ts";
import { channelName, entryWord } from "./alert-words.ts";

const tones: Record<AlertState, string> = { succeeded: "success", failed: "error", pending: "info", cancelled: "" };
const stateWords = (): Record<AlertState, string> => ({
  succeeded: msg("Sent"),
  failed: msg("Failed"),
  pending: msg("Waiting"),
  cancelled: msg("Called off"),
});
/** While something waits, the log is looked at again this often. */
const againMs = 5000;

/**
 * @summary The last alerts of a site and what became of them, newest first; a failed one can be sent again.
 */
export class AlertLog extends LoadedPart {
  static override styles = [
    ...LoadedPart.styles,
    css`
      .line {
        display: flex;
        gap: var(--sd-2);
        align-items: center;
        flex-wrap: wrap;
      }
      .error {
        color: var(--sd-error);
        overflow-wrap: anywhere;
      }
      li > .chip {
        align-self: start;
      }
      .actions {
        margin-block-start: var(--sd-1);
      }
    `,
  ];

  @state() private entries: AlertEntry[] = [];
  @state() private shown: AlertState | "" = "";
  @state() private isBusy = false;
  private cursor: string | null = null;
  private timer: ReturnType<typeof setTimeout> | undefined;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.timer);
  }

  /** Looks anew: something was sent. */
  refresh(): Promise<void> {
    return this.load();
  }

  private page(cursor?: string | null) {
    return this.session.client.alerts.log({
      limit: 20,
      state: this.shown ? [this.shown] : undefined,
      ...(cursor ? { cursor } : {}),
    });
  }

  protected async fetch(): Promise<void> {
    const page = await this.page();
    this.entries = page.data;
    this.cursor = page.nextCursor;
    clearTimeout(this.timer);
    if (this.isConnected && page.data.some(({ state }) => state === "pending"))
      this.timer = setTimeout(() => !document.hidden && void this.load(), againMs);
  }

  protected renderLoaded(): TemplateResult {
    const options = Object.entries(stateWords()) as [AlertState, string][];
    return html`<form class="line" @change=${this.handleFilter} @submit=${(event: Event) => event.preventDefault()}>
        <label class="meta" for="state">${msg("Show")}</label>
        <div class="select">
          <select class="input" id="state" name="state">
            <option value="" ?selected=${!this.shown}>${msg("All alerts")}</option>
            ${options.map(([key, words]) => html`<option value=${key} ?selected=${key === this.shown}>${words}</option>`)}</select
          >${icon(chevronDownIcon)}
        </div>
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
      }`;
  }

  private renderEmpty(): TemplateResult {
    if (!this.shown)
      return html`<div class="empty">
        ${emptyArt()}
        <h2>${msg("No alerts yet")}</h2>
        <p>${msg("What is sent to your channels is listed here, with what became of it.")}</p>
      </div>`;
    return html`<div class="empty">
      ${emptyArt()}
      <h2>${msg("No alerts like that")}</h2>
      <button class="button" type="button" @click=${this.handleClear}>${msg("Clear filters")}</button>
    </div>`;
  }

  private renderEntries(): TemplateResult {
    return html`<ol class="feed card" aria-label=${msg("Alerts")} aria-busy=${this.isLoading}>
      ${this.entries.map((entry) => this.renderEntry(entry))}
    </ol>`;
  }

  private renderEntry(entry: AlertEntry): TemplateResult {
    const { id, channel, kind, to, state, count, attempts, error, createdAt, nextAttemptAt } = entry;
    const words = entryWord(kind);
    return html`<li>
      <span class="chip" data-tone=${tones[state] || nothing}>${stateWords()[state]}</span>
      <div class="what">
        <span><b>${channelName[channel]}</b> · ${words} · <bdi>${to}</bdi></span>
        ${count > 1 ? html`<span class="meta">${msg(str`${figure(count, locale())} gathered in it`)}</span>` : nothing}
        ${error ? html`<span class="meta error" dir="auto">${error}</span>` : nothing}
        ${attempts > 1 ? html`<span class="meta">${msg(str`${figure(attempts, locale())} tries`)}</span>` : nothing}
        ${
          nextAttemptAt
            ? html`<span class="meta">${msg(str`Next try ${timeAgo(nextAttemptAt, locale())}`)}</span>`
            : nothing
        }
        ${
          state === "failed" || (state === "pending" && attempts > 0)
            ? html`<span class="actions"
                ><button
                  class="button button-s"
                  type="button"
                  ?disabled=${this.isBusy}
                  aria-label="${msg("Send again")}: ${channelName[channel]}, ${words}"
                  @click=${() => this.handleRetry(id)}
                >
                  ${msg("Send again")}
                </button></span
              >`
            : nothing
        }
      </div>
      <time class="meta" datetime=${createdAt} title=${exactTime(createdAt, locale())}
        >${timeAgo(createdAt, locale())}</time
      >
    </li>`;
  }

  private readonly handleFilter = (event: Event): void => {
    this.shown = textOf(event.currentTarget, "state") as AlertState | "";
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

  private handleRetry(id: string): Promise<void> {
    return this.try(async () => {
      const now = await this.session.client.alerts.retry(id);
      this.entries = this.entries.map((entry) => (entry.id === id ? now : entry));
      clearTimeout(this.timer);
      this.timer = setTimeout(() => void this.load(), againMs / 2);
      this.toasts.show(msg("It is being sent again."));
    });
  }

  private readonly handleMore = (): Promise<void> =>
    this.try(async () => {
      const page = await this.page(this.cursor);
      const known = new Set(this.entries.map(({ id }) => id));
      this.entries = [...this.entries, ...page.data.filter(({ id }) => !known.has(id))];
      this.cursor = page.nextCursor;
      clearTimeout(this.timer); // whoever reads on is not thrown back to the newest
    });
}
customElements.define("desk-alert-log", AlertLog);
