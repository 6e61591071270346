import type { Category, StaffMember, Team } from "@sidedesk/contract";
import type { Session } from "./session.ts";
import { Store } from "./store.ts";

/** Who works here and what tickets can be about: what pickers offer and what ids are called. */
export class Directory extends Store {
  people: { id: string; name: string; away: boolean }[] = [];
  categories: Category[] = [];
  teams: Team[] = [];
  #away = new Set<string>();
  readonly #session: Session;
  #loadedAt = 0;
  readonly #met = new Map<string, string>();

  constructor(session: Session) {
    super();
    this.#session = session;
  }

  /** Loads both lists; what cannot be had leaves the pickers with those already met on tickets. */
  async load(): Promise<void> {
    this.#loadedAt = Date.now();
    const { client, staff } = this.#session;
    if (staff) this.meet(staff);
    const [people, categories, teams] = await Promise.allSettled([
      this.#everybody(),
      client.tickets.categories(),
      client.teams.list({ limit: 100 }),
    ]);
    if (people.status === "fulfilled") {
      this.people = people.value
        .filter((one) => !one.disabled && one.role !== "viewer")
        .map(({ id, name, away }) => ({ id, name, away }));
      for (const one of people.value) this.#met.set(one.id, one.name);
      this.#away = new Set(people.value.filter((one) => one.away).map((one) => one.id));
    } else {
      this.people = [...this.#met].map(([id, name]) => ({ id, name, away: false }));
    }
    if (categories.status === "fulfilled") this.categories = categories.value.data;
    if (teams.status === "fulfilled") this.teams = teams.value.data;
    this.changed();
  }

  /** Loads again what may have changed since, such as who was invited; at most twice a minute. */
  refresh(): void {
    if (Date.now() - this.#loadedAt > 30_000) void this.load();
  }

  /** Remembers a name seen on a ticket. */
  meet(person: { id: string; name: string }): void {
    this.#met.set(person.id, person.name);
  }

  isAway(id: string): boolean {
    return this.#away.has(id);
  }

  nameOf(id: string): string | undefined {
    return this.#met.get(id);
  }

  /** What a category is called; its key when it is no longer offered. */
  labelOf(category: string): string {
    return this.categories.find((one) => one.key === category)?.label ?? category;
  }

  async #everybody(): Promise<StaffMember[]> {
    const all: StaffMember[] = [];
    let cursor: string | undefined;
    do {
      const page = await this.#session.client.staff.list({ limit: 100, cursor });
      all.push(...page.data);
      cursor = page.nextCursor ?? undefined;
    } while (cursor);
    return all;
  }
}
