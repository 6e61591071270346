import { msg } from "@lit/localize";
import type { ActivityEntry } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { exactTime, timeAgo } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon } from "@sidedesk/ui/icons";
import { avatar } from "@sidedesk/ui/people";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { paths } from "../router.ts";
import { textOf } from "../shell/forms.ts";
import { locale } from "../shell/localization.ts";
import { channelWord, feedChanges, feedTitle } from "./feed-words.ts";
import { ReportSection } from "./report-section.ts";

/**
 * @summary Who did what when on the site, newest first.
 */
export class ActivitySection extends ReportSection {
  @state() private entries: ActivityEntry[] = [];
  @state() private isFetchingMore = false;
  private cursor: string | null = null;
  private type = "";
  private actor = "";

  private get filter() {
    return { type: this.type ? [this.type] : undefined, actor: this.actor ? [this.actor] : undefined };
  }

  protected async fetch(): Promise<void> {
    const page = await this.session.client.reports.activity(this.filter);
    this.entries = page.data;
    this.cursor = page.nextCursor;
  }

  protected renderLoaded() {
    return html`${this.renderTools()}
    ${
      this.entries.length === 0
        ? html`<div class="empty">
            ${emptyArt()}
            <h2>
              ${this.type || this.actor ? msg("Nothing like that has happened") : msg("Nothing has happened yet")}
            </h2>
            ${
              this.type || this.actor
                ? html`<button class="button" type="button" @click=${this.handleClear}>${msg("Clear filters")}</button>`
                : html`<p>${msg("What people do with tickets is listed here.")}</p>`
            }
          </div>`
        : html`<ol class="feed card" aria-label=${msg("Activity")} aria-busy=${this.isLoading}>
            ${this.entries.map((entry) => this.renderEntry(entry))}
          </ol>`
    }
    ${
      this.cursor
        ? html`<div>
            <button class="button" type="button" ?disabled=${this.isFetchingMore} @click=${this.handleMore}>
              ${msg("Show older")}
            </button>
          </div>`
        : nothing
    }`;
  }

  private renderTools(): TemplateResult {
    const kinds: [string, string][] = [
      ["", msg("Everything")],
      ["ticket.created", msg("New tickets")],
      ["comment.created", msg("Answers and notes")],
      ["ticket.status_changed", msg("Changes of status")],
      ["ticket.assigned", msg("Changes of assignee")],
      ["ticket.updated", msg("Other changes")],
      ["ticket.rated", msg("Ratings")],
      ["ticket.sla_breached", msg("Late answers")],
    ];
    return html`<form class="line" @change=${this.handleFilter}>
      <label class="meta" for="type">${msg("What")}</label>
      <div class="select">
        <select class="input" id="type" name="type">
          ${kinds.map(([value, label]) => html`<option value=${value} ?selected=${value === this.type}>${label}</option>`)}</select
        >${icon(chevronDownIcon)}
      </div>
      <label class="meta" for="actor">${msg("Who")}</label>
      <div class="select">
        <select class="input" id="actor" name="actor">
          <option value="">${msg("Everybody")}</option>
          ${this.directory.people.map(({ id, name }) => html`<option value=${id} ?selected=${id === this.actor}>${name}</option>`)}</select
        >${icon(chevronDownIcon)}
      </div>
    </form>`;
  }

  private renderEntry(entry: ActivityEntry): TemplateResult {
    const { ticket, actor, createdAt, channel } = entry;
    return html`<li>
      ${avatar(actor.name || "?")}
      <div class="what">
        <span dir="auto">${feedTitle(entry)}</span>
        ${ticket ? html`<span><a class="mono" href=${paths.ticket(ticket.number)}>${ticket.number}</a> <span dir="auto">${ticket.subject}</span></span>` : nothing}
        ${feedChanges(entry, this.directory).map((line) => html`<span class="meta change">${line}</span>`)}
      </div>
      <time class="meta" datetime=${createdAt} title=${exactTime(createdAt, locale())}
        >${timeAgo(createdAt, locale())} · ${channelWord(channel)}</time
      >
    </li>`;
  }

  private readonly handleFilter = (event: Event): void => {
    this.type = textOf(event.currentTarget, "type");
    this.actor = textOf(event.currentTarget, "actor");
    void this.load();
  };

  private readonly handleClear = (): void => {
    this.type = "";
    this.actor = "";
    void this.load();
  };

  private readonly handleMore = async (): Promise<void> => {
    this.isFetchingMore = true;
    try {
      const page = await this.session.client.reports.activity({ ...this.filter, cursor: this.cursor });
      const known = new Set(this.entries.map(({ id }) => id));
      this.entries = [...this.entries, ...page.data.filter(({ id }) => !known.has(id))];
      this.cursor = page.nextCursor;
      this.problem = "";
    } catch (error) {
      this.problem = this.wordsOf(error);
    } finally {
      this.isFetchingMore = false;
    }
  };
}
customElements.define("desk-report-activity", ActivitySection);
