import { findRecipient, storeMail, type MailOrder } from "../channels/index.ts";
import { again, succeeded, type JobRun, type Outcome } from "../core/jobs/define-job.ts";
import { loadPreferences, quietUntil } from "../preferences/index.ts";
import { digests, type DigestDocument } from "./digest.model.ts";
import { binOf, notifications } from "./notification.model.ts";
import { personIn } from "./person.ts";

const needless = (error: string): Outcome => ({ state: "cancelled", error });

/**
 * Closes a digest and has its mail sent: what its reader has read meanwhile is left out, and one alone is the mail that it
 * would have been. Each step may be run again: what was chosen is stored, and the mail's id follows from it.
 */
export const run: JobRun<DigestDocument> = async ({ _id, siteId, recipient }) => {
  const { kind, id } = personIn(recipient);
  const preferences = await loadPreferences({ siteId, kind, id });
  if (!preferences) return needless("There is nobody to read it any more.");
  const now = new Date();
  // Quiet hours may have been set since.
  const quiet = quietUntil(now, preferences.quietHours, preferences.timezone);
  if (quiet) return again({}, (quiet.getTime() - now.getTime()) / 1000);
  await digests().updateOne({ _id }, { $unset: { open: "" } }); // from here on what comes is the next one's
  const closed = await digests().findOne({ _id });
  if (!closed) return needless("It was removed.");
  const chosen = new Set(closed.chosen ?? (await choose(closed)));
  const items = closed.items.filter((item) => chosen.has(item.id)).map(({ noticeId: _noticeId, ...item }) => item);
  const [first, ...others] = items;
  if (!first) return needless("All of it was read meanwhile.");
  const who = kind === "customer" ? { customerId: id } : { staffId: id };
  const isOne = others.length === 0;
  const order: MailOrder = isOne ? { ...who, ...orderOf(first) } : { ...who, kind: "digest", gathered: items };
  const to = await findRecipient(siteId, order);
  if (!to) return needless("No mail is wanted there any more.");
  await storeMail(isOne ? first.id : _id, siteId, order, to);
  return succeeded();
};

/** What is not read yet, in here. What is not on the list for another reason is mailed. */
async function choose({ _id, siteId, recipient, items }: DigestDocument): Promise<string[]> {
  const seen = await notifications()
    .find(
      {
        _id: { $in: items.map(({ noticeId }) => noticeId) },
        siteId,
        $or: [{ recipient, read: true }, { recipient: binOf(recipient) }],
      },
      { projection: { _id: 1 } },
    )
    .toArray();
  const seenIds = new Set(seen.map((notice) => notice._id));
  const chosen = items.filter(({ noticeId }) => !seenIds.has(noticeId)).map(({ id }) => id);
  await digests().updateOne({ _id }, { $set: { chosen } });
  return chosen;
}

function orderOf({
  kind,
  ticketId,
  commentId,
  facts,
}: DigestDocument["items"][number] | Omit<DigestDocument["items"][number], "noticeId">): MailOrder {
  return { kind, ...(ticketId ? { ticketId } : {}), ...(commentId ? { commentId } : {}), ...(facts ? { facts } : {}) };
}
