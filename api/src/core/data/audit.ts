import type { Actor, AuditAction } from "@sidedesk/contract";
import mongoose, { Schema, type mongo } from "mongoose";
import { actorOf, type Caller } from "../caller.ts";
import { config } from "../config.ts";
import { newId } from "./ids.ts";
import { currentSession } from "./transaction.ts";

/** One thing that somebody did to the desk itself. Written once; nothing changes it, and only age removes it. */
export interface AuditDocument {
  _id: string;
  siteId: string;
  action: AuditAction;
  actor: Actor;
  target: { type: string; id: string | null; name: string } | null;
  before: Record<string, unknown> | null;
  after: Record<string, unknown> | null;
  createdAt: Date;
  expireAt: Date;
}

const schema = new Schema<AuditDocument>(
  { _id: String, siteId: String, expireAt: Date },
  { collection: "audit", versionKey: false, strict: false, minimize: false },
);
schema.index({ siteId: 1, createdAt: -1, _id: -1 }); // listAudit
schema.index({ siteId: 1, action: 1, createdAt: -1, _id: -1 }); // listAudit by action; several merge in order
schema.index({ siteId: 1, "actor.id": 1, createdAt: -1, _id: -1 }); // listAudit by who it was
schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 }); // SIDEDESK_AUDIT_KEEP_DAYS
const AuditModel = mongoose.model<AuditDocument>("Audit", schema);

/** The raw collection, to be read. */
export const auditEntries = (): mongo.Collection<AuditDocument> => AuditModel.db.collection<AuditDocument>("audit");

/** Whoever works at the command line. */
export const operator: Actor = { kind: "system", id: null, name: "operator" };

/**
 * Notes what was done to the desk itself, as part of the open transaction: either both are there afterwards or neither is.
 * Never with a secret in it, and of customers never more than an opaque id.
 *
 * @param by whose site it is and who did it
 * @throws Error outside a transaction
 */
export async function audit(
  by: Caller | { siteId: string; actor: Actor },
  action: AuditAction,
  what: Partial<Pick<AuditDocument, "target" | "before" | "after">> = {},
): Promise<void> {
  const session = currentSession();
  if (!session) throw new Error(`audit("${action}") outside a transaction`);
  const createdAt = new Date();
  await auditEntries().insertOne(
    {
      _id: newId(),
      siteId: by.siteId,
      action,
      actor: "actor" in by ? by.actor : actorOf(by),
      target: what.target ?? null,
      before: what.before ?? null,
      after: what.after ?? null,
      createdAt,
      expireAt: new Date(createdAt.getTime() + config().SIDEDESK_AUDIT_KEEP_DAYS * 86_400_000),
    },
    { session },
  );
}
