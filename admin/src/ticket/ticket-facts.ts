import { consume } from "@lit/context";
import { msg } from "@lit/localize";
import { allowedMoves, ticketPriorities } from "@sidedesk/contract/lifecycle";
import type { Ticket, TicketPriority, TicketStatus } from "@sidedesk/contract";
import { html, nothing, type TemplateResult } from "lit";
import { property, query } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { TickController } from "@sidedesk/ui/controllers";
import { facts } from "@sidedesk/ui/facts.styles";
import { dueTime, exactTime } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { usersIcon } from "@sidedesk/ui/icons";
import { avatar } from "@sidedesk/ui/people";
import { people } from "@sidedesk/ui/people.styles";
import { safeHref } from "@sidedesk/ui/safe-html";
import type { SdSelect, SelectChangeEvent, SelectOption } from "@sidedesk/ui/select-element";
import { face } from "../shell/select.ts";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { paths } from "../router.ts";
import { dense } from "../shell/console.styles.ts";
import { directoryContext, sessionContext, ticketListContext } from "../shell/contexts.ts";
import type { Colleague, Directory } from "../shell/directory.ts";
import { fieldWords } from "../shell/field-words.ts";
import { locale } from "../shell/localization.ts";
import { arc, clockDrawing } from "../shell/marks.ts";
import type { Session } from "../shell/session.ts";
import { Watch } from "../shell/store.ts";
import type { TicketList } from "../shell/ticket-list.ts";
import { dueFact, type DueFact, priorityMark, priorityWord, since, statusMark, statusWord } from "../shell/words.ts";
import type { TagEditor, TagsChangeEvent } from "./tag-editor.ts";
import "./related.ts";
import "./tag-editor.ts";
import { factsStyles } from "./ticket-facts.styles.ts";
import { valueOf, type Field, type TicketStore } from "./ticket-store.ts";

/**
 * @summary What is known of a ticket, each fact changeable where it stands, and its customer.
 */
export class TicketFacts extends BaseElement {
  static override styles = [base, buttons, facts, people, surfaces, dense, factsStyles];

  @property({ attribute: false }) store!: TicketStore;
  @consume({ context: sessionContext }) private session!: Session;
  @consume({ context: directoryContext }) private directory!: Directory;
  @consume({ context: ticketListContext }) private list!: TicketList;
  @query("desk-tags") private tagEditor!: TagEditor;

  constructor() {
    super();
    new Watch(this, () => this.store);
    new Watch(this, () => this.directory);
    new TickController(this);
  }

  /** Opens the choice of a fact, as its key does. */
  edit(field: Field): void {
    if (field === "tags") void this.tagEditor?.add();
    else void this.renderRoot.querySelector<SdSelect>(`desk-select[data-field=${field}]`)?.show();
  }

  protected override updated(): void {
    const strangers = this.store.present.filter((one) => this.directory.nameOf(one.id) === undefined);
    if (strangers.length) this.directory.refresh();
  }

  override render() {
    const { ticket } = this.store;
    if (!ticket) return this.renderSkeleton();
    const fact = dueFact(ticket);
    return html`${fact ? html`<div class="fact-block">${this.renderClock(ticket, fact)}</div>` : nothing}
      <dl class="fact-block">
        ${this.renderPick("assigneeId", msg("Assignee"), ticket.assignee?.id ?? "", this.assignees(ticket))}
        ${
          this.directory.teams.length || ticket.team
            ? this.renderPick("teamId", msg("Team"), ticket.team?.id ?? "", this.teams(ticket))
            : nothing
        }
        ${this.renderPick("status", msg("Status"), ticket.status, this.statuses(ticket))}
        ${this.renderPick("priority", msg("Priority"), ticket.priority, this.priorities())}
        ${this.renderPick("category", msg("Category"), ticket.category, this.categories(ticket))}
        <div class="fact">
          <dt>${msg("Tags")}</dt>
          <dd>
            <desk-tags
              .tags=${ticket.tags}
              .known=${[...new Set(this.list.tickets.flatMap((one) => one.tags))]}
              ?disabled=${!this.session.canWrite}
              ?busy=${this.store.busy.has("tags")}
              @desk-tags-change=${(event: TagsChangeEvent) => this.store.change({ tags: event.tags })}
            ></desk-tags>
          </dd>
        </div>
        ${this.renderOwnFields(ticket)}
      </dl>
      ${this.renderCustomer(ticket)}<desk-related .store=${this.store}></desk-related>`;
  }

  private renderClock(ticket: Ticket, fact: DueFact): TemplateResult {
    const at = ticket.slaDueAt ? dueTime(ticket.slaDueAt, locale()) : "";
    const below =
      fact.state === "met"
        ? msg("The first answer was given")
        : fact.state === "late"
          ? html`${msg("The first answer was due")} ${at}`
          : fact.state === "paused"
            ? msg("The customer has the word")
            : fact.state === "breached"
              ? html`${msg("The answer was due")} ${at}`
              : html`${msg("First answer by")} ${at}`;
    return html`<div
      class="clock"
      data-tone=${fact.tone}
      title=${ticket.slaDueAt ? exactTime(ticket.slaDueAt, locale()) : nothing}
    >
      ${fact.state === "met" || fact.state === "paused" || fact.state === "late" ? clockDrawing(fact) : arc(fact.share)}<b
        >${fact.words}</b
      ><span>${below}</span>
    </div>`;
  }

