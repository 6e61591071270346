import { watchOver } from "@sidedesk/ui/watch-over";
import type { Notices } from "./notices.ts";
import type { Session } from "./session.ts";
import type { TicketList } from "./ticket-list.ts";
import type { Views } from "./views.ts";

/**
 * Keeps what is on screen as the desk has it, also when the live connection fails. Back from an absence of which nothing
 * is sent later, all of it is asked for again (`desk-catch-up`). While there is no connection, what it would have kept up
 * to date is, quietly, every 30 s (`desk-refresh`): forms that somebody fills in are no part of that.
 */
export class CatchUp {
  readonly #session: Session;
  readonly #tickets: TicketList;
  readonly #notices: Notices;
  readonly #views: Views;
  /** Live was away without a number to go on from, so what is shown may have missed something. */
  #mayHaveMissed = false;
  #stop: (() => void) | null = null;

  constructor(session: Session, tickets: TicketList, notices: Notices, views: Views) {
    this.#session = session;
    this.#tickets = tickets;
    this.#notices = notices;
    this.#views = views;
    const { live } = session;
    live.on("resync", () => this.#everything());
    live.onState((state) => {
      if (state === "offline" || state === "connecting") this.#mayHaveMissed ||= live.lastEventId === undefined;
      if (state === "online" && this.#mayHaveMissed) this.#everything();
    });
  }

  start(): void {
    this.#stop ??= watchOver(
      () => {
        const { live } = this.#session;
        return { state: live.state, isAlone: live.isAlone, pause: () => live.pause() }; // over HTTP the stream comes, too
      },
      () => this.#refresh(),
      () => {
        if (this.#session.state === "in") this.#session.live.wake();
        if (this.#session.state === "unreachable") void this.#session.start();
      },
    );
  }

  stop(): void {
    this.#stop?.();
    this.#stop = null;
  }

  #everything(): void {
    this.#mayHaveMissed = false;
    this.#lists();
    dispatchEvent(new Event("desk-catch-up"));
  }

  #refresh(): void {
    if (this.#session.state !== "in") return;
    this.#lists();
    dispatchEvent(new Event("desk-refresh"));
  }

  #lists(): void {
    const { state } = this.#tickets;
    if (state === "ready" || state === "failed") void this.#tickets.reload(true);
    void this.#notices.load();
    void this.#views.load();
  }
}
