import type { Page, TicketSort, View } from "@sidedesk/contract";
import { at, type CallOptions, type Http } from "./http.ts";
import type { PageOptions, TicketFilter } from "./tickets.ts";

export type ViewFilter = Omit<TicketFilter, "sort">;
export interface ViewDraft {
  name: string;
  filter: ViewFilter;
  sort?: TicketSort;
  shared?: boolean;
}

/** A view's filter as the list takes it, however whoever made the view spelled it. */
export function filterOfView({ filter, sort }: Pick<View, "filter" | "sort">): TicketFilter {
  const { q, ...lists } = filter;
  const split = Object.entries(lists).map(([name, value]) => [
    name,
    typeof value === "string" ? value.split(",") : value,
  ]);
  return { ...(Object.fromEntries(split) as TicketFilter), ...(q ? { q } : {}), ...(sort ? { sort } : {}) };
}

/** Saved views of the queue: one's own and those shared on the site. */
export const viewsApi = (http: Http) => ({
  /** With `counts`: how many tickets each shows now, up to 1000. */
  list: (options?: PageOptions & { counts?: boolean }, call?: CallOptions) =>
    http<Page<View>>("GET", "/v1/views", { ...call, query: options }),
  create: (input: ViewDraft, call?: CallOptions) => http<View>("POST", "/v1/views", { ...call, body: input }),
  update: (id: string, patch: Partial<Omit<ViewDraft, "sort">> & { sort?: TicketSort | null }, call?: CallOptions) =>
    http<View>("PATCH", `/v1/views/${at(id)}`, { ...call, body: patch }),
  remove: (id: string, call?: CallOptions) => http<null>("DELETE", `/v1/views/${at(id)}`, call),
});
