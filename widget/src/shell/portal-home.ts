import { msg, str } from "@lit/localize";
import { ticketsApi } from "@sidedesk/client";
import type { CustomerStats } from "@sidedesk/contract";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { OnlineController, RovingList, SlowController, TickController } from "@sidedesk/ui/controllers";
import { facts } from "@sidedesk/ui/facts.styles";
import { clockTime, figure } from "@sidedesk/ui/format";
import { icon } from "@sidedesk/ui/icon";
import { plusIcon } from "@sidedesk/ui/icons";
import { avatar } from "@sidedesk/ui/people";
import { largeAvatar } from "@sidedesk/ui/large-avatar.styles";
import { people } from "@sidedesk/ui/people.styles";
import { emptyArt, skeletonRows } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { html, nothing, type TemplateResult } from "lit";
import { state } from "lit/decorators.js";
import { DeskElement } from "../session/desk-element.ts";
import { connectionBanner, failedView } from "../session/states.ts";
import { lastSaid, TicketList } from "../session/ticket-list.ts";
import { statusGlyph } from "../session/words.ts";
import { ticketRow } from "../tickets/ticket-row.ts";
import { ticketRowStyles } from "../tickets/ticket-row.styles.ts";
import { answerTime, greeting } from "./greeting.ts";
import { portalHomeStyles } from "./portal-home.styles.ts";

/** Home of the portal: your turn across the page, the figures, the latest requests and updates. */
export class SidedeskPortalHome extends DeskElement {
  static override styles = [
    ...(DeskElement.styles as []),
    buttons,
    facts,
    people,
    largeAvatar,
    surfaces,
    ticketRowStyles,
    portalHomeStyles,
  ];

  /** Not there before they came; null when they did not come. */
  @state() private stats: CustomerStats | null | undefined;
  #asked = 0;
  #list = new TicketList(this, () => this.desk, 10);
  #slow = new SlowController(this, () => this.#list.isBusy || this.stats === undefined);

  constructor() {
    super();
    new TickController(this);
    new OnlineController(this);
    new RovingList(this, ".request");
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#count();
    this.follow(this.desk.on("ticket", () => void this.#count()));
    this.follow(this.desk.on("refetch", () => void this.#count()));
  }

  override render() {
    const { customer, site } = this.desk;
    return html`<div class="hello">
        <h1>${greeting(customer?.name)}</h1>
        <p>${answerTime(site, this.locale) ?? nothing}</p>
      </div>
      ${connectionBanner(this.desk, false)} ${this.#renderTurn()}
      <div class="grid">
        <div class="col">${this.#renderTally()}${this.#renderRequests()}</div>
        <div class="col latest"><sidedesk-notifications></sidedesk-notifications></div>
      </div>`;
  }

  #renderTurn(): TemplateResult | typeof nothing {
    const turn = this.#list.tickets.find((ticket) => ticket.status === "waiting_customer");
    if (!turn) return nothing;
    const said = lastSaid(turn.id);
    const name = (said && !said.own ? said.name : turn.assignee?.name) ?? "";
    const first = name.split(/\s+/)[0] ?? "";
    const since = turn.lastStaffMessageAt ?? turn.updatedAt;
    return html`<section class="turn card" aria-label=${msg("Your turn")}>
      ${avatar(name, { size: "l" })}
      <span class="status" data-tone="warning"
        >${statusGlyph(turn.status)}${msg(str`Your turn since ${clockTime(since, this.locale)}`)}</span
      >
      <strong dir="auto">${turn.subject}</strong>
      ${said && !said.own ? html`<p dir="auto">${said.text.slice(0, 300)}</p>` : nothing}
      <button
        class="button button-primary"
        type="button"
        @click=${() => this.announce("ticket-select", { id: turn.id })}
      >
        ${first ? msg(str`Answer ${first}`) : msg("Answer")}
      </button>
    </section>`;
  }

  #renderTally(): TemplateResult {
    const { stats } = this;
    const waiting = this.#slow.slow ? html`<i class="skeleton"></i>` : nothing;
    const show = (name: string, value: number | undefined) =>
      html`<a href="#requests"
        ><span class="meta">${name}</span
        ><b>${stats === undefined ? waiting : value === undefined ? "–" : figure(value, this.locale)}</b></a
      >`;
    return html`<nav class="tally card" aria-label=${msg("Your requests in figures")}>
      ${show(msg("Open"), stats?.open)}${show(msg("Your turn"), stats?.waitingForMe)}${show(msg("Solved"), stats?.resolved)}
    </nav>`;
  }

  #renderRequests(): TemplateResult {
    return html`<section class="card requests" aria-labelledby="requests">
      <header class="head">
        <h2 id="requests">${msg("Your requests")}</h2>
        <button class="button button-s push" type="button" @click=${() => this.announce("navigate", { view: "new" })}>
          ${icon(plusIcon)}${msg("New request")}
        </button>
      </header>
      ${this.#renderList()}
    </section>`;
  }

  #renderList(): TemplateResult | typeof nothing {
    const list = this.#list;
    if (list.state === "failed")
      return failedView(msg("We could not load your requests"), list.error, () => void list.load());
    if (list.isBusy && !list.tickets.length)
      return this.#slow.slow ? skeletonRows(msg("Loading your requests")) : nothing;
    if (!list.tickets.length) {
      return html`<div class="empty">
        ${emptyArt()}
        <h2>${msg("No requests yet")}</h2>
        <p>${msg("When you ask us something, you can follow the answer here.")}</p>
      </div>`;
    }
    return html`<ul>
      ${list.tickets
        .slice(0, 6)
        .map(
          (ticket) =>
            html`<li>
              ${ticketRow(ticket, { locale: this.locale, isNew: this.desk.isUnread(ticket.id), choose: ({ id }) => this.announce("ticket-select", { id }) })}
            </li>`,
        )}
    </ul>`;
  }

  async #count(): Promise<void> {
    const asked = ++this.#asked;
    const stats = await ticketsApi(this.desk.http)
      .stats<CustomerStats>()
      .catch(() => null);
    if (asked === this.#asked) this.stats = stats ?? this.stats ?? null; // else asked again since
  }
}
