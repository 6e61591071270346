import type { Comment, Ticket } from "@sidedesk/contract";
import type { Directory } from "../shell/directory.ts";
import { historyLines, type HistoryLine } from "./history-words.ts";
import type { TicketStore } from "./ticket-store.ts";

interface Place {
  id: string;
  at: string;
  /** The first of its day, with the day's name above it. */
  isNewDay: boolean;
}
export type Entry =
  | (Place & {
      kind: "said";
      comment: Comment;
      /** Goes on from the one before: the same person, the same kind, a moment later. */
      isMore: boolean;
    })
  | (Place & { kind: "line"; line: HistoryLine });

const moment = 5 * 60_000;

/** What was asked, said and done, in one order. What lies before the loaded comments is left to scrolling. */
export function entriesOf(store: TicketStore, ticket: Ticket, directory: Directory): Entry[] {
  const { comments, history, hasOlder } = store;
  const from = hasOlder ? (comments[0]?.createdAt ?? "") : "";
  const said = (hasOlder ? comments : [asked(ticket), ...comments]).map((comment) => ({
    kind: "said" as const,
    id: comment.id,
    at: comment.createdAt,
    comment,
  }));
  const lines = history
    .filter((entry) => entry.createdAt >= from)
    .filter((entry) => !isFollowed(comments, entry.actor.id, entry.after, entry.createdAt))
    .flatMap((entry) =>
      historyLines(entry, directory).map((line, at) => ({
        kind: "line" as const,
        id: `${entry.id}:${at}`,
        at: entry.createdAt,
        line,
      })),
    );
  const all = [...said, ...lines].sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
  return all.map((entry, index) => {
    const before = all[index - 1];
    const isNewDay = !before || day(before.at) !== day(entry.at);
    if (entry.kind === "line") return { ...entry, isNewDay };
    const isMore =
      !isNewDay &&
      before.kind === "said" &&
      isSameVoice(before.comment, entry.comment) &&
      Date.parse(entry.at) - Date.parse(before.at) < moment;
    return { ...entry, isNewDay, isMore };
  });
}

const day = (at: string): string => new Date(at).toDateString();
const isSameVoice = (a: Comment, b: Comment): boolean =>
  a.author.type === b.author.type && a.author.id === b.author.id && a.visibility === b.visibility;

const asked = (ticket: Ticket): Comment => ({
  id: `${ticket.id}:description`,
  ticketId: ticket.id,
  author: { type: "customer", id: ticket.customer.id, name: ticket.customer.name || ticket.customer.email },
  body: ticket.description,
  html: ticket.descriptionHtml ?? "",
  visibility: "public",
  attachments: ticket.attachments,
  createdAt: ticket.createdAt,
});

/** A status that a message moved by itself needs no line of its own: the message stands there. */
function isFollowed(
  comments: readonly Comment[],
  actor: string | null,
  after: Record<string, unknown> | null,
  at: string,
): boolean {
  if (!after || Object.keys(after).join() !== "status") return false;
  const time = Date.parse(at);
  return comments.some(
    ({ author, visibility, createdAt }) =>
      author.id === actor && visibility === "public" && Math.abs(Date.parse(createdAt) - time) < 1500,
  );
}

/** When the newest message that the customer sees was written. */
export function newestPublic({ comments, ticket }: TicketStore): string {
  return comments.findLast((one) => one.visibility === "public")?.createdAt ?? ticket?.createdAt ?? "";
}

/** What others wrote to or as the customer after that moment. */
export function publicSince({ comments }: TicketStore, at: string | undefined, me: string | undefined): Comment[] {
  return at === undefined
    ? []
    : comments.filter((one) => one.visibility === "public" && one.createdAt > at && one.author.id !== me);
}
