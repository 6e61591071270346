import { inOneAnswer } from "../core/data/in-one-answer.ts";
import { serverNow } from "../core/data/server-time.ts";
import { claimThese, isElsewhere } from "../core/jobs/claim-job.ts";
import { deliveries, dueIndex, type DeliveryDocument } from "./delivery.model.ts";

/** Deliveries that one process has taken at a time, for all endpoints together. They mostly wait for the other side. */
export const mostAtOnce = 512;
/** How many attempts go to one endpoint at a time: one that answers, one that nothing is known of, and one that did not answer last. */
const room = { well: 5, unknown: 2, suspect: 1 } as const;
/** Of an endpoint that answers at once so many more are taken ahead, for fewer trips to the database. */
const ahead = 20;
const quickMs = 250;
/** What was taken ahead is given back when its turn does not come within this time. */
const patienceMs = 1000;
const mostOfSite = mostAtOnce / 2;
const mostSuspect = mostAtOnce / 8;
const slowMs = 5000;
/** As many are looked at for each that is taken: first few, and many where the first are of endpoints that have enough. */
const reaches = { usual: 1.25, far: 4 } as const;
const window = 2 * mostAtOnce;
/** More than this waiting for an endpoint that does not answer is moved out of everybody's way. */
const mostWaiting = 20;
const farthestMs = 600_000;

interface Lane {
  siteId: string;
  inflight: number;
  health: keyof typeof room;
  isQuick: boolean;
  /** Attempts under way, and what waits for one of them to end. */
  running: number;
  waiting: { until: number; take: (isTurn: boolean) => void }[];
}
const lanes = new Map<string, Lane>();
/** Attempts that other processes have under way, as far as was known a second ago. */
let elsewhere = new Map<string, number>();
let lookedAt = 0;
let reach: number = reaches.usual;

/**
 * Takes what has been due longest, but of each endpoint, each site and all doubtful endpoints together only as much as
 * leaves room for the others: one that hangs slows nobody else.
 */
export async function claimFairly(
  limit: number,
  leaseSeconds: number,
): Promise<{ documents: DeliveryDocument[]; more: boolean }> {
  await lookElsewhere();
  const ofSite = new Map<string, number>();
  let suspects = 0;
  const count = ({ siteId, health }: Lane, by: number): void => {
    ofSite.set(siteId, (ofSite.get(siteId) ?? 0) + by);
    if (health === "suspect") suspects += by;
  };
  for (const lane of lanes.values()) if (lane.inflight > 0) count(lane, lane.inflight);
  const isFull = (id: string): boolean => {
    const lane = lanes.get(id);
    const most = room[lane?.health ?? "unknown"] + (lane?.isQuick ? ahead : 0);
    return (
      (lane?.inflight ?? 0) + (elsewhere.get(id) ?? 0) >= most ||
      (lane?.health === "suspect" && suspects >= mostSuspect)
    );
  };
  const full = [...lanes.keys()].filter(isFull);
  const found = await deliveries()
    .find(
      {
        state: "pending",
        nextAttemptAt: { $type: "date", $lte: serverNow() },
        ...(full.length > 0 ? { webhookId: { $nin: full } } : {}),
      },
      { projection: { webhookId: 1, siteId: 1 }, hint: dueIndex, ...inOneAnswer(window) },
    )
    .sort({ nextAttemptAt: 1 })
    .limit(Math.min(window, Math.ceil(reach * limit)))
    .toArray();
  const chosen: string[] = [];
  for (const { _id, webhookId, siteId } of found) {
    if (chosen.length === limit) break;
    if (isFull(webhookId) || (ofSite.get(siteId) ?? 0) >= mostOfSite) continue;
    chosen.push(_id);
    count(enter(webhookId, siteId), 1);
  }
  reach = chosen.length < limit / 2 && found.length > chosen.length ? reaches.far : reaches.usual;
  const notOurs = new Set(chosen);
  let documents: DeliveryDocument[];
  try {
    documents = await claimThese(deliveries(), leaseSeconds, chosen, { attempts: 0 });
    for (const { _id } of documents) notOurs.delete(_id);
  } finally {
    // Another worker had them, or nobody knows who has: either way they take no room here.
    for (const { _id, webhookId } of found) if (notOurs.has(_id)) leave(webhookId);
  }
  return { documents, more: full.length > 0 || found.length > chosen.length };
}

