import type { DomainEvent } from "@sidedesk/contract";
import { findTeam } from "../../accounts/index.ts";
import { loadTicket } from "../../tickets/index.ts";
import type { UnsaidNotice } from "../notice.ts";
import { kind } from "./kind.ts";
import { membersOf } from "./staff-of-ticket.ts";
import { ticketNotice } from "./ticket-notice.ts";

/** Whoever gets a ticket from somebody else is told, and so is a team, unless it goes round and somebody's turn it was. */
export const ticketAssigned = kind("ticket.assigned", "ticket-assigned", {
  inApp: async (event) => {
    const { siteId, actor, data } = event;
    const { assigneeId, members } = await toldOf(event);
    if (!assigneeId && members.length === 0) return [];
    const ticket = await loadTicket(siteId, data.ticketId);
    if (!ticket) return [];
    const { number, subject } = ticket;
    const saying =
      (which: "assigned" | "team"): UnsaidNotice["say"] =>
      ({ words, mails, both, quoted }) =>
        both(words[which], {
          about: quoted(subject),
          by: actor.name || mails.somebody,
          number,
          team: data.after.teamName ?? words.yourTeam,
        });
    return [
      ...(assigneeId ? [ticketNotice(ticket, { kind: "staff", id: assigneeId }, saying("assigned"))] : []),
      ...members.map((id) => ticketNotice(ticket, { kind: "staff", id }, saying("team"))),
    ];
  },
  email: async (event) => {
    const { actor, data } = event;
    const { assigneeId, members } = await toldOf(event);
    const { ticketId } = data;
    const by = actor.name;
    const team = data.after.teamName ?? "";
    return [
      ...(assigneeId ? [{ kind: "ticket-assigned", staffId: assigneeId, ticketId, facts: { by } } as const] : []),
      ...members.map((staffId) => ({ kind: "team-assigned", staffId, ticketId, facts: { by, team } }) as const),
    ];
  },
});

/** Never whoever did it. */
async function toldOf(
  event: DomainEvent<"ticket.assigned">,
): Promise<{ assigneeId: string | null; members: string[] }> {
  const { actor, data } = event;
  const { before, after } = data;
  const self = actor.kind === "staff" ? actor.id : null;
  const assigneeId = after.assigneeId !== before.assigneeId && after.assigneeId !== self ? after.assigneeId : null;
  const members = (await tellsTeam(event)).filter((id) => id !== assigneeId && id !== self);
  return { assigneeId, members };
}

async function tellsTeam({ siteId, data: { before, after } }: DomainEvent<"ticket.assigned">): Promise<string[]> {
  if (!after.teamId || after.teamId === before.teamId) return [];
  const wasTurn = after.assigneeId !== null && after.assigneeId !== before.assigneeId;
  if (wasTurn && (await findTeam(siteId, after.teamId))?.roundRobin) return [];
  return membersOf(siteId, after.teamId);
}
