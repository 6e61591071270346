import type { DomainEvent, NoticeType } from "@sidedesk/contract";
import { batched } from "../core/data/batched.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import { recordAll } from "../core/events/record.ts";
import { noticeId, notifications, recipientOf, type NotificationDocument } from "./notification.model.ts";

/** A notice that somebody should get. Carries no text of any message: a notice may show on a locked screen. */
export interface Notice {
  to: { kind: "customer" | "staff"; id: string };
  type: NoticeType;
  title: string;
  message: string;
  link: string | null;
  data: Record<string, unknown>;
}

const keepDays = 30;

interface Asked {
  event: DomainEvent;
  kind: string;
  notices: readonly Notice[];
}

/** Writes the notices that follow from an event, and that they came to be, once however often it is called. */
export async function createNotices(event: DomainEvent, kind: string, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return;
  const { error } = await createTogether({ event, kind, notices });
  if (error) throw error;
}

/** What is asked for at about the same time is written in one transaction; one that cannot be written takes no other with it. */
const createTogether = batched(100, async (batch: Asked[]): Promise<{ error?: Error }[]> => {
  const tried = await createAll(batch).then(
    () => ({}),
    (error: Error) => ({ error }),
  );
  if (batch.length === 1 || !("error" in tried)) return batch.map(() => tried);
  const each = await Promise.allSettled(batch.map((one) => createAll([one])));
  return each.map((result) => (result.status === "rejected" ? { error: result.reason as Error } : {}));
});

function createAll(batch: readonly Asked[]): Promise<void> {
  const documents = batch.flatMap(({ event, kind, notices }) =>
    notices.map((notice) => ({ to: notice.to, document: documentOf(event, kind, notice) })),
  );
  return transaction(async () => {
    const upserts = documents.map(({ document: { _id, ...rest } }) => ({
      updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true },
    }));
    const { upsertedIds } = await notifications().bulkWrite(upserts, inSession());
    const fresh = documents.filter((_document, index) => upsertedIds[index] !== undefined);
    await recordAll(
      fresh.map(({ to, document: { _id, siteId } }) => ({
        type: "notification.created" as const,
        by: { siteId, actor: { kind: "system" as const, id: null, name: "Sidedesk" } },
        data: { notificationId: _id, recipient: to },
      })),
    );
  });
}

function documentOf(event: DomainEvent, kind: string, notice: Notice): NotificationDocument {
  const { to, type, title, message, link, data } = notice;
  const recipient = recipientOf(to.kind, to.id);
  const createdAt = new Date();
  return {
    _id: noticeId(event.id, recipient, kind),
    siteId: event.siteId,
    recipient,
    type,
    title,
    message,
    link,
    data,
    read: false,
    createdAt,
    expireAt: new Date(createdAt.getTime() + keepDays * 86_400_000),
  };
}
