import { idOf } from "../core/data/ids.ts";
import { inSession } from "../core/data/transaction.ts";
import { comments, type CommentDocument } from "./comment.model.ts";
import { safeHtml } from "./markdown.ts";
import { wordsOf } from "./search-words.ts";
import { lastWords } from "./sla.ts";
import type { TicketDocument } from "./ticket.model.ts";

/** What somebody said on a ticket long ago, in another system. */
export interface PastEntry {
  author: CommentDocument["author"];
  authorKey?: string;
  body: string;
  visibility: CommentDocument["visibility"];
  createdAt: Date;
}
export interface PastConversation {
  ticket: TicketDocument;
  comments: CommentDocument[];
}

const mostWords = 20_000;

/**
 * An imported ticket with what was said on it, oldest first: it is counted, found by its words, and moves neither status nor
 * clock, since what became of it is known. Ids follow from the ticket's.
 * @param extra words beside those of the texts that the ticket is to be found by
 */
export function composeConversation(
  ticket: TicketDocument,
  entries: readonly PastEntry[],
  extra: readonly string[] = [],
): PastConversation {
  const { _id: ticketId, siteId } = ticket;
  let last = 0;
  const said = entries.map(({ author, authorKey, body, visibility, createdAt }, index): CommentDocument => {
    // Two of one moment would change places.
    last = Math.max(createdAt.getTime(), last + 1);
    const at = { _id: idOf(ticketId, index), siteId, ticketId, createdAt: new Date(last) };
    return { ...at, author, ...(authorKey ? { authorKey } : {}), body, html: safeHtml(body), visibility };
  });
  const open = said.filter(({ visibility }) => visibility === "public");
  const words = [...new Set([...ticket.words, ...wordsOf(...extra, ...open.map(({ body }) => body))])];
  const known = new Set(words);
  const notes = said.filter(({ visibility }) => visibility === "internal").map(({ body }) => body);
  const noteWords = wordsOf(...notes).filter((word) => !known.has(word));
  const lastOf = (type: "customer" | "staff") => open.findLast(({ author }) => author.type === type)?.createdAt;
  return {
    ticket: {
      ...ticket,
      ...lastWords(ticket, {
        lastCustomerMessageAt: lastOf("customer") ?? ticket.lastCustomerMessageAt,
        lastStaffMessageAt: lastOf("staff") ?? ticket.lastStaffMessageAt,
      }),
      commentCount: open.length,
      noteCount: notes.length,
      words: [...words, ...noteWords].slice(0, mostWords),
      noteWords: noteWords.slice(0, mostWords),
    },
    comments: said,
  };
}

/** Writes what was said on imported tickets, in the open transaction. Nobody is told. */
export async function insertConversations(list: readonly PastConversation[]): Promise<void> {
  const said = list.flatMap((one) => one.comments);
  if (said.length > 0) await comments().insertMany(said, inSession());
}
