import type { mongo } from "mongoose";
import { tickets, type TicketDocument } from "./ticket.model.ts";

/** What figures are made of. */
export type FigureRow = Pick<
  TicketDocument,
  | "_id"
  | "createdAt"
  | "status"
  | "priority"
  | "category"
  | "slaDueAt"
  | "slaPausedAt"
  | "firstRespondedAt"
  | "resolvedAt"
  | "closedAt"
  | "firstResponseSeconds"
  | "resolutionSeconds"
  | "mergedInto"
> & { rating: { score: number } | null };

const projection = {
  createdAt: 1,
  status: 1,
  priority: 1,
  category: 1,
  slaDueAt: 1,
  slaPausedAt: 1,
  firstRespondedAt: 1,
  resolvedAt: 1,
  closedAt: 1,
  firstResponseSeconds: 1,
  resolutionSeconds: 1,
  mergedInto: 1,
  "rating.score": 1,
} as const;

/** The tickets created in `[from, to)`, oldest first; the index on creation serves it. Both ends may be left open. */
export function figureRows(siteId: string, from: Date | null, to: Date | null): mongo.FindCursor<FigureRow> {
  const createdAt = { ...(from ? { $gte: from } : {}), ...(to ? { $lt: to } : {}) };
  return tickets()
    .find(from || to ? { siteId, createdAt } : { siteId }, { projection, batchSize: 5000 })
    .sort({ createdAt: 1, _id: 1 });
}

/** When some tickets of a site were created. */
export async function creationTimes(siteId: string, ids: readonly string[]): Promise<Date[]> {
  if (ids.length === 0) return [];
  const found = await tickets()
    .find({ _id: { $in: [...ids] }, siteId }, { projection: { createdAt: 1 } })
    .toArray();
  return found.map(({ createdAt }) => createdAt);
}
