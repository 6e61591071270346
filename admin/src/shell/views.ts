import { msg } from "@lit/localize";
import type { StaffLoad, StaffStats, View } from "@sidedesk/contract";
import { figure } from "@sidedesk/ui/format";
import type { IconShape } from "@sidedesk/ui/icon";
import { inboxIcon, pauseIcon, userIcon, userXIcon } from "@sidedesk/ui/icons";
import { filterFromView, filterSearch, openStatuses, viewFilter, type QueueFilter } from "./filter.ts";
import { locale } from "./localization.ts";
import type { Session } from "./session.ts";
import { Store } from "./store.ts";

/** How long figures may lag behind the tickets: counting is cheap, but not for every ticket of a busy hour. */
const lag = 5000;
/** Where the desk stops counting. */
const mostCounted = 1000;

/** How many a saved view shows, as far as the desk counts. */
export const countWords = (count: number | null | undefined): string | null =>
  typeof count === "number" ? figure(count, locale()) + (count >= mostCounted ? "+" : "") : null;

/** A view that everybody has: an address like any other. */
export interface StandingView {
  search: string;
  label: string;
  shape: IconShape;
  count: number | null;
}

/** Saved views of the queue, and how many tickets each view shows. */
export class Views extends Store {
  all: View[] = [];
  #stats: StaffStats | null = null;
  #load: StaffLoad | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #turn = 0;
  readonly #session: Session;

  constructor(session: Session) {
    super();
    this.#session = session;
    session.live.on("ticket_update", () => this.#soon());
  }

  forget(): void {
    this.#turn += 1;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.all = [];
    this.#stats = null;
    this.#load = null;
    this.changed();
  }

  /** Views and figures as they are now. What cannot be had keeps its old state: figures are a help. */
  async load(): Promise<void> {
    const turn = ++this.#turn;
    const { client } = this.#session;
    const [views, stats, load] = await Promise.allSettled([
      client.views.list({ limit: 100, counts: true }),
      client.tickets.stats<StaffStats>(),
      client.teams.load(),
    ]);
    if (turn !== this.#turn) return;
    if (views.status === "fulfilled") this.all = [...views.value.data].sort((a, b) => a.name.localeCompare(b.name));
    if (stats.status === "fulfilled") this.#stats = stats.value;
    if (load.status === "fulfilled") this.#load = load.value;
    this.changed();
  }

  /** The views that everybody has. */
  standing(): StandingView[] {
    const stats = this.#stats;
    const mine = this.#load?.staff.find((one) => one.id === this.#session.staff?.id)?.openTickets;
    return [
      {
        search: "",
        label: msg("All open"),
        shape: inboxIcon,
        count: stats && openStatuses.reduce((sum, one) => sum + (stats.byStatus[one] ?? 0), 0),
      },
      {
        search: "?assignee=me",
        label: msg("Mine"),
        shape: userIcon,
        count: this.#load && (mine ?? 0),
      },
      {
        search: "?assignee=none",
        label: msg("Unassigned"),
        shape: userXIcon,
        count: this.#load && this.#load.unassigned,
      },
      {
        search: "?status=waiting_customer",
        label: msg("Waiting on customer"),
        shape: pauseIcon,
        count: stats && (stats.byStatus["waiting_customer"] ?? 0),
      },
    ];
  }

  /** The part of the address that opens a saved view. */
  searchOf(view: View): string {
    return filterSearch(filterFromView(view));
  }

  /** The saved view that is on show, if it is one. */
  shown(filter: QueueFilter): View | undefined {
    const search = filterSearch(filter);
    return this.all.find((view) => this.searchOf(view) === search);
  }

  mayChange(view: View): boolean {
    return this.#session.canWrite && (view.owner.id === this.#session.staff?.id || this.#session.canSetUp);
  }

  async create(name: string, filter: QueueFilter, shared: boolean): Promise<void> {
    const { sort } = filter;
    await this.#session.client.views.create({ name, filter: viewFilter(filter), shared, ...(sort ? { sort } : {}) });
    await this.load();
  }

  async update(id: string, patch: { name?: string; shared?: boolean }): Promise<void> {
    await this.#session.client.views.update(id, patch);
    await this.load();
  }

  async remove(id: string): Promise<void> {
    await this.#session.client.views.remove(id);
    await this.load();
  }

  #soon(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (this.#session.state === "in") void this.load();
    }, lag);
  }
}
