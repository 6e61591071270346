import { missingMails, type MailOrder } from "../channels/index.ts";
import { idOf } from "../core/data/ids.ts";
import { isDuplicate } from "../core/data/is-duplicate.ts";
import { inSession } from "../core/data/transaction.ts";
import { ledgerTable } from "../core/events/made.ts";
import { wake } from "../core/jobs/alarms.ts";
import { newJobState, type JobState } from "../core/jobs/job-state.ts";
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
  // One that came to an end before it was closed (nobody was there, or it failed to the last) mails nothing more.
  const waits = { state: { $in: ["pending", "inflight"] as JobState[] } };
  // Whoever begins one at the same moment, a full one, and one that ended make the next turn another's; so many do not happen.
  for (let turn = 1; turn <= 20; turn += 1) {
    try {
      const { upsertedCount } = await digests().updateOne(
        { ...whose, ...waits, $nor: [isFull], "items.id": { $ne: id } },
        {
          $push: { items: item },
          $setOnInsert: { _id: digestId(recipient, id), createdAt: new Date(), ...newJobState(at) },
        },
        { upsert: true },
      );
      if (upsertedCount > 0) wake(digestJob);
      return;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      if ((await digests().countDocuments({ "items.id": id }, { limit: 1 })) > 0) return;
      await digests().updateOne({ ...whose, $or: [isFull, { $nor: [waits] }] }, { $unset: { open: "" } });
    }
  }
  throw new Error("a gathered mail found no place");
}

/** The window is that of the first mail in it. */
const digestId = (recipient: Recipient, firstId: string): string => idOf(recipient, firstId);

/** Each is in a digest; and where that chose it and came to its end, the mail that it became is there, as a whole or by itself. */
ledgerTable("gathered", async (ids) => {
  const found = await digests()
    .find({ "items.id": { $in: [...ids] } }, { projection: { "items.id": 1, chosen: 1, state: 1 } })
    .toArray();
  const became = found.flatMap(({ _id, state, chosen = [] }) => (state === "succeeded" ? [_id, ...chosen] : []));
  const gone = new Set(await missingMails(became));
  const there = found.flatMap(({ _id, state, items, chosen = [] }) => {
    const isMailed = state !== "succeeded" || [_id, ...chosen].some((id) => !gone.has(id));
    return items.filter(({ id }) => isMailed || !chosen.includes(id)).map(({ id }) => id);
  });
  return ids.filter((id) => !there.includes(id));
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
