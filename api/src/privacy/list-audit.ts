import type { AuditEntry, AuditQuery } from "@sidedesk/contract";
import type { mongo } from "mongoose";
import { auditEntries, type AuditDocument } from "../core/data/audit.ts";
import { decodeCursor, encodeCursor } from "../core/data/page.ts";
import { invalid } from "../core/errors.ts";

/** One page of what was done to a site, newest first. @throws AppError 400 */
export async function listAudit(
  siteId: string,
  query: AuditQuery,
): Promise<{ data: AuditEntry[]; nextCursor: string | null }> {
  const limit = query.limit ?? 50;
  const filter: mongo.Filter<AuditDocument> = {
    siteId,
    ...(query.action ? { action: { $in: query.action } } : {}),
    ...(query.actor ? { "actor.id": { $in: query.actor } } : {}),
    ...(query.cursor ? below(query.cursor) : {}),
  };
  const rows = await auditEntries()
    .find(filter)
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  const more = rows.length > limit;
  if (more) rows.pop();
  const last = rows.at(-1);
  return {
    data: rows.map(present),
    nextCursor: more && last ? encodeCursor([last.createdAt.getTime(), last._id]) : null,
  };
}

function below(cursor: string) {
  const [time, id] = decodeCursor(cursor, ["n", "s"]);
  const at = new Date(Number(time));
  if (Number.isNaN(at.getTime())) throw invalid("cursor", "Take it from `nextCursor` of the page before.");
  return { createdAt: { $lte: at }, $or: [{ createdAt: { $lt: at } }, { _id: { $lt: String(id) } }] };
}

const present = ({ _id, action, actor, target, before, after, createdAt }: AuditDocument): AuditEntry => ({
  id: _id,
  action,
  actor: { kind: actor.kind, id: actor.id, name: actor.name },
  target,
  before,
  after,
  createdAt: createdAt.toISOString(),
});
