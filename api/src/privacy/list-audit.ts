import type { AuditEntry, AuditQuery } from "@sidedesk/contract";
import type { mongo } from "mongoose";
import { auditEntries, type AuditDocument } from "../core/data/audit.ts";
import { beyond, pageOf, readTimeCursor, timeCursor } from "../core/data/page.ts";

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
    ...beyond<AuditDocument>("createdAt", -1, readTimeCursor(query.cursor)),
  };
  const found = await auditEntries()
    .find(filter)
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  const { rows, nextCursor } = pageOf(found, limit, ({ createdAt, _id }) => timeCursor(createdAt, _id));
  return { data: rows.map(present), nextCursor };
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
