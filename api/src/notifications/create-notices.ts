import type { DomainEvent, NoticeType } from "@sidedesk/contract";
import { inSession, transaction } from "../core/data/transaction.ts";
import { record } from "../core/events/record.ts";
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

/** Writes the notices that follow from an event, and that they came to be, once however often it is called. */
export function createNotices(event: DomainEvent, kind: string, notices: readonly Notice[]): Promise<void> {
  if (notices.length === 0) return Promise.resolve();
  return transaction(async () => {
    for (const { to, type, title, message, link, data } of notices) {
      const recipient = recipientOf(to.kind, to.id);
      const _id = noticeId(event.id, recipient, kind);
      const createdAt = new Date();
      const document: Omit<NotificationDocument, "_id"> = {
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
      const { upsertedCount } = await notifications().updateOne(
        { _id },
        { $setOnInsert: document },
        { upsert: true, ...inSession() },
      );
      if (upsertedCount === 0) continue;
      await record(
        "notification.created",
        { siteId: event.siteId, actor: { kind: "system", id: null, name: "Sidedesk" } },
        { notificationId: _id, recipient: to },
      );
    }
  });
}
