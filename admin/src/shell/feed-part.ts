import { msg } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { exactTime, timeAgo } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon } from "@sidedesk/ui/icons";
import { avatar } from "@sidedesk/ui/people";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { textOf } from "./forms.ts";
import { locale } from "./localization.ts";
import { PagedPart } from "./paged-part.ts";

interface Entry {
  id: string;
  actor: { name: string };
  createdAt: string;
}

/** Who did what when, newest first: narrowed by kind and person, page by page. */
export abstract class FeedPart<T extends Entry> extends PagedPart<T> {
  protected kind = "";
  protected actor = "";

  protected abstract label(): string;
  /** What can be narrowed to, besides everything. */
  protected abstract kinds(): (readonly [key: string, label: string])[];
  protected abstract renderWhat(entry: T): TemplateResult;
  /** Said behind the time. */
  protected aside(_entry: T): string {
    return "";
  }
  /** Said where nothing has happened at all. */
  protected abstract renderNothing(): TemplateResult;

  protected renderLoaded(): TemplateResult {
    return html`<form class="line" @change=${this.handleFilter} @submit=${(event: Event) => event.preventDefault()}>
        ${this.renderChoice("kind", msg("What"), this.kind, [["", msg("Everything")], ...this.kinds()])}
        ${this.renderChoice("actor", msg("Who"), this.actor, [
          ["", msg("Everybody")],
          ...this.directory.people.map(({ id, called }) => [id, called] as const),
        ])}
      </form>
      ${this.entries.length === 0 ? this.renderEmpty() : this.renderEntries()} ${this.renderMore()}`;
  }

  private renderChoice(
    name: string,
    label: string,
    chosen: string,
    options: (readonly [key: string, label: string])[],
  ): TemplateResult {
    return html`<span class="choice-line"
      ><label class="meta" for=${name}>${label}</label
      ><span class="select">
        <select class="input" id=${name} name=${name}>
          ${options.map(([key, words]) => html`<option value=${key} ?selected=${key === chosen}>${words}</option>`)}</select
        >${icon(chevronDownIcon)}
      </span></span
    >`;
  }

  private renderEmpty(): TemplateResult {
    if (!this.kind && !this.actor) return html`<div class="empty">${emptyArt()}${this.renderNothing()}</div>`;
    return html`<div class="empty">
      ${emptyArt()}
      <h2>${msg("Nothing like that has happened")}</h2>
      <button class="button" type="button" @click=${this.handleClear}>${msg("Clear filters")}</button>
    </div>`;
  }

  private renderEntries(): TemplateResult {
    return html`<ol class="feed card" aria-label=${this.label()} aria-busy=${this.isLoading}>
      ${this.entries.map((entry) => {
        const { actor, createdAt } = entry;
        const aside = this.aside(entry);
        return html`<li>
          ${avatar(actor.name || "?")}
          <div class="what">${this.renderWhat(entry)}</div>
          <time class="meta" datetime=${createdAt} title=${exactTime(createdAt, locale())}
            >${timeAgo(createdAt, locale())}${aside ? ` · ${aside}` : nothing}</time
          >
        </li>`;
      })}
    </ol>`;
  }

  private readonly handleFilter = (event: Event): void => {
    this.kind = textOf(event.currentTarget, "kind");
    this.actor = textOf(event.currentTarget, "actor");
    void this.load();
  };

  private readonly handleClear = (): void => {
    this.kind = "";
    this.actor = "";
    void this.load();
  };
}
