import { msg, str } from "@lit/localize";
import { css, html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { exactTime, figure, timeAgo } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon } from "@sidedesk/ui/icons";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { textOf } from "./forms.ts";
import { locale } from "./localization.ts";
import { PagedPart } from "./paged-part.ts";
import { LoadedPart } from "./part.ts";

/** What a log says of itself. */
export interface LogWords {
  /** Of the list, to whom cannot see it. */
  label: string;
  /** The choice that narrows nothing. */
  all: string;
  /** When nothing is of the chosen state. */
  noneLike: string;
}

/** What was done and what became of it: narrowed by state, each with its chip, its error and its tries. */
export abstract class LogPart<
  Entry extends { id: string; state: State },
  State extends string,
> extends PagedPart<Entry> {
  static override styles = [
    ...LoadedPart.styles,
    css`
      .line {
        flex-wrap: wrap;
      }
      li > .chip {
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

  @state() protected shown: State | "" = "";

  protected abstract words(): LogWords;
  protected abstract stateWords(): Record<State, string>;
  protected abstract readonly tones: Readonly<Record<State, string>>;
  /** Said where nothing has been done at all. */
  protected abstract renderNothing(): TemplateResult;
  protected abstract renderWhat(entry: Entry): TemplateResult;
  protected abstract timeOf(entry: Entry): string;
  /** Said behind the time. */
  protected aside(_entry: Entry): string {
    return "";
  }

  /** What the list is narrowed to, as the client takes it. */
  protected filter(cursor?: string | null): { state: State[] | undefined; cursor?: string } {
    return { state: this.shown ? [this.shown] : undefined, ...(cursor ? { cursor } : {}) };
  }

  protected renderFilter(beside: TemplateResult | typeof nothing = nothing): TemplateResult {
    const options = Object.entries(this.stateWords()) as [State, string][];
    return html`<form class="line" @change=${this.handleFilter} @submit=${(event: Event) => event.preventDefault()}>
      <label class="meta" for="state">${msg("Show")}</label>
      <div class="select">
        <select class="input" id="state" name="state">
          <option value="" ?selected=${!this.shown}>${this.words().all}</option>
          ${options.map(([key, words]) => html`<option value=${key} ?selected=${key === this.shown}>${words}</option>`)}</select
        >${icon(chevronDownIcon)}
      </div>
      ${beside}
    </form>`;
  }

  protected renderEntries(): TemplateResult {
    if (this.entries.length === 0) return this.renderEmpty();
    const states = this.stateWords();
    return html`<ol class="feed card" aria-label=${this.words().label} aria-busy=${this.isLoading}>
        ${this.entries.map((entry) => {
          const [time, aside] = [this.timeOf(entry), this.aside(entry)];
          return html`<li>
            <span class="chip" data-tone=${this.tones[entry.state] || nothing}>${states[entry.state]}</span>
            <div class="what">${this.renderWhat(entry)}</div>
            <time class="meta" datetime=${time} title=${exactTime(time, locale())}
              >${timeAgo(time, locale())}${aside ? ` · ${aside}` : nothing}</time
            >
          </li>`;
        })}
      </ol>
      ${this.renderMore()}`;
  }

  private renderEmpty(): TemplateResult {
    if (!this.shown) return html`<div class="empty">${emptyArt()}${this.renderNothing()}</div>`;
    return html`<div class="empty">
      ${emptyArt()}
      <h2>${this.words().noneLike}</h2>
      <button class="button" type="button" @click=${this.handleClear}>${msg("Clear filters")}</button>
    </div>`;
  }

  /** Why, how often, and when again. */
  protected renderTries(entry: {
    error: string | null;
    attempts: number;
    nextAttemptAt?: string | null;
  }): TemplateResult {
    const { error, attempts, nextAttemptAt } = entry;
    return html`${error ? html`<span class="meta error" dir="auto">${error}</span>` : nothing}
    ${attempts > 1 ? html`<span class="meta">${msg(str`${figure(attempts, locale())} tries`)}</span>` : nothing}
    ${nextAttemptAt ? html`<span class="meta">${msg(str`Next try ${timeAgo(nextAttemptAt, locale())}`)}</span>` : nothing}`;
  }

  private readonly handleFilter = (event: Event): void => {
    this.shown = textOf(event.currentTarget, "state") as State | "";
    void this.load();
  };

  private readonly handleClear = (): void => {
    this.shown = "";
    void this.load();
  };
}
