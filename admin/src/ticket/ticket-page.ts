import { consume } from "@lit/context";
import { msg } from "@lit/localize";
import { allowedMoves } from "@sidedesk/contract/lifecycle";
import type { Ticket, TicketStatus } from "@sidedesk/contract";
import { html, nothing, type PropertyValues, type TemplateResult } from "lit";
import { property, query, state } from "lit/decorators.js";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { buttons } from "@sidedesk/ui/buttons.styles";
import { choosing } from "@sidedesk/ui/choosing.styles";
import { TickController } from "@sidedesk/ui/controllers";
import { facts } from "@sidedesk/ui/facts.styles";
import { icon } from "@sidedesk/ui/icon";
import { arrowLeftIcon, circleCheckIcon } from "@sidedesk/ui/icons";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { surfaces } from "@sidedesk/ui/surfaces.styles";
import { go, paths } from "../router.ts";
import { dense } from "../shell/console.styles.ts";
import { directoryContext, sessionContext, ticketListContext, toastsContext } from "../shell/contexts.ts";
import type { Directory } from "../shell/directory.ts";
import { filterSearch } from "../shell/filter.ts";
import { dueChip, lastWord } from "../shell/marks.ts";
import type { Session } from "../shell/session.ts";
import { Shortcuts } from "../shell/shortcuts.ts";
import { Watch } from "../shell/store.ts";
import type { TicketList } from "../shell/ticket-list.ts";
import type { Toasts } from "../shell/toasts.ts";
import { problemWords, statusMark, statusTone, statusWord } from "../shell/words.ts";
import type { TicketComposer } from "./composer.ts";
import type { TicketConversation } from "./conversation.ts";
import type { TicketFacts } from "./ticket-facts.ts";
import { ticketPage } from "./ticket-page.styles.ts";
import { TicketStore, valueOf, type Change, type Field } from "./ticket-store.ts";
import "./composer.ts";
import "./conversation.ts";
import "./merged-note.ts";
import "./queue-pane.ts";
import "./ticket-facts.ts";
import "./ticket-notes.ts";

/**
 * @summary One ticket: the queue it comes from, what was said, and what is known.
 */
export class TicketPage extends BaseElement {
  static override styles = [base, buttons, choosing, facts, surfaces, dense, ticketPage];

  /** Id or number, from the address. */
  @property({ attribute: false }) ref = "";
  @consume({ context: sessionContext }) private session!: Session;
  @consume({ context: directoryContext }) private directory!: Directory;
  @consume({ context: ticketListContext }) private list!: TicketList;
  @consume({ context: toastsContext }) private toasts!: Toasts;
  @state() private store: TicketStore | null = null;
  /** On small screens: what of the ticket is shown. */
  @state() private side: "conversation" | "details" = "conversation";
  @query("desk-composer") private composer!: TicketComposer | null;
  @query("desk-conversation") private conversation!: TicketConversation | null;
  @query("desk-facts") private facts!: TicketFacts | null;
  private stop: (() => void) | undefined;

  constructor() {
    super();
    new Watch(this, () => this.session);
    new TickController(this);
    new Shortcuts(this, () => ({
      u: () => go(paths.queue(filterSearch(this.list.filter))),
      j: () => this.step(1),
      k: () => this.step(-1),
      ...(this.session.canWrite && this.store?.ticket ? this.writeKeys() : {}),
    }));
  }

