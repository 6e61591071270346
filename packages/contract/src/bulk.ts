import { z } from "zod";
import { id, text, time } from "./common.ts";
import { priority, status, tags } from "./tickets.ts";
import { filterInput } from "./views.ts";

/** What is done to each ticket, by the rules of a change to a single one. */
export const bulkChange = z
  .strictObject({
    status,
    priority,
    category: text(1, 40),
    assigneeId: id.nullable(),
    teamId: id.nullable(),
    addTags: tags,
    removeTags: tags,
  })
  .partial()
  .refine(
    (change) => Object.values(change).some((value) => (Array.isArray(value) ? value.length > 0 : value !== undefined)),
    "Say what to change.",
  );
export type BulkChange = z.infer<typeof bulkChange>;

export const mostBulkIds = 500;
export const bulkInput = z
  .strictObject({
    ids: z.array(id).min(1, "Name at least one ticket.").max(mostBulkIds, `At most ${mostBulkIds} tickets.`).optional(),
    filter: filterInput.optional(),
    change: bulkChange,
  })
  .refine(({ ids, filter }) => (ids === undefined) !== (filter === undefined), {
    message: "Either ids or a filter.",
    path: ["ids"],
  });
export type BulkInput = z.infer<typeof bulkInput>;

export const refusal = z.strictObject({ id, code: z.string(), detail: z.string() }).meta({ id: "BulkRefusal" });
export type BulkRefusal = z.infer<typeof refusal>;
/** What was done to the tickets that were named, or the id of what goes on in the background. */
export const bulkDone = z.strictObject({ id, changed: z.number(), refused: z.array(refusal) }).meta({ id: "BulkDone" });
export const bulkStarted = z.strictObject({ id }).meta({ id: "BulkStarted" });
export type BulkDone = z.infer<typeof bulkDone>;
export type BulkStarted = z.infer<typeof bulkStarted>;

export const bulkStates = ["pending", "running", "done", "failed"] as const;
const progress = {
  state: z.enum(bulkStates),
  done: z.number(),
  total: z.number(),
  /** At most 500 of them; `refusedCount` says how many there are. */
  refused: z.array(refusal),
  refusedCount: z.number(),
};
export const bulkOutput = z
  .strictObject({
    id,
    ...progress,
    changed: z.number(),
    createdAt: time,
    /** Until when it can be undone; null once it was. */
    undoUntil: time.nullable(),
    undo: z.strictObject(progress).nullable(),
  })
  .meta({ id: "Bulk" });
export type Bulk = z.infer<typeof bulkOutput>;

export const mergeInput = z.strictObject({ into: id });
