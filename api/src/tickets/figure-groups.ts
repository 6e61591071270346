import type { TicketPriority, TicketStatus } from "@sidedesk/contract";
import { isOpenStatus, ticketStatuses } from "@sidedesk/contract/lifecycle";
import type { mongo } from "mongoose";
import { beyond, type Place } from "../core/data/page.ts";
import { tickets, type TicketDocument } from "./ticket.model.ts";

/** What figures are made of: some tickets of one day that are alike. A merged ticket counts as one that came in; how it was answered is told by its target. */
export interface FigureGroup {
  /** How many times 24 hours after the origin they were created. */
  day: number;
  status: TicketStatus;
  priority: TicketPriority;
  category: string;
  total: number;
  rated: number;
  score: number;
  /** When they were solved. */
  solved: Date[];
  /** Seconds until the first response, and until they were solved. */
  first: number[];
  resolution: number[];
  /** Promises kept and broken: the answer ends the clock, or else solving does; while the customer has the word it stands still. */
  met: number;
  missed: number;
  /** By how many seconds promises were broken that have come to an end. */
  late: number[];
  /** When the promises that still run are due. */
  running: Date[];
}

const openStatuses = ticketStatuses.filter(isOpenStatus);
/** So many tickets are grouped at a time: the values of more might not fit into one document. */
const pageSize = 50_000;

type Expression = mongo.Document | string | null | number;
const all = (...conditions: Expression[]): Expression => ({ $and: conditions });
const no = (condition: Expression): Expression => ({ $not: [condition] });
const countIf = (condition: Expression): mongo.Document => ({ $sum: { $cond: [condition, 1, 0] } });
const pushIf = (condition: Expression, value: Expression): mongo.Document => ({
  $push: { $cond: [condition, value, "$$REMOVE"] },
});

const isTold = no("$mergedInto");
const isPromised = all(isTold, "$slaDueAt");
const isInTime: Expression = { $lte: ["$ended", "$slaDueAt"] };

function stagesFrom(origin: Date): mongo.Document[] {
  return [
    {
      $set: {
        solvedAt: { $cond: [{ $in: ["$status", openStatuses] }, null, { $ifNull: ["$resolvedAt", "$closedAt"] }] },
      },
    },
    { $set: { ended: { $ifNull: ["$firstRespondedAt", "$solvedAt"] } } },
    {
      $group: {
        _id: {
          day: { $floor: { $divide: [{ $subtract: ["$createdAt", origin] }, 86_400_000] } },
          status: "$status",
          priority: "$priority",
          category: "$category",
        },
        total: { $sum: 1 },
        rated: countIf("$rating"),
        score: { $sum: "$rating.score" },
        solved: pushIf("$solvedAt", "$solvedAt"),
        first: pushIf(isTold, "$firstResponseSeconds"),
        resolution: pushIf(isTold, "$resolutionSeconds"),
        met: countIf(all(isPromised, "$ended", isInTime)),
        missed: countIf(all(isPromised, { $cond: ["$ended", no(isInTime), { $gt: ["$slaPausedAt", "$slaDueAt"] }] })),
        late: pushIf(all(isPromised, "$ended", no(isInTime)), {
          $divide: [{ $subtract: ["$ended", "$slaDueAt"] }, 1000],
        }),
        running: pushIf(all(isPromised, no("$ended"), no("$slaPausedAt")), "$slaDueAt"),
        last: { $last: { value: "$createdAt", id: "$_id" } },
      },
    },
  ];
}

/**
 * The tickets created in `[from, to)`, a page at a time, each page later than the one before. Grouped by MongoDB, because to
 * bring each ticket here and read it costs several times as much. The index on creation serves it.
 */
export async function* figureGroups(
  siteId: string,
  from: Date,
  to: Date,
  { origin = from, limit = pageSize } = {},
): AsyncGenerator<FigureGroup[]> {
  const stages = stagesFrom(origin);
  let after: Place | undefined;
  do {
    const found = await tickets()
      .aggregate<Omit<FigureGroup, keyof Key> & { _id: Key; last: Place }>([
        {
          $match: { siteId, createdAt: { $gte: from, $lt: to }, $and: [beyond<TicketDocument>("createdAt", 1, after)] },
        },
        { $sort: { createdAt: 1, _id: 1 } },
        { $limit: limit },
        ...stages,
      ])
      .toArray();
    yield found.map(({ _id, last: _last, ...group }) => ({ ..._id, ...group }));
    const count = found.reduce((sum, { total }) => sum + total, 0);
    after = count < limit ? undefined : found.map(({ last }) => last).reduce(laterOf);
  } while (after);
}

type Key = Pick<FigureGroup, "day" | "status" | "priority" | "category">;
const laterOf = (a: Place, b: Place): Place =>
  a.value.getTime() === b.value.getTime() ? (a.id > b.id ? a : b) : a.value > b.value ? a : b;

/** When the first and the last ticket of a site were created; null when there is none. */
export async function creationSpan(siteId: string): Promise<{ first: Date; last: Date } | null> {
  const end = (order: 1 | -1) =>
    tickets().findOne({ siteId }, { projection: { createdAt: 1 }, sort: { createdAt: order, _id: order } });
  const [first, last] = await Promise.all([end(1), end(-1)]);
  return first && last && { first: first.createdAt, last: last.createdAt };
}

/** When some tickets of a site were created. */
export async function creationTimes(siteId: string, ids: readonly string[]): Promise<Date[]> {
  if (ids.length === 0) return [];
  const found = await tickets()
    .find({ _id: { $in: [...ids] }, siteId }, { projection: { createdAt: 1 } })
    .toArray();
  return found.map(({ createdAt }) => createdAt);
}
