import { msg } from "@lit/localize";
import type { AuditEntry } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { exactTime, timeAgo } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { chevronDownIcon } from "@sidedesk/ui/icons";
import { avatar } from "@sidedesk/ui/people";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { textOf } from "../shell/forms.ts";
import { locale } from "../shell/localization.ts";
import { auditKinds, auditWord, valueWord } from "./audit-words.ts";
import { OperationsPart } from "./part.ts";

const mostChanges = 8;

/**
 * @summary Who signed in and what was changed in the desk's set-up, newest first. To be read, never changed.
 */
export class AuditPart extends OperationsPart {
  @state() private entries: AuditEntry[] = [];
  @state() private isFetchingMore = false;
  private cursor: string | null = null;
  private kind = "";
  private actor = "";

  private get filter() {
    const actions = auditKinds().find(([key]) => key === this.kind)?.[2];
    return { action: actions, actor: this.actor ? [this.actor] : undefined };
  }

  protected async fetch(): Promise<void> {
    const page = await this.session.client.privacy.audit(this.filter);
    this.entries = page.data;
    this.cursor = page.nextCursor;
  }

  protected renderLoaded(): TemplateResult {
    return html`<form class="line" @change=${this.handleFilter} @submit=${(event: Event) => event.preventDefault()}>
        <div class="pair">
          <label class="meta" for="kind">${msg("What")}</label>
          <div class="select">
            <select class="input" id="kind" name="kind">
              <option value="">${msg("Everything")}</option>
              ${auditKinds().map(([key, label]) => html`<option value=${key} ?selected=${key === this.kind}>${label}</option>`)}</select
            >${icon(chevronDownIcon)}
          </div>
        </div>
        <div class="pair">
          <label class="meta" for="actor">${msg("Who")}</label>
          <div class="select">
            <select class="input" id="actor" name="actor">
              <option value="">${msg("Everybody")}</option>
              ${this.directory.people.map(({ id, name }) => html`<option value=${id} ?selected=${id === this.actor}>${name}</option>`)}</select
            >${icon(chevronDownIcon)}
          </div>
        </div>
      </form>
      ${
        this.entries.length === 0
          ? this.renderEmpty()
          : html`<ol class="feed card" aria-label=${msg("Audit")}>
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

  private renderEmpty(): TemplateResult {
    return html`<div class="empty">
      ${emptyArt()}
      <h2>${msg("Nothing like that has happened")}</h2>
      <button class="button" type="button" @click=${this.handleClear}>${msg("Clear filters")}</button>
    </div>`;
  }

  private renderEntry({ action, actor, target, before, after, createdAt }: AuditEntry): TemplateResult {
    const paths = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
    const shown = paths.slice(0, mostChanges);
    return html`<li>
      ${avatar(actor.name || "?")}
      <div class="what">
        <span><b dir="auto">${actor.name}</b> · ${auditWord(action)}</span>
        ${target?.name && target.id !== actor.id ? html`<span dir="auto">${target.name}</span>` : nothing}
        ${shown.map((path) => this.renderChange(path, before, after))}
        ${paths.length > shown.length ? html`<span class="meta">…</span>` : nothing}
      </div>
      <time class="meta" datetime=${createdAt} title=${exactTime(createdAt, locale())}
        >${timeAgo(createdAt, locale())}</time
      >
    </li>`;
  }

  private renderChange(path: string, before: AuditEntry["before"], after: AuditEntry["after"]): TemplateResult {
    const [was, is] = [before?.[path], after?.[path]];
    const isBoth = before !== null && after !== null && path in before && path in after;
    return html`<span class="meta change" dir="auto"
      >${path}:
      ${isBoth ? html`${valueWord(was)} → <b>${valueWord(is)}</b>` : html`<b>${valueWord(is ?? was)}</b>`}</span
    >`;
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
  private readonly handleMore = async (): Promise<void> => {
    this.isFetchingMore = true;
    try {
      const page = await this.session.client.privacy.audit({ ...this.filter, cursor: this.cursor });
      const known = new Set(this.entries.map(({ id }) => id));
      this.entries = [...this.entries, ...page.data.filter(({ id }) => !known.has(id))];
      this.cursor = page.nextCursor;
      this.problem = "";
    } catch (error) {
      this.say(error);
    } finally {
      this.isFetchingMore = false;
    }
  };
}
customElements.define("desk-operations-audit", AuditPart);