function enter(webhookId: string, siteId: string): Lane {
  const lane = lanes.get(webhookId) ?? newLane(siteId);
  lane.inflight += 1;
  lanes.set(webhookId, lane);
  return lane;
}

const newLane = (siteId: string): Lane => ({
  siteId,
  inflight: 0,
  health: "unknown",
  isQuick: false,
  running: 0,
  waiting: [],
});

/** Waits until the endpoint has room for one more attempt. @returns false when it took too long: it is to be given back */
export async function takeTurn(webhookId: string): Promise<boolean> {
  const lane = lanes.get(webhookId);
  if (!lane) return true;
  if (lane.running < room.well) {
    lane.running += 1;
    return true;
  }
  watch ??= setInterval(giveBack, patienceMs / 4);
  return new Promise((resolve) => {
    lane.waiting.push({ until: Date.now() + patienceMs, take: resolve });
  });
}

/** One clock for all that waits: a timer for each costs as much as the rest of waiting. */
let watch: NodeJS.Timeout | undefined;
function giveBack(): void {
  const now = Date.now();
  let isAnyLeft = false;
  for (const { waiting } of lanes.values()) {
    while (waiting[0] && waiting[0].until <= now) waiting.shift()?.take(false);
    isAnyLeft ||= waiting.length > 0;
  }
  if (isAnyLeft) return;
  clearInterval(watch);
  watch = undefined;
}

/** Lets the next one have its turn. */
export function endTurn(webhookId: string): void {
  const lane = lanes.get(webhookId);
  const next = lane?.waiting.shift();
  if (next) next.take(true);
  else if (lane) lane.running -= 1;
}

/** An attempt is over, or was not ours after all. */
export function leave(webhookId: string): void {
  const lane = lanes.get(webhookId);
  if (!lane) return;
  lane.inflight -= 1;
  if (lane.inflight === 0 && lane.running === 0 && lanes.size > 5000) lanes.delete(webhookId);
}

/** What an attempt said of its endpoint, for how much it is trusted with at a time. */
export function noteAnswer(
  webhookId: string,
  { status, latencyMs }: { status: number | null; latencyMs: number },
): Promise<void> | undefined {
  const lane = lanes.get(webhookId);
  if (!lane) return undefined;
  const before = lane.health;
  lane.isQuick = status !== null && latencyMs < quickMs;
  lane.health = status !== null && latencyMs < slowMs ? "well" : "suspect";
  if (lane.health === "suspect") return park(webhookId, latencyMs);
  return before === "suspect" ? callBack(webhookId) : undefined;
}

/**
 * What waits for an endpoint that does not answer is spread over the time that it would take: else each look for due work
 * would have to go past all of it.
 */
async function park(webhookId: string, latencyMs: number): Promise<void> {
  const isDue = { webhookId, state: "pending" as const, nextAttemptAt: { $lte: serverNow() } };
  const waiting = await deliveries().countDocuments(isDue, { limit: 10_000 });
  const spreadMs = Math.min(farthestMs, waiting * latencyMs);
  if (waiting <= mostWaiting || spreadMs < slowMs) return;
  await deliveries().updateMany(isDue, [
    {
      $set: {
        isParked: true,
        nextAttemptAt: { $add: ["$$NOW", { $toInt: { $multiply: [{ $rand: {} }, spreadMs] } }] },
      },
    },
  ]);
}

/** It answers again: what was moved away is due now. */
async function callBack(webhookId: string): Promise<void> {
  await deliveries().updateMany({ webhookId, state: "pending", isParked: true }, [
    { $set: { nextAttemptAt: "$$NOW" } },
    { $unset: ["isParked"] },
  ]);
}

async function lookElsewhere(): Promise<void> {
  if (Date.now() - lookedAt < 1000) return;
  lookedAt = Date.now();
  const inflight = await deliveries()
    .find({ state: "inflight", leaseUntil: { $type: "date" }, ...isElsewhere }, { projection: { webhookId: 1 } })
    .toArray();
  const counts = new Map<string, number>();
  for (const { webhookId } of inflight) counts.set(webhookId, (counts.get(webhookId) ?? 0) + 1);
  elsewhere = counts;
}
