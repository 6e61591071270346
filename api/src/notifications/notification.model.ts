import type { NoticeType } from "@sidedesk/contract";
import { createHash } from "node:crypto";
import mongoose, { Schema, type mongo } from "mongoose";
import { loadById } from "../core/data/load-by-id.ts";

/** Who a notice is for, as one value: customers and staff each have their own. */
export type Recipient = `${"customer" | "staff"}:${string}`;
export const recipientOf = (kind: "customer" | "staff", id: string): Recipient => `${kind}:${id}`;

export interface NotificationDocument {
  _id: string;
  siteId: string;
  recipient: Recipient;
  type: NoticeType;
  title: string;
  message: string;
  link: string | null;
  data: Record<string, unknown>;
  read: boolean;
  /** Not to be seen until then; taken off once it was shown again. */
  snoozedUntil?: Date;
  createdAt: Date;
  expireAt: Date;
}

const schema = new Schema<NotificationDocument>(
  { _id: String, siteId: String, expireAt: Date },
  { collection: "notifications", versionKey: false, strict: false, minimize: false },
);
schema.index({ siteId: 1, recipient: 1, createdAt: -1, _id: -1 }); // newest and oldest first
schema.index({ siteId: 1, recipient: 1, read: 1, createdAt: -1, _id: -1 }); // unread first, and how many are
schema.index({ siteId: 1, "data.ticketId": 1 }); // removal with a ticket: removeNoticesAbout
schema.index({ snoozedUntil: 1 }, { sparse: true }); // what comes back: showReturned
schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 }); // 30 days
const NotificationModel = mongoose.model<NotificationDocument>("Notification", schema);

export const notifications = (): mongo.Collection<NotificationDocument> =>
  NotificationModel.db.collection<NotificationDocument>("notifications");

/** The same event tells the same person the same thing once, however often the reaction runs. */
export const noticeId = (eventId: string, recipient: Recipient, kind: string): string =>
  createHash("sha256").update(`${eventId}\n${recipient}\n${kind}`).digest("hex").slice(0, 24);

const byId = loadById(notifications);

/** For reactions, read together with what others ask for. Not to be changed: it may be shared. */
export async function loadNotification(siteId: string, id: string): Promise<NotificationDocument | null> {
  const notice = await byId(id);
  return notice?.siteId === siteId ? notice : null;
}

/** What has expired may wait up to a minute for its removal; it counts as gone. */
export const alive = () => ({ expireAt: { $gt: new Date() } });
/** The same without what was put away for later. */
export const shownNow = (): mongo.Filter<NotificationDocument> => ({
  ...alive(),
  snoozedUntil: { $not: { $gt: new Date() } },
});

export const countUnread = (siteId: string, recipient: Recipient): Promise<number> =>
  notifications().countDocuments({ siteId, recipient, read: false, ...shownNow() });
