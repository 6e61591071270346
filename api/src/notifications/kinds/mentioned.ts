import type { Actor } from "@sidedesk/contract";
import { loadTicket } from "../../tickets/index.ts";
import { kind } from "./kind.ts";
import { quoted, ticketNotice } from "./ticket-notice.ts";

/** Whoever a colleague names in a note is told, unless it was themselves. */
export const mentioned = kind("comment.created", "mentioned", {
  inApp: async ({ siteId, actor, data }) => {
    const { commentId } = data;
    const told = othersIn(data.mentions, actor);
    const ticket = told.length > 0 ? await loadTicket(siteId, data.ticketId) : null;
    if (!ticket) return [];
    const words = {
      title: `Mentioned on ${quoted(ticket.subject)}`,
      message: `${actor.name || "Somebody"} mentioned you in a note on ${ticket.number}.`,
    };
    return told.map((id) => ticketNotice(ticket, { kind: "staff", id }, words, { commentId }));
  },
  email: async ({ actor, data: { ticketId, commentId, mentions } }) =>
    othersIn(mentions, actor).map((staffId) => ({
      ...{ kind: "mentioned", staffId, ticketId, commentId },
      facts: { by: actor.name },
    })),
});

const othersIn = (mentions: readonly string[] = [], actor: Actor): string[] =>
  mentions.filter((id) => actor.kind !== "staff" || actor.id !== id);
