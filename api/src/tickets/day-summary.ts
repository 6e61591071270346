import { isOpenStatus, ticketPriorities, ticketStatuses, type TicketPriority } from "@sidedesk/contract/lifecycle";
import { countHistory } from "./history.model.ts";
import { countLoad } from "./staff-load.ts";
import { tickets } from "./ticket.model.ts";

export interface DaySummary {
  created: number;
  solved: number;
  /** Promises of a first answer that were broken. */
  missed: number;
  /** Open tickets now. */
  open: Record<TicketPriority, number>;
  /** Of these, whose first answer is late. */
  late: number;
  unassigned: number;
}
const openStatuses = ticketStatuses.filter(isOpenStatus);

/** What happened on a site in `[from, to)` and how things stand now; each figure is counted along an index. */
export async function daySummary(siteId: string, from: Date, to: Date, now = new Date()): Promise<DaySummary> {
  const [created, solved, missed, groups, late, { unassigned }] = await Promise.all([
    tickets().countDocuments({ siteId, createdAt: { $gte: from, $lt: to } }),
    countHistory(siteId, "ticket.status_changed", from, to, {
      "data.before.status": { $in: openStatuses },
      "data.after.status": { $nin: openStatuses },
    }),
    countHistory(siteId, "ticket.sla_breached", from, to),
    tickets()
      .aggregate<{ _id: number; count: number }>([
        { $match: { siteId, status: { $in: openStatuses } } },
        { $group: { _id: "$priorityRank", count: { $sum: 1 } } },
      ])
      .toArray(),
    // What runs is sorted by what is due, what stands still or has ended far behind that.
    tickets().countDocuments({ siteId, status: { $in: openStatuses }, slaSort: { $lte: now } }),
    countLoad(siteId),
  ]);
  const of = (rank: number): number => groups.find(({ _id }) => _id === rank)?.count ?? 0;
  const open = Object.fromEntries(ticketPriorities.map((priority, rank) => [priority, of(rank)]));
  return { created, solved, missed, open: open as DaySummary["open"], late, unassigned };
}
