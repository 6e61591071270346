import { moveAttachments } from "../attachments/index.ts";
import { newId } from "../core/data/ids.ts";
import { inSession } from "../core/data/transaction.ts";
import { comments, type CommentDocument } from "./comment.model.ts";
import { updateOf, type TicketChange } from "./move-ticket.ts";
import { customerWords, wordsOf } from "./search-words.ts";
import { tickets, type TicketDocument } from "./ticket.model.ts";

/** Most words a ticket is found by; no conversation gets there. */
const mostWords = 20_000;

/** Writes fields of a ticket, in the open transaction; the caller records what it means. */
export const setFields = ({ _id, siteId }: TicketDocument, change: TicketChange) =>
  tickets().updateOne({ _id, siteId }, updateOf(change), inSession());

/**
 * Brings everything that was said on one ticket to another, in the open transaction: comments and notes keep their time,
 * and so their place, and the description becomes an entry of its own. Search finds the words where they are now.
 */
export async function moveConversation(source: TicketDocument, target: TicketDocument, mergeId: string): Promise<void> {
  const { siteId } = source;
  const said = { siteId, ticketId: source._id };
  const files = [...(await filesOf(said)), ...(source.attachmentIds ?? [])];
  await moveAttachments(siteId, files, source._id, { ticketId: target._id, customerId: target.customer.id });
  await comments().updateMany(said, { $set: { ticketId: target._id }, $push: { merges: mergeId } }, inSession());
  const entry: CommentDocument = {
    _id: newId(),
    siteId,
    ticketId: target._id,
    author: { type: "customer", id: source.customer.id, name: source.customer.name },
    body: source.description,
    html: source.descriptionHtml,
    visibility: "public",
    createdAt: source.createdAt,
    ...(source.attachmentIds?.length ? { attachmentIds: source.attachmentIds } : {}),
    merges: [mergeId],
    descriptionOf: source._id,
  };
  await comments().insertOne(entry, inSession());
  await setWords(source);
  await setWords(target);
}

/** Takes back what a merge brought, and nothing else. */
export async function moveConversationBack(
  source: TicketDocument,
  target: TicketDocument,
  mergeId: string,
): Promise<void> {
  const { siteId } = target;
  const moved = { siteId, ticketId: target._id, merges: mergeId };
  const files = await filesOf(moved);
  await moveAttachments(siteId, files, target._id, { ticketId: source._id, customerId: source.customer.id });
  await comments().deleteMany({ ...moved, descriptionOf: source._id }, inSession());
  await comments().updateMany(moved, { $set: { ticketId: source._id }, $pull: { merges: mergeId } }, inSession());
  await setWords(source);
  await setWords(target);
}

async function filesOf(filter: { siteId: string; ticketId: string; merges?: string }): Promise<string[]> {
  const withFiles = { ...filter, "attachmentIds.0": { $exists: true } };
  const found = await comments()
    .find(withFiles, { projection: { attachmentIds: 1 }, ...inSession() })
    .toArray();
  return found.flatMap(({ attachmentIds }) => attachmentIds ?? []);
}

/** Makes anew what a ticket is found by, from what stands on it. */
async function setWords(ticket: TicketDocument): Promise<void> {
  const { siteId, _id: ticketId, subject, description, number, customer } = ticket;
  const said = new Set([...wordsOf(subject, description, number.slice(-8)), ...customerWords(customer)]);
  const noted = new Set<string>();
  const found = comments().find({ siteId, ticketId }, { projection: { body: 1, visibility: 1 }, ...inSession() });
  for await (const { body, visibility } of found)
    for (const word of wordsOf(body)) (visibility === "public" ? said : noted).add(word);
  const noteWords = [...noted].filter((word) => !said.has(word)).slice(0, mostWords);
  await tickets().updateOne(
    { _id: ticketId, siteId },
    { $set: { words: [...said].slice(0, mostWords).concat(noteWords), noteWords } },
    inSession(),
  );
}

/** When customer and staff last said something on a ticket since a moment; null for who said nothing. */
export async function lastSaid(
  { siteId, _id: ticketId }: TicketDocument,
  since: Date,
): Promise<Record<"customer" | "staff", Date | null>> {
  const newest = async (type: "customer" | "staff") =>
    (
      await comments()
        .find(
          { siteId, ticketId, createdAt: { $gte: since }, visibility: "public", "author.type": type },
          { projection: { createdAt: 1 }, ...inSession() },
        )
        .sort({ createdAt: -1, _id: -1 })
        .limit(1)
        .toArray()
    )[0]?.createdAt ?? null;
  return { customer: await newest("customer"), staff: await newest("staff") };
}
