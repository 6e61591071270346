import { wake } from "../core/jobs/alarms.ts";
import { figureSites } from "./figure-site.model.ts";
import { rollJob } from "./roll-figures.job.ts";

/** Longer than other processes take to learn of a site's new time zone. */
const leastRestMs = 5000;
/** Rolling up may take a tenth of one processor, no more. */
const restShare = 10;

/** Asking once in so long is enough: whoever reads what is still behind asks again. */
const quietMs = 1000;
const askedAt = new Map<string, number>();

/** Makes a site's roll-up due, a few seconds from now, unless it is already. Nothing is wrong without it, only slower. */
export async function wantRoll(siteId: string): Promise<void> {
  if (Date.now() - (askedAt.get(siteId) ?? 0) < quietMs) return;
  if (askedAt.size > 1000) askedAt.clear();
  askedAt.set(siteId, Date.now());
  const isUnderWay = { $in: [{ $ifNull: ["$state", "none"] }, ["pending", "inflight"]] };
  const rest = { $max: [leastRestMs, { $multiply: [restShare, { $ifNull: ["$tookMs", 0] }] }] };
  await figureSites().updateOne(
    { _id: siteId },
    [
      {
        $set: {
          state: { $cond: [isUnderWay, "$state", "pending"] },
          attempt: { $ifNull: ["$attempt", 0] },
          failures: { $ifNull: ["$failures", 0] },
          nextAttemptAt: { $cond: [isUnderWay, "$nextAttemptAt", { $add: ["$$NOW", rest] }] },
        },
      },
      { $unset: ["settledAt", "expireAt"] },
    ],
    { upsert: true },
  );
  wake(rollJob, new Date(Date.now() + leastRestMs));
}
