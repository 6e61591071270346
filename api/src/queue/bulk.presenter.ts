import type { Bulk, BulkRefusal, bulkStates } from "@sidedesk/contract";
import { findItems, findUndo, type BulkDocument } from "./bulk.model.ts";

const undoMs = 3_600_000;
const mostRefused = 500;

/** An hour from its end; while it goes on, from now. */
export const undoableUntil = ({ settledAt }: BulkDocument): Date =>
  new Date((settledAt ?? new Date()).getTime() + undoMs);

export async function presentRefused(bulkId: string, state: "refused" | "kept"): Promise<BulkRefusal[]> {
  return (await findItems(bulkId, state, mostRefused)).map(({ ref, code = "", detail = "" }) => ({
    id: ref,
    code,
    detail,
  }));
}

export async function presentBulk(bulk: BulkDocument): Promise<Bulk> {
  const undo = await findUndo(bulk.siteId, bulk._id);
  return {
    id: bulk._id,
    ...(await progressOf(bulk, bulk._id, "refused")),
    changed: bulk.changed,
    createdAt: bulk.createdAt.toISOString(),
    undoUntil: undo ? null : undoableUntil(bulk).toISOString(),
    undo: undo && (await progressOf(undo, bulk._id, "kept")),
  };
}

async function progressOf(bulk: BulkDocument, bulkId: string, state: "refused" | "kept"): Promise<Progress> {
  return {
    state: stateOf(bulk),
    done: bulk.done,
    total: bulk.total,
    refused: await presentRefused(bulkId, state),
    refusedCount: bulk.refused,
  };
}
type Progress = Pick<Bulk, "state" | "done" | "total" | "refused" | "refusedCount">;

function stateOf({ state, attempt }: BulkDocument): (typeof bulkStates)[number] {
  if (state === "succeeded") return "done";
  if (state === "failed" || state === "cancelled") return "failed";
  return state === "pending" && attempt === 0 ? "pending" : "running";
}
