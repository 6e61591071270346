import { consume } from "@lit/context";
import { msg, str } from "@lit/localize";
import { ticketPriorities, ticketStatuses } from "@sidedesk/contract/lifecycle";
import type { Ticket, TicketPriority, TicketSort, TicketStatus } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import type { FacetChangeEvent } from "@sidedesk/ui/facet";
import "@sidedesk/ui/facet";
import { icon } from "@sidedesk/ui/icon";
import { checkIcon, chevronDownIcon } from "@sidedesk/ui/icons";
import { listed } from "@sidedesk/ui/listed";
import type { MenuChooseEvent } from "@sidedesk/ui/menu";
import "@sidedesk/ui/menu";
import { avatar } from "@sidedesk/ui/people";
import type { SelectOption } from "@sidedesk/ui/select-element";
import { dense } from "../shell/console.styles.ts";
import { directoryContext, sessionContext, ticketListContext } from "../shell/contexts.ts";
import type { Directory } from "../shell/directory.ts";
import { openStatuses, queueSorts, type QueueFilter } from "../shell/filter.ts";
import { locale } from "../shell/localization.ts";
import type { Session } from "../shell/session.ts";
import { Watch } from "../shell/store.ts";
import type { TicketList } from "../shell/ticket-list.ts";
import { priorityMark, priorityWord, sortWord, statusMark, statusWord } from "../shell/words.ts";
import "./queue-options.ts";
import { queueTools } from "./queue-tools.styles.ts";

/** Somebody wants to see something else; `part` is what changes of the filter. */
export class FilterChangeEvent extends Event {
  readonly part: Partial<QueueFilter>;
  constructor(part: Partial<QueueFilter>) {
    super("desk-filter-change", { bubbles: true, composed: true });
    this.part = part;
  }
}

/**
 * @summary What the queue is narrowed by, as facets, and the order it is in.
 * @event desk-filter-change - Somebody chose another filter or order.
 */
export class QueueTools extends BaseElement {
  static override styles = [base, dense, queueTools];

  @consume({ context: sessionContext }) private session!: Session;
  @consume({ context: directoryContext }) private directory!: Directory;
  @consume({ context: ticketListContext }) private list!: TicketList;

  private tagsOf: readonly Ticket[] | null = null;
  private offered: readonly string[] = [];

  constructor() {
    super();
    new Watch(this, () => this.directory);
    new Watch(this, () => this.list);
  }

  override render() {
    const { filter } = this.list;
    const tags = this.tags();
    return html`<div class="tools" role="group" aria-label=${msg("Filters")}>
      ${this.renderFacet(
        "status",
        msg("Status"),
        ticketStatuses.map((value) => ({ value, label: statusWord(value), lead: statusMark(value) })),
      )}
      ${this.renderFacet(
        "priority",
        msg("Priority"),
        [...ticketPriorities]
          .reverse()
          .map((value) => ({ value, label: priorityWord(value), lead: priorityMark(value) })),
      )}
      ${this.renderFacet(
        "category",
        msg("Category"),
        this.directory.categories.map(({ key, label }) => ({ value: key, label })),
      )}
      ${this.renderFacet("assignee", msg("Assignee"), [
        { value: "me", label: msg("Me"), lead: avatar(this.session.staff?.name, { size: "s" }) },
        { value: "none", label: msg("Nobody"), lead: avatar(null, { size: "s" }) },
        ...this.directory.people
          .filter((one) => one.id !== this.session.staff?.id)
          .map(({ id, name, called }) => ({ value: id, label: called, lead: avatar(name, { size: "s" }) })),
      ])}
      ${
        this.directory.teams.length
          ? this.renderFacet("team", msg("Team"), [
              { value: "none", label: msg("No team") },
              ...this.directory.teams.map(({ id, name }) => ({ value: id, label: name })),
            ])
          : nothing
      }
      ${this.renderFacet(
        "tag",
        msg("Tag"),
        tags.map((value) => ({ value, label: value })),
        msg("Type a tag"),
      )}
      <sd-menu
        class="sort"
        button-class="facet"
        .items=${[...(filter.q ? [null] : []), ...queueSorts].map((sort) => ({
          id: sort ?? "",
          label: sortWord(sort),
          lead: sort === filter.sort ? icon(checkIcon) : html`<span class="icon"></span>`,
        }))}
        @sidedesk-menu-choose=${(event: MenuChooseEvent) => this.change({ sort: (event.item || null) as TicketSort | null })}
        ><span class="sort-face"
          ><span class="sr">${msg("Sort")},</span><span aria-hidden="true">${msg("Sort")}</span>
          <b>${sortWord(filter.sort)}</b>${icon(chevronDownIcon)}</span
        ></sd-menu
      ><desk-queue-options></desk-queue-options>
    </div>`;
  }

  /** Tags to offer: those of the rows held, found again only when these are others. */
  private tags(): readonly string[] {
    const { tickets } = this.list;
    if (tickets !== this.tagsOf) {
      this.tagsOf = tickets;
      this.offered = [...new Set(tickets.slice(0, 500).flatMap((ticket) => ticket.tags))].sort().slice(0, 50);
    }
    return this.offered;
  }

  private renderFacet(
    name: "status" | "priority" | "category" | "assignee" | "team" | "tag",
    label: string,
    options: SelectOption[],
    typeLabel = "",
  ): TemplateResult {
    return html`<sd-facet
      label=${label}
      summary=${name === "status" ? this.statusSummary() : ""}
      type-label=${typeLabel}
      clear-label=${msg(str`Clear ${label}`)}
      .values=${this.list.filter[name]}
      .options=${options}
      @sidedesk-facet-change=${(event: FacetChangeEvent) => this.change({ [name]: event.values as (TicketStatus & TicketPriority)[] })}
    ></sd-facet>`;
  }

  private statusSummary(): string {
    const { status } = this.list.filter;
    const isUsual = status.length === openStatuses.length && openStatuses.every((one) => status.includes(one));
    return isUsual
      ? msg("all open")
      : listed(
          status.map((one) => statusWord(one).toLocaleLowerCase(locale())),
          locale(),
        );
  }

  private change(part: Partial<QueueFilter>): void {
    this.dispatchEvent(new FilterChangeEvent(part));
  }
}
customElements.define("desk-queue-tools", QueueTools);
