import { cut } from "../../core/cut.ts";
import { getSite } from "../../sites/index.ts";
import { loadComment, type TicketDocument } from "../../tickets/index.ts";
import type { UnsaidNotice } from "../notice.ts";

/** The parts that all notices about a ticket share. Titles name the ticket by its subject, never by what was written. */
export function ticketNotice(
  ticket: TicketDocument,
  to: UnsaidNotice["to"],
  say: UnsaidNotice["say"],
  data: Record<string, unknown> = {},
): UnsaidNotice {
  return {
    to,
    type: "ticket",
    say,
    link: `ticket:${ticket._id}`,
    data: { ticketId: ticket._id, number: ticket.number, ...data },
    ...(ticket.priority === "critical" ? { isCritical: true as const } : {}),
  };
}

/** The beginning of what was written, as one line, where the site lets notices carry it; else null. */
export async function saidIn(siteId: string, commentId: string): Promise<string | null> {
  if (!(await getSite(siteId)).settings.channels.notices.includeText) return null;
  const comment = await loadComment(siteId, commentId);
  // Characters that turn the direction of what follows are not taken along.
  const line = comment?.body
    .replace(/[\u202a-\u202e\u2066-\u2069]/g, "")
    .replace(/\s+/g, " ")
    .trim();
  return line ? cut(line, mostSaid) : null;
}
const mostSaid = 280;
