import type { CustomerStats, StaffStats } from "@sidedesk/contract";
import { ticketPriorities, ticketStatuses } from "@sidedesk/contract/lifecycle";
import type { mongo } from "mongoose";
import type { CustomerCaller } from "../core/caller.ts";
import { getSite } from "../sites/index.ts";
import { tickets } from "./ticket.model.ts";

const countIf = (condition: mongo.Document): mongo.Document => ({ $sum: { $cond: [condition, 1, 0] } });
const isOpen = { $not: [{ $in: ["$status", ["resolved", "closed"]] }] };

/** A customer's own figures. */
export async function customerStats({ siteId, customerId }: CustomerCaller): Promise<CustomerStats> {
  const [row] = await tickets()
    .aggregate<CustomerStats>([
      { $match: { siteId, "customer.id": customerId } },
      {
        $group: {
          _id: null,
          total: { $sum: 1 },
          open: countIf(isOpen),
          waitingForMe: countIf({ $eq: ["$status", "waiting_customer"] }),
        },
      },
      { $project: { _id: 0, total: 1, open: 1, waitingForMe: 1, resolved: { $subtract: ["$total", "$open"] } } },
    ])
    .toArray();
  return row ?? { total: 0, open: 0, waitingForMe: 0, resolved: 0 };
}

interface Group {
  _id: { status: string; priority: string; category: string };
  count: number;
  met: number;
  missed: number;
  rated: number;
  score: number;
}

/** The site's figures for staff. */
export async function staffStats(siteId: string): Promise<StaffStats> {
  const [groups, firstResponse, resolution, site] = await Promise.all([
    groupsOf(siteId),
    spread(siteId, "firstResponseSeconds"),
    spread(siteId, "resolutionSeconds"),
    getSite(siteId),
  ]);
  const sum = (value: (group: Group) => number) => groups.reduce((total, group) => total + value(group), 0);
  const by = (key: keyof Group["_id"], known: readonly string[]) => {
    const counts: Record<string, number> = Object.fromEntries(known.map((name) => [name, 0]));
    for (const group of groups) counts[group._id[key]] = (counts[group._id[key]] ?? 0) + group.count;
    return counts;
  };
  const total = sum((group) => group.count);
  const byStatus = by("status", ticketStatuses);
  const met = sum((group) => group.met);
  const judged = met + sum((group) => group.missed);
  const rated = sum((group) => group.rated);
  return {
    total,
    byStatus,
    byPriority: by("priority", ticketPriorities),
    byCategory: by(
      "category",
      site.settings.categories.map((category) => category.key),
    ),
    openShare: total === 0 ? 0 : (total - (byStatus["resolved"] ?? 0) - (byStatus["closed"] ?? 0)) / total,
    firstResponse,
    resolution,
    slaMetShare: judged === 0 ? null : met / judged,
    csat: { average: rated === 0 ? null : sum((group) => group.score) / rated, count: rated },
  };
}

/** One pass over the site's tickets. A promise counts once it was kept or broken, by the same rule as slaStateOf. */
function groupsOf(siteId: string): Promise<Group[]> {
  const ended = {
    $ifNull: ["$firstRespondedAt", { $cond: [isOpen, null, { $ifNull: ["$resolvedAt", "$closedAt"] }] }],
  };
  const at = { $ifNull: ["$ended", { $ifNull: ["$slaPausedAt", "$$NOW"] }] };
  return tickets()
    .aggregate<Group>([
      { $match: { siteId } },
      { $project: { status: 1, priority: 1, category: 1, slaDueAt: 1, slaPausedAt: 1, score: "$rating.score", ended } },
      {
        $group: {
          _id: { status: "$status", priority: "$priority", category: "$category" },
          count: { $sum: 1 },
          met: countIf({ $and: [{ $ne: ["$ended", null] }, { $lte: ["$ended", "$slaDueAt"] }] }),
          missed: countIf({ $gt: [at, "$slaDueAt"] }),
          rated: countIf({ $isNumber: "$score" }),
          score: { $sum: "$score" },
        },
      },
    ])
    .toArray();
}

/** Median and 90th percentile, exact: the values stand sorted in an index, so only their places are counted. */
async function spread(
  siteId: string,
  field: "firstResponseSeconds" | "resolutionSeconds",
): Promise<{ median: number | null; p90: number | null }> {
  const filter = { siteId, [field]: { $exists: true } };
  const count = await tickets().countDocuments(filter);
  if (count === 0) return { median: null, p90: null };
  const quantile = async (share: number) => {
    const place = (count - 1) * share;
    const rows = await tickets()
      .find(filter, { projection: { [field]: 1 } })
      .sort({ [field]: 1 })
      .skip(Math.floor(place))
      .limit(2)
      .toArray();
    const low = rows[0]?.[field] ?? 0;
    return low + ((rows[1]?.[field] ?? low) - low) * (place - Math.floor(place));
  };
  return { median: await quantile(0.5), p90: await quantile(0.9) };
}
