import { clockEnd, ticketPriorities, ticketStatuses, waitsAgain } from "@sidedesk/contract/lifecycle";
import type { Ticket, TicketPriority, TicketSort, TicketStatus, View } from "@sidedesk/contract";
import { filterOfView, type TicketFilter, type ViewFilter } from "@sidedesk/client";

/** What the queue shows. It is written into the address, so that a view can be shared and reloaded. */
export interface QueueFilter {
  /** Empty for all. */
  status: TicketStatus[];
  priority: TicketPriority[];
  category: string[];
  assignee: string[];
  team: string[];
  tag: string[];
  customer: string[];
  q: string;
  /** Null leaves the order to the desk: by relevance for a search. */
  sort: TicketSort | null;
}

export const openStatuses: TicketStatus[] = ticketStatuses.filter(
  (status) => status !== "resolved" && status !== "closed",
);
export const queueSorts: TicketSort[] = ["slaDueAt", "-createdAt", "createdAt", "-updatedAt", "-priority"];
export const defaultFilter: QueueFilter = {
  status: openStatuses,
  priority: [],
  category: [],
  assignee: [],
  team: [],
  tag: [],
  customer: [],
  q: "",
  sort: "slaDueAt",
};

const same = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((one) => b.includes(one));

/** Reads a filter from the search part of an address; what is not understood is left out. */
export function parseFilter(search: string): QueueFilter {
  const params = new URLSearchParams(search);
  const list = (name: string) =>
    (params.get(name) ?? "")
      .split(",")
      .map((one) => one.trim())
      .filter(Boolean);
  const known = <T extends string>(name: string, values: readonly T[]) =>
    list(name).filter((one): one is T => values.includes(one as T));
  const q = (params.get("q") ?? "").trim().slice(0, 200);
  const sort = queueSorts.find((one) => one === params.get("sort")) ?? null;
  const status = known("status", ticketStatuses);
  return {
    status: status.length ? status : params.get("status") === "all" || q ? [] : openStatuses,
    priority: known("priority", ticketPriorities),
    category: list("category"),
    assignee: list("assignee"),
    team: list("team"),
    tag: list("tag"),
    customer: list("customer"),
    q,
    sort: sort ?? (q ? null : "slaDueAt"),
  };
}

/** The search part of the address of a filter; empty for the default view. */
export function filterSearch(filter: QueueFilter): string {
  const params: string[] = [];
  const add = (name: string, value: string) =>
    value && params.push(`${name}=${value.split(",").map(encodeURIComponent).join(",")}`);
  const usual = filter.q ? [] : openStatuses;
  if (!same(filter.status, usual)) add("status", filter.status.join(",") || "all");
  for (const name of ["priority", "category", "assignee", "team", "tag", "customer"] as const)
    add(name, filter[name].join(","));
  if (filter.q) params.push(`q=${encodeURIComponent(filter.q)}`);
  if (filter.sort && filter.sort !== (filter.q ? null : "slaDueAt")) add("sort", filter.sort);
  return params.length ? `?${params.join("&")}` : "";
}

export const isDefault = (filter: QueueFilter): boolean => filterSearch(filter) === "";

/** The filter as the API takes it. */
export function filterQuery(filter: QueueFilter): TicketFilter {
  return { ...filter, q: filter.q || undefined, sort: filter.sort ?? undefined };
}

/** What is narrowed by, without the order: as bulk changes and saved views take it. */
export function viewFilter(filter: QueueFilter): ViewFilter {
  const { status, priority, category, assignee, team, tag, customer, q } = filter;
  const lists = { status, priority, category, assignee, team, tag, customer };
  return {
    ...Object.fromEntries(Object.entries(lists).filter(([, values]) => values.length > 0)),
    ...(q ? { q } : {}),
  };
}

/** A saved view as a filter of the queue. */
export function filterFromView(view: Pick<View, "filter" | "sort">): QueueFilter {
  const { status, priority, category, assignee, team, tag, customer, q } = filterOfView(view);
  const list = <T>(values: readonly T[] | undefined): T[] => [...(values ?? [])];
  const sort = queueSorts.find((one) => one === view.sort) ?? null;
  return {
    status: list(status),
    priority: list(priority),
    category: list(category),
    assignee: list(assignee),
    team: list(team),
    tag: list(tag),
    customer: list(customer),
    q: q ?? "",
    sort: sort ?? (q ? null : "slaDueAt"),
  };
}

/** Whether a ticket that came live belongs into the view. A search is the desk's business, so there the answer is no. */
export function matches(filter: QueueFilter, ticket: Ticket, me: string | undefined): boolean {
  const any = <T>(wanted: readonly T[], has: (one: T) => boolean) => wanted.length === 0 || wanted.some(has);
  return (
    !filter.q &&
    any(filter.status, (one) => one === ticket.status) &&
    any(filter.priority, (one) => one === ticket.priority) &&
    any(filter.category, (one) => one === ticket.category) &&
    any(filter.tag, (one) => ticket.tags.includes(one)) &&
    any(filter.team, (one) => (one === "none" ? !ticket.team : ticket.team?.id === one)) &&
    any(filter.customer, (one) => ticket.customer.id === one || ticket.customer.email === one) &&
    any(filter.assignee, (one) =>
      one === "none" ? !ticket.assignee : ticket.assignee?.id === (one === "me" ? me : one),
    )
  );
}

/** As the desk sorts them: running clocks by what is due, those that stand still, who waits for another answer, the rest. */
function turn(ticket: Ticket): number {
  if (!ticket.slaDueAt) return Infinity;
  const due = Date.parse(ticket.slaDueAt);
  if (!clockEnd(ticket)) return due + (ticket.slaState === "paused" ? behind : 0);
  return waitsAgain(ticket) ? Date.parse(ticket.lastCustomerMessageAt ?? "") + 2 * behind : due + 3 * behind;
}
/** More than lies between any two times. */
const behind = 1e14;

/** Where a ticket stands in the order of the view: negative when `a` comes first. */
export function compare(sort: TicketSort | null, a: Ticket, b: Ticket): number {
  const down = sort?.startsWith("-") ? -1 : 1;
  const key = (ticket: Ticket): number => {
    if (sort?.endsWith("priority")) return ticketPriorities.indexOf(ticket.priority);
    if (sort?.endsWith("updatedAt")) return Date.parse(ticket.updatedAt);
    if (sort?.endsWith("slaDueAt")) return turn(ticket);
    return Date.parse(ticket.createdAt);
  };
  const x = key(a);
  const y = key(b);
  return x === y ? 0 : (x < y ? -1 : 1) * down;
}