  private renderPick(
    field: Exclude<Field, "tags">,
    label: string,
    value: string,
    options: SelectOption[],
  ): TemplateResult {
    const isBusy = this.store.busy.has(field);
    return html`<div class="fact">
      <dt>${label}</dt>
      <dd>
        <desk-select
          quiet
          data-field=${field}
          label=${label}
          .value=${value}
          .options=${options}
          ?disabled=${!this.session.canWrite}
          ?busy=${isBusy}
          aria-busy=${isBusy ? "true" : nothing}
          @sidedesk-select-change=${(event: SelectChangeEvent) => this.handlePick(event, field)}
        ></desk-select>
      </dd>
    </div>`;
  }

  private async handlePick(event: SelectChangeEvent, field: Exclude<Field, "tags">): Promise<void> {
    const select = event.target as SdSelect;
    const value = field === "assigneeId" || field === "teamId" ? event.value || null : event.value;
    await this.store.change({ [field]: value });
    // Refused or overtaken: the button says again what holds, not what was wished for.
    const { ticket } = this.store;
    if (ticket) select.value = String(valueOf(ticket, field) ?? "");
  }

  private statuses(ticket: Ticket): SelectOption[] {
    const can: TicketStatus[] = [ticket.status, ...allowedMoves("staff", ticket.status)];
    return can.map((value) => ({ value, label: statusWord(value), lead: statusMark(value) }));
  }

  private priorities(): SelectOption[] {
    return [...ticketPriorities]
      .reverse()
      .map((value: TicketPriority) => ({ value, label: priorityWord(value), lead: priorityMark(value) }));
  }

  private categories(ticket: Ticket): SelectOption[] {
    const all = this.directory.categories.map(({ key, label }) => ({ value: key, label }));
    return all.some((one) => one.value === ticket.category)
      ? all
      : [...all, { value: ticket.category, label: ticket.category }];
  }

  private teams(ticket: Ticket): SelectOption[] {
    const all = this.directory.teams.map(({ id, name }): SelectOption => ({
      value: id,
      label: name,
      lead: icon(usersIcon),
    }));
    const { team } = ticket;
    if (team && !all.some((one) => one.value === team.id)) all.push({ value: team.id, label: team.name });
    return [{ value: "", label: msg("None"), lead: icon(usersIcon) }, ...all];
  }

  private assignees(ticket: Ticket): SelectOption[] {
    const me = this.session.staff?.id;
    const option = ({ id, name, called, away }: Colleague): SelectOption => ({
      value: id,
      label: id === me ? `${called} (${msg("me")})` : away ? `${called} (${msg("away")})` : called,
      lead: face(name),
    });
    const all = this.directory.people.map(option);
    const { assignee } = ticket;
    if (assignee && !all.some((one) => one.value === assignee.id))
      all.push(option({ ...assignee, called: assignee.name, away: false }));
    all.sort((a, b) => Number(b.value === me) - Number(a.value === me));
    return [{ value: "", label: msg("Nobody"), lead: face(null) }, ...all];
  }

  private renderOwnFields(ticket: Ticket): TemplateResult[] {
    const known = this.directory.categories.find((one) => one.key === ticket.category)?.fields ?? [];
    const rows = Object.entries(ticket.fields).map(([key, value]) => {
      const field = known.find((one) => one.key === key);
      return { label: field?.label ?? key, value: html`${fieldWords(value, field?.type)}` };
    });
    const { reference } = ticket;
    if (reference) {
      const href = reference.url ? safeHref(reference.url) : undefined;
      const name = reference.label ?? reference.id;
      rows.unshift({
        label: reference.type,
        value: href ? html`<a href=${href} target="_blank" rel="noopener noreferrer">${name}</a>` : html`${name}`,
      });
    }
    return rows.map(
      ({ label, value }) =>
        html`<div class="fact">
          <dt class="own-label"><bdi>${label}</bdi></dt>
          <dd class="own"><bdi>${value}</bdi></dd>
        </div>`,
    );
  }

  private renderCustomer({ customer, rating }: Ticket): TemplateResult {
    const { others } = this.store;
    const name = customer.name || customer.email;
    return html`<section class="fact-block" aria-label=${msg("Customer")}>
      <div class="who-head">
        ${avatar(name, { size: "l" })}<span class="who"
          ><b class="people truncate">${name}</b
          ><a class="meta truncate" href="mailto:${customer.email}">${customer.email}</a></span
        >
      </div>
      ${
        customer.externalId || rating
          ? html`<dl>
              ${
                customer.externalId
                  ? html`<div class="fact">
                      <dt>${msg("Their id")}</dt>
                      <dd class="mono truncate" title=${customer.externalId}>${customer.externalId}</dd>
                    </div>`
                  : nothing
              }
              ${
                rating
                  ? html`<div class="fact">
                      <dt>${msg("Rating")}</dt>
                      <dd title=${rating.comment ?? nothing}>${rating.score} / 5</dd>
                    </div>`
                  : nothing
              }
            </dl>`
          : nothing
      }
      ${
        others.length
          ? html`<h2>${msg("Also open")}</h2>
              <ul>
                ${others.map(
                  (one) =>
                    html`<li>
                      <a class="past" href=${paths.ticket(one.number)}
                        >${statusMark(one.status, statusWord(one.status))}<span class="truncate" dir="auto"
                          >${one.subject}</span
                        ><time class="meta" datetime=${one.updatedAt} title=${exactTime(one.updatedAt, locale())}
                          >${since(one.updatedAt)}</time
                        ></a
                      >
                    </li>`,
                )}
              </ul>`
          : nothing
      }
    </section>`;
  }

  private renderSkeleton(): TemplateResult {
    return html`<div class="later" role="status" aria-busy="true" aria-label=${msg("Loading")}>
      <div class="fact-block"><i class="skeleton sk-clock"></i></div>
      <div class="fact-block">${[0, 1, 2, 3].map(() => html`<i class="skeleton sk-fact"></i>`)}</div>
    </div>`;
  }
}
customElements.define("desk-facts", TicketFacts);
