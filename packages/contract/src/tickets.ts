import { z } from "zod";
import { attachmentOutput } from "./attachments.ts";
import { customerOutput, customerRef } from "./accounts.ts";
import { email, id, list, oneOrMore, page, pageQuery, text, time } from "./common.ts";
import { ticketPriorities, ticketStatuses } from "./lifecycle.ts";

export const priority = z.enum(ticketPriorities);
export const status = z.enum(ticketStatuses);

/** Some letters are longer as small ones, so the bound holds for what is kept. */
const tag = text(1, 40)
  .transform((value) => value.toLowerCase())
  .refine((value) => value.length <= 40, { error: "At most 40 characters.", params: { most: 40 } });
export const tags = z
  .array(tag)
  .max(20, "At most 20 tags.")
  .transform((all) => [...new Set(all)]);
export const reference = z.strictObject({
  type: text(1, 50),
  id: text(1, 200),
  label: text(1, 200).optional(),
  url: z
    .url({ protocol: /^https?$/ })
    .max(2048)
    .optional(),
});
export const fields = z.record(
  z.string().max(40),
  z.union([z.string().max(2000), z.number(), z.boolean(), z.null()], "A text, a number, true, false or null."),
);
const attachmentIds = z.array(id).max(5, "At most 5 files.");

export const ticketInput = z.strictObject({
  subject: text(3, 200),
  description: text(10, 5000),
  priority: priority.optional(),
  category: text(1, 40).optional(),
  tags: tags.optional(),
  attachmentIds: attachmentIds.optional(),
  reference: reference.optional(),
  fields: fields.optional(),
  followUpOf: text(1, 128).optional(),
  onBehalfOf: customerRef.optional(),
});
export type TicketInput = z.infer<typeof ticketInput>;
/** What a browser sends; the schema trims and checks it. */
export type TicketDraft = z.input<typeof ticketInput>;

export const ticketPatch = z
  .strictObject({
    status,
    priority,
    category: text(1, 40),
    assigneeId: id.nullable(),
    teamId: id.nullable(),
    tags,
    version: z.number().int().min(0),
  })
  .partial();
export type TicketPatch = z.infer<typeof ticketPatch>;

export const ticketSorts = [
  "createdAt",
  "-createdAt",
  "updatedAt",
  "-updatedAt",
  "priority",
  "-priority",
  "slaDueAt",
  "-slaDueAt",
  "number",
  "-number",
] as const;
export type TicketSort = (typeof ticketSorts)[number];
export const ticketQuery = z.strictObject({
  status: oneOrMore(ticketStatuses).optional(),
  priority: oneOrMore(ticketPriorities).optional(),
  category: list.optional(),
  assignee: list.optional(),
  team: list.optional(),
  tag: list.optional(),
  customer: list.optional(),
  q: text(1, 200).optional(),
  sort: z.enum(ticketSorts).optional(),
  ...pageQuery,
});
export type TicketQuery = z.infer<typeof ticketQuery>;

const person = z.strictObject({ id, name: z.string() });
export const slaStates = ["ok", "warning", "breached", "met", "paused"] as const;
export const ticketOutput = z
  .strictObject({
    id,
    number: z.string(),
    subject: z.string(),
    description: z.string(),
    /** The description as safe HTML; only where one ticket is shown, never in lists. */
    descriptionHtml: z.string().optional(),
    status,
    priority,
    category: z.string(),
    tags: z.array(z.string()),
    reference: reference.nullable(),
    fields: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
    customer: customerOutput,
    assignee: person.nullable(),
    team: person.nullable(),
    createdAt: time,
    updatedAt: time,
    slaDueAt: time.nullable(),
    slaState: z.enum(slaStates),
    firstRespondedAt: time.nullable(),
    resolvedAt: time.nullable(),
    closedAt: time.nullable(),
    lastCustomerMessageAt: time.nullable(),
    lastStaffMessageAt: time.nullable(),
    commentCount: z.number(),
    attachments: z.array(attachmentOutput),
    rating: z.strictObject({ score: z.number(), comment: z.string().nullable(), createdAt: time }).nullable(),
    mergedInto: id.nullable(),
    version: z.number(),
    links: z.array(z.strictObject({ id, number: z.string(), subject: z.string(), status })).optional(),
  })
  .meta({ id: "Ticket" });
export type Ticket = z.infer<typeof ticketOutput>;
export const ticketPage = page(ticketOutput);

export const commentInput = z.strictObject({
  body: text(1, 10_000),
  visibility: z.enum(["public", "internal"]).optional(),
  attachmentIds: attachmentIds.optional(),
});
export type CommentInput = z.infer<typeof commentInput>;
export const commentOutput = z
  .strictObject({
    id,
    ticketId: id,
    author: z.strictObject({
      type: z.enum(["customer", "staff", "ai", "system"]),
      id: id.nullable(),
      name: z.string(),
    }),
    body: z.string(),
    html: z.string(),
    visibility: z.enum(["public", "internal"]),
    attachments: z.array(attachmentOutput),
    createdAt: time,
  })
  .meta({ id: "Comment" });
export type Comment = z.infer<typeof commentOutput>;
export const commentQuery = z.strictObject(pageQuery);
/** A conversation comes oldest first; `-createdAt` pages from the newest. */
export const conversationQuery = z.strictObject({ sort: z.enum(["createdAt", "-createdAt"]).optional(), ...pageQuery });

export const historyEntry = z
  .strictObject({
    id,
    type: z.string(),
    actor: z.strictObject({
      kind: z.enum(["customer", "staff", "server", "ai", "system"]),
      id: id.nullable(),
      name: z.string(),
    }),
    before: z.record(z.string(), z.unknown()).nullable(),
    after: z.record(z.string(), z.unknown()).nullable(),
    createdAt: time,
  })
  .meta({ id: "HistoryEntry" });
export type HistoryEntry = z.infer<typeof historyEntry>;

export const submissionInput = z.strictObject({
  name: text(1, 200),
  email,
  category: text(1, 40).optional(),
  priority: priority.optional(),
  subject: text(3, 200),
  message: text(10, 5000),
  fields: fields.optional(),
});
export type SubmissionDraft = z.input<typeof submissionInput>;
export const submissionOutput = z
  .strictObject({ number: z.string(), status, createdAt: time, slaDueAt: time.nullable() })
  .meta({ id: "Submission" });
export type Submission = z.infer<typeof submissionOutput>;

export const customerStats = z.strictObject({
  total: z.number(),
  open: z.number(),
  waitingForMe: z.number(),
  resolved: z.number(),
});
export const spread = z.strictObject({ median: z.number().nullable(), p90: z.number().nullable() });
export const staffStats = z.strictObject({
  total: z.number(),
  byStatus: z.record(z.string(), z.number()),
  byPriority: z.record(z.string(), z.number()),
  byCategory: z.record(z.string(), z.number()),
  openShare: z.number(),
  firstResponse: spread,
  resolution: spread,
  slaMetShare: z.number().nullable(),
  csat: z.strictObject({ average: z.number().nullable(), count: z.number() }),
});
export type CustomerStats = z.infer<typeof customerStats>;
export type StaffStats = z.infer<typeof staffStats>;
