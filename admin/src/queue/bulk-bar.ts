import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import { ticketPriorities, ticketStatuses } from "@sidedesk/contract/lifecycle";
import type { BulkChange, TicketPriority, TicketStatus } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { facts } from "@sidedesk/ui/facts.styles";
import { fields } from "@sidedesk/ui/fields.styles";
import { figure } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { circleCheckIcon, ellipsisIcon, mergeIcon, tagIcon, userPlusIcon, xIcon } from "@sidedesk/ui/icons";
import type { MenuChooseEvent, MenuItem, SdMenu } from "@sidedesk/ui/menu";
import "@sidedesk/ui/menu";
import { openPopup } from "@sidedesk/ui/popup";
import { popup } from "@sidedesk/ui/popup.styles";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { paths } from "../router.ts";
import { dense } from "../shell/console.styles.ts";
import { directoryContext, sessionContext, ticketListContext } from "../shell/contexts.ts";
import type { Directory } from "../shell/directory.ts";
import { locale } from "../shell/localization.ts";
import { face } from "../shell/select.ts";
import type { Session } from "../shell/session.ts";
import { Watch } from "../shell/store.ts";
import type { TicketList } from "../shell/ticket-list.ts";
import { priorityMark, priorityWord, statusMark, statusWord } from "../shell/words.ts";
import { bulkBar } from "./bulk-bar.styles.ts";
import type { BulkRun } from "./bulk-run.ts";
import { mostMerged, type MergeMany } from "./merge-many.ts";
import "./merge-many.ts";
import { mostSelected, type TicketSelection } from "./selection.ts";

type Level = "root" | "status" | "priority" | "category" | "team";

/** Somebody wants to change what is ticked. */
export class BulkChangeEvent extends Event {
  readonly change: BulkChange;
  constructor(change: BulkChange) {
    super("desk-bulk-change", { bubbles: true, composed: true });
    this.change = change;
  }
}

/**
 * @summary What can be done to the tickets that are ticked, how far it is, and what was refused.
 * @event desk-bulk-change - A change was chosen; `event.change` is what the desk takes.
 * @event desk-merge-many - The ticked tickets are to be merged into one of them.
 */
export class BulkBar extends BaseElement {
  static override styles = [base, buttons, facts, fields, surfaces, popup, dense, bulkBar];

  @property({ attribute: false }) selection!: TicketSelection;
  @property({ attribute: false }) run!: BulkRun;
  @consume({ context: sessionContext }) private session!: Session;
  @consume({ context: directoryContext }) private directory!: Directory;
  @consume({ context: ticketListContext }) private list!: TicketList;
  @state() private level: Level = "root";
  @query("#assign") private assignMenu!: SdMenu;
  @query("#more") private moreMenu!: SdMenu;
  @query("#tag") private tagButton!: HTMLButtonElement;
  @query("#tags") private tagPopup!: HTMLElement;
  @query("desk-merge-many") private mergeMany!: MergeMany;

  constructor() {
    super();
    new Watch(this, () => this.selection);
    new Watch(this, () => this.run);
    new Watch(this, () => this.directory);
    new Watch(this, () => this.list);
  }

  /** Opens a choice, as its key does. */
  async edit(what: "assign" | "tag" | Exclude<Level, "root">): Promise<void> {
    await this.updateComplete;
    if (what === "assign") return this.assignMenu?.show();
    if (what === "tag") return this.openTags();
    this.level = what;
    await this.updateComplete;
    await this.moreMenu?.show();
  }

  override render() {
    const { selection, run } = this;
    if (run.progress) return this.renderProgress();
    return html`${run.refusedCount ? this.renderRefused() : nothing}${
      selection.size || selection.isEverything ? this.renderBar() : nothing
    }`;
  }

