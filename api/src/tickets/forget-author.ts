import type { mongo } from "mongoose";
import { addressKey } from "../core/data/ids.ts";
import { safeHtml } from "./markdown.ts";
import { comments, type CommentDocument } from "./comment.model.ts";
import { customerWords, wordsOf } from "./search-words.ts";
import { tickets } from "./ticket.model.ts";

export const authorKey = (siteId: string, email: string): string => addressKey(email, siteId, "author");

/** What stands where a name stood. */
const nobody = "–";

/**
 * Takes somebody out of others' tickets: where they took part in the conversation without being the customer, as an author
 * and by name and address in all its texts; and where their address stands in a text, whoever wrote it there. What was said
 * stays, as part of the others' story. Where an import knew no address of theirs, they are known by the whole name alone;
 * their name in tickets that they had no part in may be a namesake's, and stays. May be run again from anywhere.
 */
export async function forgetAuthor(siteId: string, { name, email }: { name: string; email: string }): Promise<void> {
  const isNamed = name.trim().length > 2;
  const byName = { "author.type": "customer", "author.id": { $type: "null" }, "author.name": name } as const;
  const theirs: mongo.Filter<CommentDocument>[] = [
    { siteId, authorKey: authorKey(siteId, email) },
    ...(isNamed ? [{ siteId, ...byName, authorKey: { $exists: false } } as mongo.Filter<CommentDocument>] : []),
  ];
  const gone: Gone = {
    without: removerOf(isNamed ? [email, name] : [email]),
    words: customerWords({ name: isNamed ? name : "", email }),
  };
  for (const filter of theirs)
    for (const ticketId of await comments().distinct("ticketId", filter)) {
      await forgetIn(siteId, ticketId, gone);
      // Last: by it the rest is found again after a kill.
      const emptied = { $set: { "author.name": nobody }, $unset: { authorKey: "" } } as const;
      await comments().updateMany({ ...filter, ticketId }, emptied);
    }
  for (const ticketId of await ticketsThatName(siteId, email)) await forgetIn(siteId, ticketId, gone);
}

/** Those in whose texts an address stands, but for somebody's own who has the address by now. */
async function ticketsThatName(siteId: string, email: string): Promise<string[]> {
  const address = wordsOf(email).find((word) => word.includes("@"));
  if (!address) return [];
  const found = await tickets()
    .find(
      { siteId, words: address, "customer.email": { $ne: email } },
      { projection: { _id: 1 }, hint: { siteId: 1, words: 1, createdAt: -1, _id: -1 } },
    )
    .toArray();
  return found.map(({ _id }) => _id);
}

interface Gone {
  without: (text: string) => string;
  words: readonly string[];
}

async function forgetIn(siteId: string, ticketId: string, { without, words }: Gone): Promise<void> {
  const ticket = await tickets().findOne({ _id: ticketId, siteId });
  if (!ticket) return;
  const said: string[] = [];
  for await (const { _id, body } of comments().find({ siteId, ticketId }, { projection: { body: 1 } })) {
    const kept = without(body);
    said.push(kept);
    if (kept !== body) await comments().updateOne({ _id, body }, { $set: { body: kept, html: safeHtml(kept) } });
  }
  const { subject, description } = ticket;
  const fields = Object.fromEntries(
    Object.entries(ticket.fields).map(([key, value]) => [key, typeof value === "string" ? without(value) : value]),
  );
  const kept = { subject: without(subject), description: without(description), fields };
  // What its own customer is found by stays, also where both have a name in common, and so does what others say.
  const still = new Set([...customerWords(ticket.customer), ...wordsOf(...said, kept.subject, kept.description)]);
  const forgotten = words.filter((word) => !still.has(word));
  // Last: by the words a ticket is found again after a kill. What was changed or said meanwhile is looked at, too.
  const { matchedCount } = await tickets().updateOne(
    { _id: ticketId, siteId, version: ticket.version },
    {
      $set: {
        ...kept,
        descriptionHtml: kept.description === description ? ticket.descriptionHtml : safeHtml(kept.description),
      },
      $pullAll: { words: forgotten, noteWords: forgotten },
    },
  );
  if (matchedCount === 0) await forgetIn(siteId, ticketId, { without, words });
}

/** Names count as whole words, so that nobody called Test takes "Testing" along. */
function removerOf(texts: readonly string[]): (text: string) => string {
  const any = texts.map((text) => text.trim().replaceAll(/[\\^$.*+?()[\]{}|/]/g, "\\$&")).filter(Boolean);
  const form = new RegExp(`(?<![\\p{L}\\p{N}_])(?:${any.join("|")})(?![\\p{L}\\p{N}_])`, "giu");
  return (text) => text.replaceAll(form, nobody);
}
