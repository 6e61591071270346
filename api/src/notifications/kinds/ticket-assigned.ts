import type { DomainEvent } from "@sidedesk/contract";
import { findTeam } from "../../accounts/index.ts";
import { loadTicket } from "../../tickets/index.ts";
import { kind } from "./kind.ts";
import { membersOf } from "./staff-of-ticket.ts";
import { quoted, ticketNotice } from "./ticket-notice.ts";

/** Whoever gets a ticket from somebody else is told, and so is a team, unless it goes round and somebody's turn it was. */
export const ticketAssigned = kind("ticket.assigned", "ticket-assigned", {
  inApp: async (event) => {
    const { siteId, actor, data } = event;
    const { assigneeId, members } = await toldOf(event);
    if (!assigneeId && members.length === 0) return [];
    const ticket = await loadTicket(siteId, data.ticketId);
    if (!ticket) return [];
    const about = quoted(ticket.subject);
    const who = actor.name || "Somebody";
    return [
      ...(assigneeId
        ? [
            ticketNotice(
              ticket,
              { kind: "staff", id: assigneeId },
              { title: `Assigned to you: ${about}`, message: `${who} gave you ${ticket.number}.` },
            ),
          ]
        : []),
      ...members.map((id) =>
        ticketNotice(
          ticket,
          { kind: "staff", id },
          {
            title: `For ${data.after.teamName ?? "your team"}: ${about}`,
            message: `${who} gave ${ticket.number} to your team.`,
          },
        ),
      ),
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