  private renderBar(): TemplateResult {
    const { selection, list } = this;
    const n = figure(selection.size, locale());
    const count = selection.isEverything
      ? msg("All that match")
      : selection.size >= mostSelected
        ? msg(str`${n} selected, the most at once`)
        : msg(str`${n} selected`);
    const canTakeAll = !selection.isEverything && selection.size > 1 && (list.hasMore || selection.size < list.length);
    return html`<div class="bulk" role="toolbar" aria-label=${count}>
      <b role="status">${count}</b>
      ${
        canTakeAll
          ? html`<button type="button" class="all" @click=${() => selection.takeEverything()}>
              ${msg("Select all that match")}
            </button>`
          : nothing
      }
      <sd-menu id="assign" button-class="plain" .items=${this.people()} @sidedesk-menu-choose=${this.handleChoose}
        ><span class="face">${icon(userPlusIcon)}${msg("Assign")}<kbd class="kbd">a</kbd></span></sd-menu
      >
      <button type="button" @click=${() => this.change({ status: "resolved" })}>
        ${icon(circleCheckIcon)}${msg("Resolve")}<kbd class="kbd">e</kbd>
      </button>
      <button id="tag" type="button" aria-haspopup="dialog" @click=${() => this.openTags()}>
        ${icon(tagIcon)}${msg("Tag")}<kbd class="kbd">t</kbd>
      </button>
      <div id="tags" class="popup menu" popover="auto" role="dialog" aria-label=${msg("Tags")}>
        <form class="tag-form" @submit=${this.handleTags} @keydown=${this.handleTagKey}>
          <input
            class="input"
            name="tag"
            maxlength="40"
            autocomplete="off"
            aria-label=${msg("Tag")}
            placeholder=${msg("Type a tag")}
          />
          <span class="row"
            ><button class="button button-primary button-s" type="submit" value="add">${msg("Add")}</button
            ><button class="button button-s" type="submit" value="remove">${msg("Take away")}</button></span
          >
        </form>
      </div>
      ${
        selection.size > 1 && selection.size <= mostMerged && !selection.isEverything
          ? html`<button type="button" aria-haspopup="dialog" @click=${() => this.mergeMany.show(selection.all)}>
              ${icon(mergeIcon)}${msg("Merge")}
            </button>`
          : nothing
      }
      <sd-menu
        id="more"
        button-class="plain"
        label=${msg("More: status, priority, category, team")}
        .items=${this.choices()}
        @click=${{ handleEvent: this.handleMore, capture: true }}
        @sidedesk-menu-choose=${this.handleChoose}
        >${icon(ellipsisIcon)}</sd-menu
      >
      <button type="button" class="clear" aria-label=${msg("Clear selection")} @click=${() => selection.clear()}>
        ${icon(xIcon)}
      </button>
      <desk-merge-many></desk-merge-many>
    </div>`;
  }

  private renderProgress(): TemplateResult {
    const { done, total, what } = this.run.progress!;
    const [n, of] = [figure(done, locale()), figure(total, locale())];
    const words = what === "undo" ? msg("Taking it back") : what === "merge" ? msg("Merging") : msg("Changing");
    return html`<div class="bulk" role="status">
      <b>${words}${total ? html` <span class="num">${msg(str`${n} of ${of}`)}</span>` : nothing}</b
      ><progress aria-label=${words} max=${total || 1} value=${total ? done : nothing}></progress>
    </div>`;
  }

  private renderRefused(): TemplateResult {
    const { run } = this;
    const n = figure(run.refusedCount, locale());
    const left = run.refusedCount - run.refused.length;
    return html`<section class="refused menu" role="alert" aria-label=${msg("Not changed")}>
      <header>
        <b>${run.refusedCount === 1 ? msg("1 ticket was not changed") : msg(str`${n} tickets were not changed`)}</b
        ><button
          class="icon-button icon-button-s"
          type="button"
          aria-label=${msg("Close")}
          @click=${() => run.dismiss()}
        >
          ${icon(xIcon)}
        </button>
      </header>
      <ul tabindex="0" aria-label=${msg("Not changed")}>
        ${run.refused.map((one) => html`<li><a class="mono" href=${paths.ticket(one.name)}>${one.name}</a> ${one.words}</li>`)}
        ${left > 0 ? html`<li>${msg(str`and ${figure(left, locale())} more`)}</li>` : nothing}
      </ul>
    </section>`;
  }

