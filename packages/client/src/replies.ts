import type { Page, Reply, ReplyInput, ReplyPatch } from "@sidedesk/contract";
import { at, type CallOptions, type Http } from "./http.ts";
import type { PageOptions } from "./tickets.ts";

export interface ReplyFilter extends PageOptions {
  q?: string | undefined;
  category?: string | undefined;
  sort?: "title" | "-usageCount" | undefined;
}

/** Canned replies: the site's and one's own. */
export const repliesApi = (http: Http) => ({
  list: (filter?: ReplyFilter, call?: CallOptions) =>
    http<Page<Reply>>("GET", "/v1/replies", { ...call, query: filter }),
  create: (input: ReplyInput, call?: CallOptions) => http<Reply>("POST", "/v1/replies", { ...call, body: input }),
  update: (id: string, patch: ReplyPatch, call?: CallOptions) =>
    http<Reply>("PATCH", `/v1/replies/${at(id)}`, { ...call, body: patch }),
  remove: (id: string, call?: CallOptions) => http<null>("DELETE", `/v1/replies/${at(id)}`, call),
  /** The text for one ticket, as Markdown; counts as a use. */
  render: (id: string, ticketId: string, call?: CallOptions) =>
    http<{ body: string }>("POST", `/v1/replies/${at(id)}/render`, { ...call, body: { ticketId } }),
});
