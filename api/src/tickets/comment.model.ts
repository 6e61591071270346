import mongoose, { Schema, type mongo } from "mongoose";
import { loadById } from "../core/data/load-by-id.ts";
import { beyond, type Place } from "../core/data/page.ts";

/** A comment or internal note. Never changed once written. */
export interface CommentDocument {
  _id: string;
  siteId: string;
  ticketId: string;
  author: { type: "customer" | "staff" | "ai" | "system"; id: string | null; name: string };
  /** A digest of the author's address, where nobody of ours is the author: by it an erasure finds what they wrote in copy. */
  authorKey?: string;
  body: string;
  html: string;
  visibility: "public" | "internal";
  /** Ids of staff whom a note names. */
  mentions?: string[];
  createdAt: Date;
  /** Its files; absent when there are none. */
  attachmentIds?: string[];
  /** The merges that brought it here, the last one last. */
  merges?: string[];
  /** The ticket whose description it repeats, since a merge. */
  descriptionOf?: string;
}

const schema = new Schema<CommentDocument>(
  { _id: String, siteId: String, ticketId: String },
  { collection: "comments", versionKey: false, strict: false, minimize: false },
);
schema.index({ siteId: 1, ticketId: 1, createdAt: 1, _id: 1 }); // a ticket's conversation, oldest first: findComments
schema.index({ siteId: 1, authorKey: 1 }, { partialFilterExpression: { authorKey: { $type: "string" } } }); // erasure: forgetAuthor
schema.index(
  { siteId: 1, "author.name": 1 },
  { partialFilterExpression: { "author.type": "customer", "author.id": { $type: "null" } } },
); // erasure, of those whose address was not known: forgetAuthor
const CommentModel = mongoose.model<CommentDocument>("Comment", schema);

export const comments = (): mongo.Collection<CommentDocument> =>
  CommentModel.db.collection<CommentDocument>("comments");

const byId = loadById(comments);

/** For reactions and jobs, read together with what others ask for. Not to be changed: it may be shared. */
export async function loadComment(siteId: string, id: string): Promise<CommentDocument | null> {
  const comment = await byId(id);
  return comment?.siteId === siteId ? comment : null;
}

/** One page of a conversation, oldest first unless asked otherwise; the index serves both ways. */
export function findComments(
  siteId: string,
  ticketId: string,
  options: { withNotes: boolean; newestFirst: boolean; after?: Place | undefined; limit: number },
): Promise<CommentDocument[]> {
  const { withNotes, newestFirst, after, limit } = options;
  const direction = newestFirst ? -1 : 1;
  return comments()
    .find({
      siteId,
      ticketId,
      ...(withNotes ? {} : { visibility: "public" }),
      ...beyond<CommentDocument>("createdAt", direction, after),
    })
    .sort({ createdAt: direction, _id: direction })
    .limit(limit)
    .toArray();
}
