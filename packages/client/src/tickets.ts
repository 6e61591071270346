import type {
  Category,
  Comment,
  CustomerStats,
  HistoryEntry,
  Page,
  Rating,
  RatingInput,
  StaffStats,
  Submission,
  SubmissionDraft,
  Ticket,
  TicketDraft,
  TicketPatch,
  TicketPriority,
  TicketSort,
  TicketStatus,
} from "@sidedesk/contract";
import { at, type CallOptions, type Http } from "./http.ts";

/** What a list of tickets may be narrowed by; several values of one kind are alternatives. */
export interface TicketFilter {
  status?: readonly TicketStatus[] | undefined;
  priority?: readonly TicketPriority[] | undefined;
  category?: readonly string[] | undefined;
  /** Ids, or `me`, or `none`. */
  assignee?: readonly string[] | undefined;
  team?: readonly string[] | undefined;
  tag?: readonly string[] | undefined;
  customer?: readonly string[] | undefined;
  q?: string | undefined;
  sort?: TicketSort | undefined;
}
export interface PageOptions {
  limit?: number | undefined;
  cursor?: string | null | undefined;
}
export interface CommentDraft {
  body: string;
  visibility?: "public" | "internal";
  attachmentIds?: string[];
}

const path = "/v1/support/tickets";

/** Tickets and what is said on them. `ref` is an id or a number. */
export const ticketsApi = (http: Http) => ({
  list: (filter?: TicketFilter & PageOptions, call?: CallOptions) =>
    http<Page<Ticket>>("GET", path, { ...call, query: filter }),
  get: (ref: string, call?: CallOptions) => http<Ticket>("GET", `${path}/${at(ref)}`, call),
  create: (input: TicketDraft, call?: CallOptions) => http<Ticket>("POST", path, { ...call, body: input }),
  /** With `version`: refused with `version_conflict` when somebody else changed the ticket in between. */
  update: (ref: string, patch: TicketPatch, call?: CallOptions) =>
    http<Ticket>("PATCH", `${path}/${at(ref)}`, { ...call, body: patch }),
  stats: <T extends CustomerStats | StaffStats = CustomerStats>(call?: CallOptions) =>
    http<T>("GET", `${path}/stats`, call),
  /** Oldest first, or from the newest back with `-createdAt`. */
  comments: (ref: string, page?: PageOptions & { sort?: "createdAt" | "-createdAt" }, call?: CallOptions) =>
    http<Page<Comment>>("GET", `${path}/${at(ref)}/comments`, { ...call, query: page }),
  comment: (ref: string, input: CommentDraft, call?: CallOptions) =>
    http<Comment>("POST", `${path}/${at(ref)}/comments`, { ...call, body: input }),
  rate: (ref: string, input: RatingInput, call?: CallOptions) =>
    http<Rating>("POST", `${path}/${at(ref)}/rating`, { ...call, body: input }),
  /** What a message would look like once it is sent. */
  preview: (input: Pick<CommentDraft, "body" | "visibility">, call?: CallOptions) =>
    http<{ html: string }>("POST", "/v1/support/preview", { ...call, body: input }),
  history: (ref: string, page?: PageOptions, call?: CallOptions) =>
    http<Page<HistoryEntry>>("GET", `${path}/${at(ref)}/history`, { ...call, query: page }),
  /** The public form: no session needed, only the site's key. */
  submit: (input: SubmissionDraft, call?: CallOptions) =>
    http<Submission>("POST", "/v1/support/submissions", { ...call, body: input, anonymous: true }),
  categories: (call?: CallOptions) => http<{ data: Category[] }>("GET", "/v1/support/categories", call),
});
