import type { MailOrder } from "../channels/index.ts";
import { idOf } from "../core/data/ids.ts";
import { inSession } from "../core/data/transaction.ts";
import { ledgerTable } from "../core/events/made.ts";
import { wake } from "../core/jobs/alarms.ts";
import { newJobState } from "../core/jobs/job-state.ts";
import { digestJob } from "./digest.job.ts";
import { digests, type WaitingMail } from "./digest.model.ts";
import { recipientOf, type Recipient } from "./notification.model.ts";

/** More than anybody reads in one mail; what comes then goes into a second. */
const mostItems = 100;

interface Gathered {
  /** The id that the mail would have by itself. */
  id: string;
  siteId: string;
  order: MailOrder;
  noticeId: string;
  /** When to mail it, unless there is a digest that it can join. */
  at: Date;
}

/** Puts a mail beside those that go out together, once however often it is called. The first to wait says until when. */
export async function gatherMail({ id, siteId, order, noticeId, at }: Gathered): Promise<void> {
  const { kind, customerId, staffId, ticketId = null, commentId = null, facts } = order;
  const recipient = customerId ? recipientOf("customer", customerId) : recipientOf("staff", staffId ?? "");
  const item: WaitingMail = {
    ...{ id, noticeId, kind, ticketId, commentId },
    ...(facts ? { facts } : {}),
    createdAt: new Date(),
  };
  const whose = { siteId, recipient, open: true } as const;
  const isFull = { [`items.${mostItems - 1}`]: { $exists: true } };
  // Whoever begins one at the same moment, and a full one, make the next turn another's; so many do not happen.
  for (let turn = 1; turn <= 20; turn += 1) {
    try {
      const { upsertedCount } = await digests().updateOne(
        { ...whose, $nor: [isFull], "items.id": { $ne: id } },
        {
          $push: { items: item },
          $setOnInsert: { _id: digestId(recipient, id), createdAt: new Date(), ...newJobState(at) },
        },
        { upsert: true },
      );
      if (upsertedCount > 0) wake(digestJob);
      return;
    } catch (error) {
      if ((error as { code?: unknown }).code !== 11000) throw error;
      if ((await digests().countDocuments({ "items.id": id }, { limit: 1 })) > 0) return;
      await digests().updateOne({ ...whose, ...isFull }, { $unset: { open: "" } });
    }
  }
  throw new Error("a gathered mail found no place");
}

/** The window is that of the first mail in it. */
const digestId = (recipient: Recipient, firstId: string): string => idOf(recipient, firstId);

ledgerTable("gathered", async (ids) => {
  const found = digests().find({ "items.id": { $in: [...ids] } }, { projection: { "items.id": 1 } });
  const there = new Set((await found.toArray()).flatMap(({ items }) => items.map((item) => item.id)));
  return ids.filter((id) => !there.has(id));
});

/** What waits goes out now: somebody chose another rhythm. */
export async function mailGatheredNow(siteId: string, recipient: Recipient): Promise<void> {
  const { modifiedCount } = await digests().updateOne(
    { siteId, recipient, open: true, state: "pending" },
    { $set: { nextAttemptAt: new Date(0) } },
  );
  if (modifiedCount > 0) wake(digestJob);
}

/** Takes what speaks of some tickets out, as part of the open transaction if there is one. */
export async function forgetGatheredAbout(siteId: string, ticketIds: readonly string[]): Promise<void> {
  const about = { ticketId: { $in: [...ticketIds] } };
  await digests().updateMany({ siteId, "items.ticketId": about.ticketId }, { $pull: { items: about } }, inSession());
}

/** Removes all that was gathered for a customer. */
export async function forgetGatheredOf(siteId: string, customerId: string): Promise<void> {
  await digests().deleteMany({ siteId, recipient: recipientOf("customer", customerId) }, inSession());
}
