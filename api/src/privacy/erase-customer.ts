import type { Actor, Erasure, ErasurePreview } from "@sidedesk/contract";
import { endFamilies, getCustomer, removeCustomer } from "../accounts/index.ts";
import { countAttachmentsOfCustomer } from "../attachments/index.ts";
import { audit } from "../core/data/audit.ts";
import { newId } from "../core/data/ids.ts";
import { encrypt } from "../core/data/secrets.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import { invalid, notFound } from "../core/errors.ts";
import { wake } from "../core/jobs/alarms.ts";
import { newJobState } from "../core/jobs/job-state.ts";
import { disconnectPerson } from "../core/live/withdraw-access.ts";
import { countNoticesOf } from "../notifications/index.ts";
import { removePortalAccount } from "../portal-accounts/index.ts";
import { countOfCustomer } from "../tickets/index.ts";
import { erasureJob } from "./erasure.job.ts";
import { erasures, type ErasureDocument } from "./erasure.model.ts";
import type { Subject } from "./mentions.ts";

/** What would go with a customer. @throws AppError 404 */
export async function previewErasure(siteId: string, customerId: string): Promise<ErasurePreview> {
  await getCustomer(siteId, customerId);
  return count(siteId, customerId);
}

async function count(siteId: string, customerId: string): Promise<ErasurePreview> {
  const { ticketIds, comments } = await countOfCustomer(siteId, customerId);
  const [files, notifications] = await Promise.all([
    countAttachmentsOfCustomer(siteId, customerId),
    countNoticesOf(siteId, customerId, ticketIds),
  ]);
  return { tickets: ticketIds.length, comments, files, notifications };
}

/**
 * Begins to erase a customer. The person is gone with this transaction: sessions end, links lead nowhere, and whoever comes
 * with the same identity is somebody new. What is kept of them is removed by a job.
 *
 * @param by.lease given, whoever calls runs the job itself and nobody else takes it until then
 * @throws AppError 400 at `confirm` when it is not their address, 404
 */
export async function eraseCustomer(
  by: { siteId: string; actor: Actor },
  customerId: string,
  confirm: string,
  held?: { lease: string; leaseUntil: Date },
): Promise<ErasureDocument> {
  const { siteId, actor } = by;
  const expected = await previewErasure(siteId, customerId);
  const document = await transaction(async () => {
    const { name, email, externalId } = await getCustomer(siteId, customerId);
    if (confirm !== email) throw invalid("confirm", "This is not the customer's address.");
    const subject: Subject = { id: customerId, name, email, externalId };
    const begun: ErasureDocument = {
      _id: newId(),
      siteId,
      customerId,
      actor,
      subject: encrypt(JSON.stringify(subject)),
      expected,
      removed: { tickets: 0, comments: 0, files: 0, notifications: 0 },
      ticketIds: [],
      pass: 1,
      askedAt: new Date(),
      doneAt: null,
      ...newJobState(),
      ...(held ? { state: "inflight" as const, ...held } : {}),
    };
    if (held) delete begun.nextAttemptAt;
    await removeCustomer(siteId, customerId);
    await removePortalAccount(siteId, customerId, email);
    await endFamilies(customerId);
    await disconnectPerson(siteId, "customer", customerId);
    await erasures().insertOne(begun, inSession());
    await audit(by, "customer.erasure_asked", {
      target: { type: "customer", id: customerId, name: "" },
      after: { erasureId: begun._id, ...expected },
    });
    return begun;
  });
  if (!held) wake(erasureJob);
  return document;
}

const latest = 20;

/** How an erasure is doing. @throws AppError 404 */
export async function getErasure(siteId: string, id: string): Promise<Erasure> {
  const document = await erasures().findOne({ _id: id, siteId });
  if (!document) throw notFound("erasure");
  return presentErasure(document);
}

export const listErasures = async (siteId: string): Promise<Erasure[]> =>
  (await erasures().find({ siteId }).sort({ askedAt: -1 }).limit(latest).toArray()).map(presentErasure);

export const presentErasure = ({ _id, state, removed, expected, askedAt, doneAt }: ErasureDocument): Erasure => ({
  id: _id,
  state: state === "failed" ? "failed" : doneAt ? "done" : "running",
  removed,
  expected,
  askedAt: askedAt.toISOString(),
  doneAt: doneAt?.toISOString() ?? null,
});
