import { endFamilies } from "../accounts/index.ts";
import { removeAlertsAbout } from "../alerts/index.ts";
import { eraseAttachmentsOfCustomer, removeAttachmentsOfTickets } from "../attachments/index.ts";
import { liftSuppression, removeCaughtMails, removeMailsAbout, removeMailsTo } from "../channels/index.ts";
import { audit } from "../core/data/audit.ts";
import { decrypt } from "../core/data/secrets.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import { removeEventsOfCustomer } from "../core/events/remove-events.ts";
import { forgetAnswers } from "../core/http/repeat.ts";
import { again, succeeded, type JobRun } from "../core/jobs/define-job.ts";
import { disconnectPerson } from "../core/live/withdraw-access.ts";
import { removeEntriesAbout, removeStream } from "../core/live/remove-entries.ts";
import { customerStream, staffStream } from "../core/live/streams.ts";
import { removeInboundOf } from "../inbound/index.ts";
import { forgetBroadcasts, removeNoticesAbout, removeNoticesTo } from "../notifications/index.ts";
import { removePushesAbout, removePushesTo } from "../push/index.ts";
import { forgetSelections, forgetViews } from "../queue/index.ts";
import { forgetImportPerson, forgetRejects } from "../reports/index.ts";
import { findOfCustomer, forgetAuthor, removeTraces } from "../tickets/index.ts";
import { removeDeliveriesAbout, removeWebhooksOf } from "../webhooks/index.ts";
import { erasures, type ErasureDocument } from "./erasure.model.ts";
import { mentionsOf, type Subject } from "./mentions.ts";
import { batchSize, removeBatch } from "./remove-batch.ts";

/** Other processes know within a second that somebody is gone; what they had begun by then ends within another. */
const settleMs = 2500;
/** Reactions that had been handed an event before it was removed may still be writing; none runs for longer than 20 s. */
export const lookAgainSeconds = 25;
const sliceMs = 30_000;

/**
 * Removes everything that is kept of somebody, and half a minute later looks once more for what others were writing just
 * then. Every step may be run again, so a run that was killed goes on from whatever is left.
 */
export const run: JobRun<ErasureDocument> = async (document) => {
  const begun = Date.now();
  const { siteId, customerId, askedAt } = document;
  await endFamilies(customerId);
  await disconnectPerson(siteId, "customer", customerId);
  const rest = askedAt.getTime() + settleMs - begun;
  if (rest > 0) await new Promise((resolve) => setTimeout(resolve, Math.min(rest, settleMs)));
  while ((await removeSome(document)) > 0) if (Date.now() - begun > sliceMs) return again();
  await removeTheRest(document);
  if (document.pass === 1) {
    await erasures().updateOne({ _id: document._id }, { $set: { pass: 2 } });
    return again({}, lookAgainSeconds);
  }
  await finish(document);
  return succeeded();
};

const removeSome = ({ _id, siteId, customerId }: ErasureDocument): Promise<number> =>
  removeBatch(
    siteId,
    () => findOfCustomer(siteId, customerId, batchSize),
    async (ticketIds, { tickets, comments, notifications }) => {
      await erasures().updateOne(
        { _id },
        {
          $inc: { "removed.tickets": tickets, "removed.comments": comments, "removed.notifications": notifications },
          $push: { ticketIds: { $each: ticketIds } },
        },
        inSession(),
      );
    },
  );

async function removeTheRest({ _id, siteId, customerId, subject }: ErasureDocument): Promise<void> {
  const ticketIds = (await erasures().findOne({ _id }))?.ticketIds ?? [];
  await removeTraces(siteId, ticketIds);
  const files =
    (await removeAttachmentsOfTickets(siteId, ticketIds)) + (await eraseAttachmentsOfCustomer(siteId, customerId));
  const notifications = (await removeNoticesAbout(siteId, ticketIds)) + (await removeNoticesTo(siteId, customerId));
  await erasures().updateOne({ _id }, { $inc: { "removed.files": files, "removed.notifications": notifications } });
  await removeMailsAbout(siteId, ticketIds);
  await removeWebhooksOf(siteId, customerId);
  await removeDeliveriesAbout(siteId, ticketIds);
  await removeAlertsAbout(siteId, ticketIds);
  await removePushesAbout(siteId, ticketIds);
  await removePushesTo(siteId, customerId);
  await removeEventsOfCustomer(siteId, customerId);
  await removeStream(customerStream(siteId, customerId));
  await removeEntriesAbout([staffStream(siteId)], ticketIds);
  if (!subject) return void (await removeMailsTo(siteId, customerId));
  const person = JSON.parse(decrypt(subject)) as Subject;
  await removeMailsTo(siteId, customerId, person.email);
  await removeInboundOf(siteId, { customerId, email: person.email, ticketIds });
  await liftSuppression(siteId, person.email);
  await forgetAuthor(siteId, person);
  const isAboutThem = mentionsOf(person);
  const ids = new Set(ticketIds);
  const isAbout = (text: string): boolean => isAboutThem(text) || [...ids].some((id) => text.includes(id));
  await forgetAnswers(siteId, isAbout);
  await forgetBroadcasts(siteId, customerId, isAboutThem);
  await forgetViews(siteId, isAboutThem);
  await forgetSelections(siteId, isAboutThem);
  await forgetRejects(siteId, isAboutThem);
  await forgetImportPerson(siteId, person);
  await removeCaughtMails(isAboutThem);
}

/** From here on nobody can say who it was. */
async function finish({ _id, siteId, customerId, actor }: ErasureDocument): Promise<void> {
  await transaction(async () => {
    const document = await erasures().findOne({ _id, doneAt: null }, inSession());
    if (!document) return;
    await erasures().updateOne(
      { _id },
      { $set: { doneAt: new Date() }, $unset: { subject: "", ticketIds: "" } },
      inSession(),
    );
    await audit({ siteId, actor }, "customer.erased", {
      target: { type: "customer", id: customerId, name: "" },
      after: { erasureId: _id, ...document.removed },
    });
  });
}
