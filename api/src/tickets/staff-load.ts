import { staffLoad, type StaffLoad } from "@sidedesk/contract";
import { ticketStatuses, isOpenStatus } from "@sidedesk/contract/lifecycle";
import { ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { tickets } from "./ticket.model.ts";

const openStatuses = ticketStatuses.filter(isOpenStatus);

/** How many open tickets lie with whom. Counted from an index alone, so a million ended ones cost nothing. */
export async function countLoad(siteId: string): Promise<StaffLoad> {
  const groups = await tickets()
    .aggregate<{ _id: { staff: string | null; team: string | null }; count: number }>([
      { $match: { siteId, status: { $in: openStatuses } } },
      { $project: { _id: 0, "assignee.id": 1, "team.id": 1 } },
      {
        $group: {
          _id: { staff: { $ifNull: ["$assignee.id", null] }, team: { $ifNull: ["$team.id", null] } },
          count: { $sum: 1 },
        },
      },
    ])
    .toArray();
  const by = (key: "staff" | "team") => {
    const counts = new Map<string, number>();
    for (const { _id, count } of groups)
      if (_id[key] !== null) counts.set(_id[key], (counts.get(_id[key]) ?? 0) + count);
    return [...counts].map(([id, openTickets]) => ({ id, openTickets }));
  };
  return {
    staff: by("staff"),
    teams: by("team"),
    unassigned: groups.reduce((sum, { _id, count }) => (_id.staff === null ? sum + count : sum), 0),
  };
}

export const loadRoutes = [
  route({
    method: "GET",
    path: "/v1/staff/load",
    tag: "Staff",
    summary: "Open tickets by member of staff and by team",
    callers: ["staff"],
    role: "viewer",
    status: 200,
    output: staffLoad,
    handle: async ({ caller }) => ok(await countLoad(caller.siteId)),
  }),
];
