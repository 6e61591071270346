import type { ChosenPreferences } from "@sidedesk/contract";
import { handedTransaction, inSession } from "../core/data/transaction.ts";
import { recordAll } from "../core/events/record.ts";
import { wants } from "../preferences/index.ts";
import { notifications, recipientOf, unlistedOf, type NotificationDocument } from "./notification.model.ts";
import type { Notice } from "./notice.ts";
import { personIn } from "./person.ts";

const keepMs = 30 * 86_400_000;

/** A notice as it is stored, by what its reader chose; the same id is the same notice. */
export function composeNotice(
  _id: string,
  siteId: string,
  notice: Notice,
  chosen: ChosenPreferences,
): NotificationDocument {
  const { to, type, title, message, link, data, isCritical } = notice;
  const createdAt = new Date();
  const recipient = recipientOf(to.kind, to.id);
  return {
    _id,
    siteId,
    recipient: wants(chosen, type, "inApp") ? recipient : unlistedOf(recipient),
    type,
    title,
    message,
    link,
    data,
    read: false,
    ...(isCritical ? { isCritical } : {}),
    createdAt,
    expireAt: new Date(createdAt.getTime() + keepMs),
  };
}

/** Writes notices and that they came to be, as part of the open transaction or in one of its own; those that are there already are left as they are. `isOwners` when the owner tells them. */
export function writeNotices(documents: readonly NotificationDocument[], { isOwners = false } = {}): Promise<void> {
  return handedTransaction(async (open) => {
    const upserts = documents.map(({ _id, ...rest }) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true },
    }));
    const { upsertedIds } = await notifications().bulkWrite(upserts, inSession(open));
    const fresh = documents.filter((_document, index) => upsertedIds[index] !== undefined);
    await recordAll(
      fresh.map(({ _id, siteId, recipient }) => ({
        type: "notification.created" as const,
        by: { siteId, actor: { kind: "system" as const, id: null, name: "Sidedesk" } },
        data: { notificationId: _id, recipient: personIn(recipient), ...(isOwners ? { isOwners } : {}) },
      })),
      open,
    );
  });
}
