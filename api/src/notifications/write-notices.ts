import type { ChosenPreferences } from "@sidedesk/contract";
import { isDuplicate } from "../core/data/is-duplicate.ts";
import { handedTransaction, inSession, openTransaction, type OpenTransaction } from "../core/data/transaction.ts";
import { recordAll } from "../core/events/record.ts";
import { wants } from "../preferences/index.ts";
import { notifications, recipientOf, unlistedOf, type NotificationDocument } from "./notification.model.ts";
import type { Notice } from "./notice.ts";
import { personIn } from "./person.ts";

const keepMs = 30 * 86_400_000;

/** A notice as it is stored, by what its reader chose; the same id is the same notice. @param createdAt where it stands among others */
export function composeNotice(
  _id: string,
  siteId: string,
  notice: Notice,
  chosen: ChosenPreferences,
  createdAt = new Date(),
): NotificationDocument {
  const { to, type, title, message, link, data, isCritical } = notice;
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

/**
 * Writes notices and that they came to be, as part of the open transaction or in one of its own; those that are there
 * already are left as they are. `isOwners` when the owner tells them.
 * @returns the ids of the events that say so
 */
export async function writeNotices(
  documents: readonly NotificationDocument[],
  { isOwners = false } = {},
): Promise<string[]> {
  const write = (put: typeof insert) =>
    handedTransaction(async (open) => {
      const fresh = await put(documents, open);
      const told = fresh.map(({ _id, siteId, recipient }) => ({
        type: "notification.created" as const,
        by: { siteId, actor: { kind: "system" as const, id: null, name: "Sidedesk" } },
        data: { notificationId: _id, recipient: personIn(recipient), ...(isOwners ? { isOwners } : {}) },
      }));
      return recordAll(told, open);
    });
  // One that is there ends a transaction. That is rare, but must not befall one that is more than ours.
  if (openTransaction()) return write(insertMissing);
  return write(insert).catch((error: unknown) => {
    if (isDuplicate(error)) return write(insertMissing);
    throw error;
  });
}

async function insert(
  documents: readonly NotificationDocument[],
  open: OpenTransaction,
): Promise<readonly NotificationDocument[]> {
  await notifications().insertMany(documents, inSession(open));
  return documents;
}

/** The same where some may be there: several times as much for the database. */
async function insertMissing(
  documents: readonly NotificationDocument[],
  open: OpenTransaction,
): Promise<readonly NotificationDocument[]> {
  const upserts = documents.map(({ _id, ...rest }) => ({
    updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true },
  }));
  const { upsertedIds } = await notifications().bulkWrite(upserts, inSession(open));
  return documents.filter((_document, index) => upsertedIds[index] !== undefined);
}
