import type { mongo } from "mongoose";
import { idOf } from "../core/data/ids.ts";
import { safeHtml } from "./markdown.ts";
import { comments, type CommentDocument } from "./comment.model.ts";
import { customerWords } from "./search-words.ts";
import { tickets } from "./ticket.model.ts";

export const authorKey = (siteId: string, email: string): string => idOf(siteId, "author", email.trim().toLowerCase());

/** What stands where a name stood. */
const nobody = "–";

/**
 * Takes somebody out of the conversations on others' tickets that they took part in without being the customer: as an author,
 * and by name and address in the texts there. What they said stays, as part of the others' story. Where an import knew no
 * address of theirs, they are known by the whole name alone. May be run again from anywhere.
 */
export async function forgetAuthor(siteId: string, { name, email }: { name: string; email: string }): Promise<void> {
  const isNamed = name.trim().length > 2;
  const byName = { "author.type": "customer", "author.id": { $type: "null" }, "author.name": name } as const;
  const theirs: mongo.Filter<CommentDocument>[] = [
    { siteId, authorKey: authorKey(siteId, email) },
    ...(isNamed ? [{ siteId, ...byName, authorKey: { $exists: false } } as mongo.Filter<CommentDocument>] : []),
  ];
  const without = removerOf(isNamed ? [email, name] : [email]);
  const words = customerWords({ name: isNamed ? name : "", email });
  for (const filter of theirs)
    for (const ticketId of await comments().distinct("ticketId", filter)) {
      for await (const { _id, body } of comments().find({ siteId, ticketId }, { projection: { body: 1 } })) {
        const kept = without(body);
        if (kept !== body) await comments().updateOne({ _id, body }, { $set: { body: kept, html: safeHtml(kept) } });
      }
      await forgetWords(siteId, ticketId, words);
      // Last: by it the rest is found again after a kill.
      const emptied = { $set: { "author.name": nobody }, $unset: { authorKey: "" } } as const;
      await comments().updateMany({ ...filter, ticketId }, emptied);
    }
}

/** What its own customer is found by stays, also where both have a name in common. */
async function forgetWords(siteId: string, ticketId: string, words: readonly string[]): Promise<void> {
  const ticket = await tickets().findOne({ _id: ticketId, siteId }, { projection: { customer: 1 } });
  if (!ticket) return;
  const kept = new Set(customerWords(ticket.customer));
  const gone = words.filter((word) => !kept.has(word));
  await tickets().updateOne({ _id: ticketId, siteId }, { $pullAll: { words: gone, noteWords: gone } });
}

/** Names count as whole words, so that nobody called Test takes "Testing" along. */
function removerOf(texts: readonly string[]): (text: string) => string {
  const any = texts.map((text) => text.trim().replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).filter(Boolean);
  const form = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${any.join("|")})(?![\\p{L}\\p{N}_])`, "giu");
  return (text) => text.replaceAll(form, nobody);
}
