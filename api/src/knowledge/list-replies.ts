import type { Reply, ReplyQuery } from "@sidedesk/contract";
import type { mongo } from "mongoose";
import { decodeCursor, encodeCursor } from "../core/data/page.ts";
import { invalid } from "../core/errors.ts";
import { replies, type ReplyDocument } from "./reply.model.ts";
import { presentReply } from "./reply.presenter.ts";
import { fold } from "./reply-text.ts";
import { personOf, type ReplyCaller } from "./reply.policy.ts";

type Filter = mongo.Filter<ReplyDocument>;

/**
 * Replies that the caller sees. A search looks through them for every word, wherever it stands; there are a few hundred at
 * most on a site, so the index of the order is walked and each is looked at.
 */
export async function listReplies(
  caller: ReplyCaller,
  query: ReplyQuery,
): Promise<{ data: Reply[]; nextCursor: string | null }> {
  const limit = query.limit ?? 50;
  const byUse = query.sort === "-usageCount";
  const words = fold(query.q ?? "")
    .split(/\s+/)
    .filter(Boolean)
    .map((word) => ({ haystack: { $regex: escape(word.replace(/^\//, "")) } }));
  const rows = await replies()
    .find({
      siteId: caller.siteId,
      ownerId: { $in: [null, personOf(caller)] },
      ...(query.category === undefined ? {} : { category: query.category }),
      $and: [...words, query.cursor ? afterRow(query.cursor, byUse) : {}],
    })
    .sort(byUse ? { usageCount: -1, _id: 1 } : { titleKey: 1, _id: 1 })
    .limit(limit + 1)
    .toArray();
  const more = rows.length > limit;
  if (more) rows.pop();
  const last = rows.at(-1);
  const place = last && (byUse ? ["u", last.usageCount, last._id] : ["t", last.titleKey, last._id]);
  return { data: rows.map(presentReply), nextCursor: more && place ? encodeCursor(place) : null };
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** @throws AppError 400 for a cursor of another order */
function afterRow(cursor: string, byUse: boolean): Filter {
  const [of, value, id] = decodeCursor(cursor, ["s", byUse ? "n" : "s", "s"]);
  if (of !== (byUse ? "u" : "t")) throw invalid("cursor", "This cursor belongs to another order.");
  const next = { _id: { $gt: String(id) } };
  return byUse
    ? { $or: [{ usageCount: { $lt: Number(value) } }, { usageCount: Number(value), ...next }] }
    : { $or: [{ titleKey: { $gt: String(value) } }, { titleKey: String(value), ...next }] };
}
