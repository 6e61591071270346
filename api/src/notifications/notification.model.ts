import { noticeTypes, type NoticeCounts, type NoticeType } from "@sidedesk/contract";
import mongoose, { Schema, type mongo } from "mongoose";
import { idOf } from "../core/data/ids.ts";
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
  /** It is about a critical ticket: it waits for no quiet hours to end. */
  isCritical?: true;
  /** Not to be seen until then; taken off once it was shown again. */
  snoozedUntil?: Date;
  /** Set on what its reader deleted a short while ago: what undoing needs. */
  deleted?: { expireAt: Date; snoozedUntil?: Date };
  createdAt: Date;
  expireAt: Date;
}

/**
 * Whose list a deleted notice is on until it goes for good: nobody's. So everything that looks for a person's notices
 * passes it by without a condition more, and undoing puts it back as it was.
 */
export const binOf = (recipient: Recipient): Recipient => `deleted:${recipient}` as Recipient;

/**
 * The same for what somebody does not want told in here: it is on no list and in no count, and there for what else is made
 * of it, such as a push.
 */
export const unlistedOf = (recipient: Recipient): Recipient => `unlisted:${recipient}` as Recipient;
export const isListed = ({ recipient }: NotificationDocument): boolean => /^(customer|staff):/.test(recipient);

const schema = new Schema<NotificationDocument>(
  { _id: String, siteId: String, expireAt: Date },
  { collection: "notifications", versionKey: false, strict: false, minimize: false },
);
schema.index({ siteId: 1, recipient: 1, createdAt: -1, _id: -1 }); // newest and oldest first
// Unread first; with what says whether it is shown, so that how many are unread is counted in the index alone.
schema.index({ siteId: 1, recipient: 1, read: 1, createdAt: -1, _id: -1, snoozedUntil: 1, expireAt: 1 });
// One type, in both orders, and how many there are of each: countByType.
schema.index({ siteId: 1, recipient: 1, type: 1, createdAt: -1, _id: -1, read: 1, snoozedUntil: 1, expireAt: 1 });
schema.index({ siteId: 1, "data.ticketId": 1 }); // removal with a ticket: removeNoticesAbout
schema.index({ snoozedUntil: 1 }, { sparse: true }); // what comes back: showReturned
schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 }); // 30 days
const NotificationModel = mongoose.model<NotificationDocument>("Notification", schema);

export const notifications = (): mongo.Collection<NotificationDocument> =>
  NotificationModel.db.collection<NotificationDocument>("notifications");

/** The same event tells the same person the same thing once, however often the reaction runs. */
export const noticeId = (eventId: string, recipient: Recipient, kind: string): string => idOf(eventId, recipient, kind);

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

/** How many of each type somebody has, and how many of them are unread: read off the index, not off the notices. */
export async function countByType(siteId: string, recipient: Recipient): Promise<NoticeCounts> {
  const rows = await notifications()
    .aggregate<{ _id: NoticeType; total: number; unread: number }>([
      { $match: { siteId, recipient, type: { $in: [...noticeTypes] }, ...shownNow() } },
      { $group: { _id: "$type", total: { $sum: 1 }, unread: { $sum: { $cond: ["$read", 0, 1] } } } },
    ])
    .toArray();
  const found = new Map(rows.map(({ _id, total, unread }) => [_id, { total, unread }]));
  const of = (type: NoticeType) => found.get(type) ?? { total: 0, unread: 0 };
  return Object.fromEntries(noticeTypes.map((type) => [type, of(type)])) as NoticeCounts;
}

export const countUnread = (siteId: string, recipient: Recipient): Promise<number> =>
  notifications().countDocuments({ siteId, recipient, read: false, ...shownNow() });
