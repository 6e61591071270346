import { inSession, transaction } from "../core/data/transaction.ts";
import { recordAll } from "../core/events/record.ts";
import { notifications, recipientOf, type NotificationDocument } from "./notification.model.ts";
import type { Notice } from "./notice.ts";
import { personIn } from "./person.ts";

const keepMs = 30 * 86_400_000;

/** A notice as it is stored; the same id is the same notice. */
export function composeNotice(_id: string, siteId: string, notice: Notice): NotificationDocument {
  const { to, type, title, message, link, data } = notice;
  const createdAt = new Date();
  return {
    _id,
    siteId,
    recipient: recipientOf(to.kind, to.id),
    type,
    title,
    message,
    link,
    data,
    read: false,
    createdAt,
    expireAt: new Date(createdAt.getTime() + keepMs),
  };
}

/** Writes notices and that they came to be, as part of the open transaction or in one of its own; those that are there already are left as they are. */
export function writeNotices(documents: readonly NotificationDocument[]): Promise<void> {
  return transaction(async () => {
    const upserts = documents.map(({ _id, ...rest }) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true },
    }));
    const { upsertedIds } = await notifications().bulkWrite(upserts, inSession());
    const fresh = documents.filter((_document, index) => upsertedIds[index] !== undefined);
    await recordAll(
      fresh.map(({ _id, siteId, recipient }) => ({
        type: "notification.created" as const,
        by: { siteId, actor: { kind: "system" as const, id: null, name: "Sidedesk" } },
        data: { notificationId: _id, recipient: personIn(recipient) },
      })),
    );
  });
}
