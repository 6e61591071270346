import type { Reply, ReplyQuery } from "@sidedesk/contract";
import type { mongo } from "mongoose";
import { fold } from "../core/data/fold.ts";
import { beyond, decodeCursor, encodeCursor, pageOf } from "../core/data/page.ts";
import { invalid } from "../core/errors.ts";
import { replies, type ReplyDocument } from "./reply.model.ts";
import { presentReply } from "./reply.presenter.ts";
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
  const found = await replies()
    .find({
      siteId: caller.siteId,
      ownerId: { $in: [null, personOf(caller)] },
      ...(query.category === undefined ? {} : { category: { $in: query.category } }),
      $and: [...words, query.cursor ? afterRow(query.cursor, byUse) : {}],
    })
    .sort(byUse ? { usageCount: -1, _id: 1 } : { titleKey: 1, _id: 1 })
    .limit(limit + 1)
    .toArray();
  const { rows, nextCursor } = pageOf(found, limit, ({ usageCount, titleKey, _id }) =>
    encodeCursor(byUse ? ["u", usageCount, _id] : ["t", titleKey, _id]),
  );
  return { data: rows.map(presentReply), nextCursor };
}

const escape = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** @throws AppError 400 for a cursor of another order */
function afterRow(cursor: string, byUse: boolean): Filter {
  const [of, value, id] = decodeCursor(cursor, ["s", byUse ? "n" : "s", "s"]);
  if (of !== (byUse ? "u" : "t")) throw invalid("cursor", "This cursor belongs to another order.");
  if (!byUse) return beyond("titleKey", 1, { value, id: String(id) });
  // What is used most comes first, and ids run upwards all the same.
  return { $or: [{ usageCount: { $lt: Number(value) } }, { usageCount: Number(value), _id: { $gt: String(id) } }] };
}
