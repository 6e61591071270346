import type { BulkChange, TicketPatch } from "@sidedesk/contract";
import { inSession, transaction } from "../core/data/transaction.ts";
import { AppError } from "../core/errors.ts";
import {
  changedSince,
  differenceOf,
  getTicket,
  restoreTicket,
  updateTicket,
  type TicketDocument,
} from "../tickets/index.ts";
import { bulkItems, bulks, findItems, type BulkCaller, type BulkDocument, type BulkItem } from "./bulk.model.ts";

/** Tickets to a transaction: enough to spare commits, few enough that people who work on one of them hardly wait. */
const chunk = 20;
type Outcome = Pick<BulkItem, "state"> & Partial<Pick<BulkItem, "ticketId" | "difference" | "code" | "detail">>;

/** Changes the next few tickets, and notes in the same transaction that it did. @returns whether there is more to do */
export const applySome = (bulk: BulkDocument): Promise<boolean> =>
  workThrough(bulk, bulk._id, "pending", (item) => applyOne(bulk, item));

/** Gives the next few tickets back what they had. @returns whether there is more to do */
export const undoSome = (undo: BulkDocument & { of: string }): Promise<boolean> =>
  workThrough(undo, undo.of, "changed", (item) => undoOne(undo.caller, item));

function workThrough(
  bulk: BulkDocument,
  bulkId: string,
  state: BulkItem["state"],
  work: (item: BulkItem) => Promise<Outcome>,
): Promise<boolean> {
  return transaction(async () => {
    const items = await findItems(bulkId, state, chunk);
    const count = { done: 0, changed: 0, refused: 0 };
    const writes = [];
    for (const item of items) {
      const outcome = await refusable(() => work(item), state === "pending" ? "refused" : "kept");
      count.done += 1;
      if (outcome.state === "changed" || outcome.state === "restored") count.changed += 1;
      if (outcome.state === "refused" || outcome.state === "kept") count.refused += 1;
      writes.push({ updateOne: { filter: { _id: item._id }, update: { $set: outcome } } });
    }
    if (writes.length > 0) await bulkItems().bulkWrite(writes, inSession());
    const after = await bulks().findOneAndUpdate(
      { _id: bulk._id },
      { $inc: count },
      { projection: { isStopped: 1 }, returnDocument: "after", ...inSession() },
    );
    return items.length === chunk && !after?.isStopped;
  });
}

/** What the rules refuse is this ticket's outcome. Commands judge before they write, so nothing is left half done. */
async function refusable(work: () => Promise<Outcome>, refused: "refused" | "kept"): Promise<Outcome> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { state: refused, code: error.code, detail: error.message };
  }
}

async function applyOne({ caller, change, selection }: BulkDocument, { ref }: BulkItem): Promise<Outcome> {
  const before = await getTicket(caller.siteId, ref);
  // Whoever names what was merged means what it became. A filter means what it finds, and nothing else.
  if (selection && before._id !== ref) throw new AppError("conflict", `It was merged into ${before.number}.`);
  const after = await updateTicket(caller, before._id, patchOf(change, before));
  if (after.version === before.version) return { state: "same", ticketId: before._id };
  return { state: "changed", ticketId: before._id, difference: differenceOf(before, after) };
}

const mostTags = 20;

/** The change as one for this ticket: tags are added to those it has. @throws AppError 400 */
function patchOf({ addTags = [], removeTags = [], ...patch }: BulkChange, ticket: TicketDocument): TicketPatch {
  if (addTags.length === 0 && removeTags.length === 0) return patch;
  const gone = new Set(removeTags);
  const tags = [...new Set([...ticket.tags, ...addTags])].filter((tag) => !gone.has(tag));
  if (tags.length > mostTags)
    throw new AppError("validation_failed", `It would have ${tags.length} tags; at most ${mostTags} fit.`);
  return { ...patch, tags };
}

async function undoOne(caller: BulkCaller, { ticketId = "", difference = {} }: BulkItem): Promise<Outcome> {
  const ticket = await getTicket(caller.siteId, ticketId);
  if (ticket._id !== ticketId) throw new AppError("conflict", `It was merged into ${ticket.number} since.`);
  const since = changedSince(ticket, difference);
  if (since.length > 0) throw new AppError("conflict", `Changed since: ${since.join(", ")}.`);
  await restoreTicket(caller, ticket, difference);
  return { state: "restored" };
}
