import mongoose, { Schema, type mongo } from "mongoose";
import { inSession } from "../core/data/transaction.ts";

/** A canned reply: the site's, or one person's own. */
export interface ReplyDocument {
  _id: string;
  siteId: string;
  /** Whose own it is; null when it is for everybody. */
  ownerId: string | null;
  title: string;
  body: string;
  category: string | null;
  shortcut: string | null;
  /** The shortcut as it is compared; absent without one. */
  shortcutKey?: string;
  /** Title, shortcut, category and body, folded, for looking through. */
  haystack: string;
  /** The title, folded, for an order that people expect. */
  titleKey: string;
  usageCount: number;
  lastUsedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

const schema = new Schema<ReplyDocument>(
  { _id: String, siteId: String },
  { collection: "replies", versionKey: false, strict: false, minimize: false },
);
schema.index({ siteId: 1, ownerId: 1, titleKey: 1, _id: 1 }); // findReplies by title, countReplies
schema.index({ siteId: 1, ownerId: 1, usageCount: -1, _id: 1 }); // findReplies, those used most first
schema.index(
  { siteId: 1, ownerId: 1, shortcutKey: 1 },
  { unique: true, partialFilterExpression: { shortcutKey: { $exists: true } } },
); // a shortcut means one thing
const ReplyModel = mongoose.model<ReplyDocument>("Reply", schema);
export const replies = (): mongo.Collection<ReplyDocument> => ReplyModel.db.collection<ReplyDocument>("replies");

/** Those that one person sees: everybody's and their own. */
const visible = (siteId: string, personId: string) => ({ siteId, ownerId: { $in: [null, personId] } });

export const findReply = (siteId: string, id: string, personId: string): Promise<ReplyDocument | null> =>
  replies().findOne({ ...visible(siteId, personId), _id: id }, inSession());

/** Another one that has this shortcut for this person. */
export const findByShortcut = (
  siteId: string,
  personId: string,
  shortcutKey: string,
  but: string,
): Promise<ReplyDocument | null> =>
  replies().findOne({ ...visible(siteId, personId), shortcutKey, _id: { $ne: but } }, inSession());

export const countReplies = (siteId: string, ownerId: string | null): Promise<number> =>
  replies().countDocuments({ siteId, ownerId }, inSession());

/** Counts a use; null when it is gone meanwhile. */
export const countUse = (siteId: string, id: string): Promise<ReplyDocument | null> =>
  replies().findOneAndUpdate(
    { _id: id, siteId },
    { $inc: { usageCount: 1 }, $set: { lastUsedAt: new Date() } },
    { returnDocument: "after", ...inSession() },
  );