  private people(): MenuItem[] {
    const me = this.session.staff?.id;
    const people = [...this.directory.people].sort((a, b) => Number(b.id === me) - Number(a.id === me));
    return [
      ...people.map(({ id, name, called, away }) => ({
        id: `assigneeId:${id}`,
        label: id === me ? `${called} (${msg("me")})` : away ? `${called} (${msg("away")})` : called,
        lead: face(name),
      })),
      { id: "assigneeId:", label: msg("Nobody"), lead: face(null) },
    ];
  }

  private choices(): MenuItem[] {
    switch (this.level) {
      case "status":
        return ticketStatuses.map((one) => ({ id: `status:${one}`, label: statusWord(one), lead: statusMark(one) }));
      case "priority":
        return [...ticketPriorities]
          .reverse()
          .map((one) => ({ id: `priority:${one}`, label: priorityWord(one), lead: priorityMark(one) }));
      case "category":
        return this.directory.categories.map(({ key, label }) => ({ id: `category:${key}`, label }));
      case "team":
        return [
          ...this.directory.teams.map(({ id, name }) => ({ id: `teamId:${id}`, label: name })),
          { id: "teamId:", label: msg("No team") },
        ];
      default:
        return [
          { id: "open:status", label: msg("Status") },
          { id: "open:priority", label: msg("Priority"), key: "p" },
          { id: "open:category", label: msg("Category") },
          ...(this.directory.teams.length ? [{ id: "open:team", label: msg("Team") }] : []),
        ];
    }
  }

  private readonly handleChoose = (event: MenuChooseEvent): void => {
    const [what, ...rest] = event.item.split(":");
    const value = rest.join(":");
    if (what === "open") return void this.edit(value as Exclude<Level, "root">);
    if (what === "status") this.change({ status: value as TicketStatus });
    else if (what === "priority") this.change({ priority: value as TicketPriority });
    else if (what === "category") this.change({ category: value });
    else if (what === "teamId") this.change({ teamId: value || null });
    else this.change({ assigneeId: value || null });
  };

  /**
   * The button begins anew. An item is let through as it is: listeners of a click that somebody makes have a checkpoint between
   * them, in which another list would be drawn under the pointer before the item hears of it.
   */
  private readonly handleMore = (event: Event): void => {
    const isItem = event.composedPath().some((one) => one instanceof Element && one.matches("[role=menuitem]"));
    if (!isItem) this.level = "root";
  };

  private openTags(): void {
    openPopup(this.tagPopup, this.tagButton);
    this.tagPopup.querySelector("input")?.focus();
  }

  private readonly handleTagKey = (event: KeyboardEvent): void => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    this.tagPopup.hidePopover();
    this.tagButton.focus();
  };

  private readonly handleTags = (event: SubmitEvent): void => {
    event.preventDefault();
    const form = event.target as HTMLFormElement;
    const input = form.querySelector("input")!;
    const tags = input.value
      .split(",")
      .map((one) => one.trim().toLowerCase())
      .filter(Boolean);
    if (tags.length === 0) return input.focus();
    form.reset();
    this.tagPopup.hidePopover();
    const isRemoval = (event.submitter as HTMLButtonElement | null)?.value === "remove";
    this.change(isRemoval ? { removeTags: tags } : { addTags: tags });
  };

  private change(change: BulkChange): void {
    this.level = "root";
    this.dispatchEvent(new BulkChangeEvent(change));
  }
}
customElements.define("desk-bulk-bar", BulkBar);
