import { isDuplicate } from "../core/data/is-duplicate.ts";
import { serverNow } from "../core/data/server-time.ts";
import { claimThese } from "../core/jobs/claim-job.ts";
import { alerts, gates, type AlertDocument, type GateDocument } from "./alert.model.ts";

/** A lane carries one message in this time. */
const gapMs = 60_000;
/** Looked at again, while another message of the lane has not come to an end. */
const soonMs = 2000;
/** Somebody may have that other one tried by hand, or called off. */
const latestMs = 60_000;
/** Many may wait for few lanes. */
const mostLookedAt = 100;

type Waiting = Pick<AlertDocument, "_id" | "siteId" | "kind" | "laneId" | "gateId">;

/** Takes messages that are due and whose turn it is; the others are due when that may be. */
export async function claimInTurn(
  limit: number,
  leaseSeconds: number,
): Promise<{ documents: AlertDocument[]; more: boolean }> {
  const found = await alerts()
    .find<Waiting>(
      { state: "pending", nextAttemptAt: { $type: "date", $lte: serverNow() } as never },
      { projection: { siteId: 1, kind: 1, laneId: 1, gateId: 1 } },
    )
    .sort({ nextAttemptAt: 1 })
    .limit(mostLookedAt)
    .toArray();
  const turns: string[] = [];
  for (const message of found) {
    const until = await takeTurn(message);
    if (until === null) turns.push(message._id);
    else await alerts().updateOne({ _id: message._id, state: "pending" }, { $set: { nextAttemptAt: until } });
    if (turns.length === limit) break;
  }
  const documents = await claimThese(alerts(), leaseSeconds, turns);
  return { documents, more: turns.length === limit || found.length === mostLookedAt };
}

/** Takes the lane for a message, which may already have it. @returns null, or when to ask again */
async function takeTurn({ _id, siteId, kind, laneId, gateId }: Waiting): Promise<Date | null> {
  const now = serverNow().getTime();
  const found = await gates()
    .find({ _id: { $in: [laneId, gateId] } })
    .toArray();
  const gate = found.find((one) => one._id === gateId);
  if (gate && gate.nextAt.getTime() > now) return gate.nextAt;
  if (kind === "test") return null;
  const lane = found.find((one) => one._id === laneId);
  if (lane?.holder === _id) return null;
  const busyUntil = lane?.holder && (await untilEnded(lane.holder, now));
  if (busyUntil) return busyUntil;
  if (lane && lane.nextAt.getTime() > now) return lane.nextAt;
  return (await hold({ _id: laneId, siteId }, lane, _id)) ? null : new Date(now + soonMs);
}

/** When to look again whether the message that has the lane has ended; null when it has. */
async function untilEnded(holder: string, now: number): Promise<Date | null> {
  const other = await alerts().findOne(
    { _id: holder, state: { $in: ["pending", "inflight"] } },
    { projection: { nextAttemptAt: 1 } },
  );
  if (!other) return null;
  const next = other.nextAttemptAt?.getTime() ?? 0;
  return new Date(Math.min(Math.max(next, now + soonMs), now + latestMs));
}

/** Takes a lane that nobody has taken since `seen`, by the database's own clock. */
async function hold(
  { _id, siteId }: Pick<GateDocument, "_id" | "siteId">,
  seen: GateDocument | undefined,
  holder: string,
): Promise<boolean> {
  const taken = [{ $set: { siteId, holder, nextAt: { $add: ["$$NOW", gapMs] } } }];
  if (!seen)
    return gates()
      .updateOne({ _id, nextAt: { $exists: false } }, taken, { upsert: true })
      .then(
        () => true,
        (error: unknown) => {
          if (isDuplicate(error)) return false;
          throw error;
        },
      );
  const same = { _id, nextAt: seen.nextAt, ...(seen.holder ? { holder: seen.holder } : {}) };
  const { matchedCount } = await gates().updateOne({ ...same, $expr: { $lte: ["$nextAt", "$$NOW"] } }, taken);
  return matchedCount === 1;
}

/** The minute counts from when the message has arrived. */
export async function noteSent({ _id, laneId }: Pick<AlertDocument, "_id" | "laneId">): Promise<void> {
  await gates().updateOne({ _id: laneId, holder: _id }, [{ $set: { nextAt: { $add: ["$$NOW", gapMs] } } }]);
}

/** The service wants nothing more for so long, whatever it is about. */
export async function closeGate(
  { gateId, siteId }: Pick<AlertDocument, "gateId" | "siteId">,
  seconds: number,
): Promise<void> {
  const nextAt = { $add: ["$$NOW", Math.ceil(seconds * 1000)] };
  await gates().updateOne({ _id: gateId }, [{ $set: { siteId, nextAt } }], { upsert: true });
}
