import type { Actor } from "@sidedesk/contract";
import { loadTicket } from "../../tickets/index.ts";
import type { UnsaidNotice } from "../notice.ts";
import { kind } from "./kind.ts";
import { ticketNotice } from "./ticket-notice.ts";

/** Whoever a colleague names in a note is told, unless it was themselves. */
export const mentioned = kind("comment.created", "mentioned", {
  inApp: async ({ siteId, actor, data }) => {
    const { commentId } = data;
    const told = othersIn(data.mentions, actor);
    const ticket = told.length > 0 ? await loadTicket(siteId, data.ticketId) : null;
    if (!ticket) return [];
    const { number, subject } = ticket;
    const say: UnsaidNotice["say"] = ({ words, mails, both, quoted }) =>
      both(words.mentioned, { about: quoted(subject), by: actor.name || mails.somebody, number });
    return told.map((id) => ticketNotice(ticket, { kind: "staff", id }, say, { commentId }));
  },
  email: async ({ actor, data: { ticketId, commentId, mentions } }) =>
    othersIn(mentions, actor).map((staffId) => ({
      ...{ kind: "mentioned", staffId, ticketId, commentId },
      facts: { by: actor.name },
    })),
});

const othersIn = (mentions: readonly string[] = [], actor: Actor): string[] =>
  mentions.filter((id) => actor.kind !== "staff" || actor.id !== id);
