import type { Category, StaffMember, Team } from "@sidedesk/contract";
import { everyPage } from "./every-page.ts";
import type { Session } from "./session.ts";
import { Store } from "./store.ts";

/** A colleague, as pickers offer them. */
export interface Colleague {
  id: string;
  name: string;
  /** The name, and where another has the same one, the address with it. */
  called: string;
  away: boolean;
}

/** Who works here and what tickets can be about: what pickers offer and what ids are called. */
export class Directory extends Store {
  people: Colleague[] = [];
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
      everyPage((page) => client.staff.list(page)),
      client.tickets.categories(),
      client.teams.list({ limit: 100 }),
    ]);
    if (people.status === "fulfilled") {
      this.people = colleagues(people.value.filter((one) => !one.disabled && one.role !== "viewer"));
      for (const one of people.value) this.#met.set(one.id, one.name);
      this.#away = new Set(people.value.filter((one) => one.away).map((one) => one.id));
    } else {
      this.people = [...this.#met].map(([id, name]) => ({ id, name, called: name, away: false }));
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
}

function colleagues(staff: readonly StaffMember[]): Colleague[] {
  const count = new Map<string, number>();
  for (const { name } of staff) count.set(fold(name), (count.get(fold(name)) ?? 0) + 1);
  return staff.map(({ id, name, email, away }) => ({
    id,
    name,
    called: count.get(fold(name))! > 1 ? `${name} (${email})` : name,
    away,
  }));
}

/** A name without what is easily overlooked: case, accents. */
export const fold = (text: string): string => text.toLocaleLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
