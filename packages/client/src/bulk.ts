import type { Bulk, BulkChange, BulkDone, BulkStarted, Ticket } from "@sidedesk/contract";
import { at, type CallOptions, type Http } from "./http.ts";
import type { ViewFilter } from "./views.ts";

const path = "/v1/support/tickets";

/** What staff do to many tickets, or to several at once. `ref` is an id or a number. */
export const bulkApi = (http: Http) => ({
  /** Changes up to 500 tickets and answers what became of each. */
  change: (ids: readonly string[], change: BulkChange, call?: CallOptions) =>
    http<BulkDone>("POST", `${path}/bulk`, { ...call, body: { ids, change } }),
  /** Changes all that a filter finds, in the background; follow it with `get`. */
  changeAll: (filter: ViewFilter, change: BulkChange, call?: CallOptions) =>
    http<BulkStarted>("POST", `${path}/bulk`, { ...call, body: { filter, change } }),
  get: (id: string, call?: CallOptions) => http<Bulk>("GET", `${path}/bulk/${at(id)}`, call),
  /** Within an hour: gives each ticket back what it had; follow `undo` of `get`. */
  undo: (id: string, call?: CallOptions) => http<Bulk>("POST", `${path}/bulk/${at(id)}/undo`, call),
  /** Answers with the ticket that goes on. */
  merge: (ref: string, into: string, call?: CallOptions) =>
    http<Ticket>("POST", `${path}/${at(ref)}/merge`, { ...call, body: { into } }),
  /** Within an hour, by the id or number of the one that was merged away; answers with it. */
  unmerge: (ref: string, call?: CallOptions) => http<Ticket>("POST", `${path}/${at(ref)}/unmerge`, call),
  link: (ref: string, other: string, call?: CallOptions) =>
    http<Ticket>("PUT", `${path}/${at(ref)}/links/${at(other)}`, call),
  unlink: (ref: string, other: string, call?: CallOptions) =>
    http<null>("DELETE", `${path}/${at(ref)}/links/${at(other)}`, call),
});
