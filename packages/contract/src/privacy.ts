import { z } from "zod";
import { email, id, list, oneOrMore, page, pageQuery, time } from "./common.ts";
import { trouble } from "./operations.ts";

/** Everything that the audit tells of. Changes of tickets are in their own history. */
export const auditActions = [
  "staff.signed_in",
  "staff.sign_in_failed",
  "staff.password_set",
  "portal.registered",
  "portal.signed_in",
  "portal.sign_in_failed",
  "portal.password_set",
  "staff.added",
  "staff.changed",
  "staff.removed",
  "team.created",
  "team.changed",
  "team.deleted",
  "site.created",
  "site.changed",
  "settings.changed",
  "key.created",
  "key.deleted",
  "webhook.created",
  "webhook.changed",
  "webhook.secret_rotated",
  "webhook.deleted",
  "import.started",
  "export.started",
  "customer.erasure_asked",
  "customer.erased",
  "retention.asked",
  "retention.done",
  "mail.suppression_lifted",
] as const;
export type AuditAction = (typeof auditActions)[number];

const sides = z.record(z.string(), z.unknown()).nullable();
export const auditEntry = z
  .strictObject({
    id,
    action: z.enum(auditActions),
    actor: z.strictObject({
      kind: z.enum(["customer", "staff", "server", "ai", "system"]),
      id: id.nullable(),
      name: z.string(),
    }),
    /** What it was done to; for an erasure an opaque id and nothing else. */
    target: z.strictObject({ type: z.string(), id: id.nullable(), name: z.string() }).nullable(),
    before: sides,
    after: sides,
    createdAt: time,
  })
  .meta({ id: "AuditEntry" });
export type AuditEntry = z.infer<typeof auditEntry>;
export const auditPage = page(auditEntry);
export const auditQuery = z.strictObject({
  action: oneOrMore(auditActions).optional(),
  /** Ids of staff or keys. */
  actor: list.optional(),
  ...pageQuery,
});
export type AuditQuery = z.infer<typeof auditQuery>;

/** What goes with a customer. */
export const erasurePreview = z
  .strictObject({ tickets: z.number(), comments: z.number(), files: z.number(), notifications: z.number() })
  .meta({ id: "ErasurePreview" });
export type ErasurePreview = z.infer<typeof erasurePreview>;
export const erasureInput = z.strictObject({ confirm: email });
export const erasure = z
  .strictObject({
    id,
    state: z.enum(["running", "done", "failed"]),
    /** What has gone so far. */
    removed: erasurePreview,
    /** What there was when it began. */
    expected: erasurePreview,
    askedAt: time,
    doneAt: time.nullable(),
  })
  .meta({ id: "Erasure" });
export type Erasure = z.infer<typeof erasure>;

const removedCounts = z.strictObject({ tickets: z.number(), comments: z.number(), files: z.number() });
export const retention = z
  .strictObject({
    state: z.enum(["waiting", "running", "failed"]),
    retentionDays: z.number(),
    /** Closed tickets that are due now, counted up to 10 000. */
    due: z.number(),
    nextRunAt: time.nullable(),
    /** Of the run under way, or else the last one that ended. */
    run: z.strictObject({ startedAt: time, endedAt: time.nullable(), removed: removedCounts }).nullable(),
    error: z.string().nullable(),
  })
  .meta({ id: "Retention" });
export type Retention = z.infer<typeof retention>;

/** Counted up to 10 000 each. */
const work = z.strictObject({
  name: z.string(),
  due: z.number(),
  /** To be done at a later time. */
  waiting: z.number(),
  inflight: z.number(),
});
/** How the desk is doing. Queues and storage are of the whole installation, the rest of this site. */
export const operations = z
  .strictObject({
    queues: z.array(work),
    relay: z.strictObject({ pending: z.number(), lagSeconds: z.number() }),
    connections: z.number(),
    storage: z.strictObject({
      databaseBytes: z.number(),
      tickets: z.number(),
      comments: z.number(),
      files: z.number(),
    }),
    /** What one file may weigh, and who looks for viruses: `missing` refuses every file. */
    uploads: z.strictObject({ maxBytes: z.number(), scanner: z.enum(["on", "off", "missing"]) }),
    versions: z.strictObject({ sidedesk: z.string(), node: z.string(), mongodb: z.string() }),
    retention,
    erasures: z.array(erasure),
    /** What is behind or missing, and since when; empty when all is well. */
    problems: z.array(trouble),
  })
  .meta({ id: "Operations" });
export type Operations = z.infer<typeof operations>;