  private writeKeys() {
    return {
      r: () => void this.write("reply"),
      n: () => void this.write("note"),
      a: () => this.edit("assigneeId"),
      p: () => this.edit("priority"),
      t: () => this.edit("tags"),
      m: () => void this.takeOn(),
      e: () => void this.resolve(),
    };
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.leave();
    document.title = "Sidedesk";
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has("ref") || !this.store) this.enter();
    const { ticket } = this.store!;
    if (ticket) this.list.lastOpened = ticket.id;
    if (ticket?.assignee) this.directory.meet(ticket.assignee);
    document.title = ticket ? `${ticket.subject} – Sidedesk` : msg("Ticket – Sidedesk");
  }

  private enter(): void {
    this.leave();
    const store = new TicketStore(this.session, this.ref);
    this.stop = store.listen(() => this.requestUpdate());
    this.store = store;
    this.side = "conversation";
    this.directory.refresh();
    const wanted = location.hash.slice(1);
    if (wanted === "reply" || wanted === "note") {
      history.replaceState({}, "", location.pathname + location.search); // once: not again on coming back
      void this.updateComplete.then(() => this.write(wanted));
    }
    void store.load(this.list.tickets.find((ticket) => ticket.number === this.ref || ticket.id === this.ref));
  }

  /** Whoever comes by keyboard goes on from here, not from the top of the page. */
  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("ref")) this.renderRoot.querySelector<HTMLElement>("h1")?.focus({ preventScroll: true });
  }

  private leave(): void {
    this.stop?.();
    this.store?.close();
    this.store = null;
  }

  override render() {
    const store = this.store!;
    return html`<main class="three" data-side=${this.side}>
      <desk-queue-pane
        class="pane pane-list"
        .current=${store.ticket?.number ?? this.ref}
        role="region"
        aria-label=${msg("Queue")}
      ></desk-queue-pane>
      ${store.state === "missing" || (store.state === "failed" && !store.ticket) ? this.renderProblem(store) : this.renderTicket(store)}
    </main>`;
  }

  private renderTicket(store: TicketStore): TemplateResult {
    return html`<section class="pane pane-talk" aria-label=${msg("Conversation")}>
        ${this.renderHead(store.ticket)}
        <div class="pane-switch">
          <div class="segmented" role="group" aria-label=${msg("Show")}>
            <button
              type="button"
              aria-pressed=${this.side === "conversation" ? "true" : "false"}
              @click=${() => (this.side = "conversation")}
            >
              ${msg("Conversation")}</button
            ><button
              type="button"
              aria-pressed=${this.side === "details" ? "true" : "false"}
              @click=${() => (this.side = "details")}
            >
              ${msg("Details")}
            </button>
          </div>
        </div>
        <desk-merged-note .store=${store}></desk-merged-note>
        <desk-ticket-notes .store=${store}></desk-ticket-notes>
        <desk-conversation .store=${store}></desk-conversation>
        <desk-composer .store=${store} @desk-sent=${() => this.conversation?.toEnd()}></desk-composer>
      </section>
      <aside class="pane pane-facts" aria-label=${msg("Details")}><desk-facts .store=${store}></desk-facts></aside>`;
  }

  private renderHead(ticket: Ticket | null): TemplateResult {
    const back = paths.queue(filterSearch(this.list.filter));
    const canResolve = ticket && this.session.canWrite && allowedMoves("staff", ticket.status).includes("resolved");
    return html`<header class="talk-head">
      <div class="row">
        <a class="icon-button narrow" href=${back} aria-label=${msg("Back to the queue")}
          >${icon(arrowLeftIcon, { large: true, flips: true })}</a
        >
        <h1 dir="auto" tabindex="-1">${ticket?.subject ?? html`<i class="skeleton sk-title later"></i>`}</h1>
        ${
          canResolve
            ? html`<span class="push row"
                ><button class="button button-s" type="button" @click=${() => this.resolve()}>
                  ${icon(circleCheckIcon)}<span class="resolve">${msg("Resolve")}</span
                  ><kbd class="kbd wide" aria-hidden="true">e</kbd>
                </button></span
              >`
            : nothing
        }
      </div>
      ${
        ticket
          ? html`<div class="row row-wrap meta">
              <span class="status" data-tone=${statusTone(ticket.status)}
                >${statusMark(ticket.status)}${statusWord(ticket.status)}</span
              ><span class="mono">${ticket.number}</span>${lastWord(ticket)}<span class="narrow"
                >${dueChip(ticket)}</span
              >
            </div>`
          : nothing
      }
    </header>`;
  }

  private renderProblem(store: TicketStore): TemplateResult {
    const isMissing = store.state === "missing";
    const { words, reference } = problemWords(store.problem);
    const hasSites = (this.session.staff?.sites.length ?? 0) > 1;
    return html`<section class="pane pane-problem">
      <div class="empty" role="alert">
        ${emptyArt(isMissing ? "locked" : "broken")}
        <h1>${isMissing ? msg("There is no such ticket here") : msg("The ticket could not be loaded")}</h1>
        <p>
          ${isMissing ? (hasSites ? msg("It may belong to another of your sites.") : msg("The number may be mistyped.")) : words}
        </p>
        ${
          isMissing
            ? html`<a class="button" href=${paths.queue(filterSearch(this.list.filter))}
                >${msg("Back to the queue")}</a
              >`
            : html`<button class="button button-primary" type="button" @click=${() => store.load()}>
                ${msg("Try again")}
              </button>`
        }
        ${reference && !isMissing ? html`<p class="meta">${msg("Reference")} <span class="mono">${reference}</span></p>` : nothing}
      </div>
    </section>`;
  }

  private async write(kind: "reply" | "note"): Promise<void> {
    this.side = "conversation";
    await this.updateComplete;
    await this.composer?.write(kind);
  }

  private edit(field: Field): void {
    this.side = matchMedia("(max-width: 767.98px)").matches ? "details" : this.side;
    void this.updateComplete.then(() => this.facts?.edit(field));
  }

  private async takeOn(): Promise<void> {
    const me = this.session.staff;
    if (me && this.store?.ticket?.assignee?.id !== me.id) await this.do({ assigneeId: me.id }, msg("Assigned to you."));
  }

  private async resolve(): Promise<void> {
    const ticket = this.store?.ticket;
    if (ticket && allowedMoves("staff", ticket.status).includes("resolved"))
      await this.do({ status: "resolved" }, msg("Resolved."));
  }

  /** A change by key or button, with a way back. */
  private async do(change: Change, words: string): Promise<void> {
    const store = this.store!;
    const field = Object.keys(change)[0] as Field;
    const before = valueOf(store.ticket!, field);
    if (!(await store.change(change))) return;
    this.toasts.show(words, {
      action: {
        label: msg("Undo"),
        run: () => {
          const can =
            field !== "status" || allowedMoves("staff", store.ticket!.status).includes(before as TicketStatus);
          void store.change({ [field]: can ? before : "open" });
        },
      },
    });
  }

  private step(by: 1 | -1): void {
    const next = this.store?.ticket ? this.list.neighbour(this.store.ticket.id, by) : this.list.tickets[0];
    if (next) go(paths.ticket(next.number));
  }
}
customElements.define("desk-ticket", TicketPage);
