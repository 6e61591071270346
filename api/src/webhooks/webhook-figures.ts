import type { WebhookFigures } from "@sidedesk/contract";
import { deliveries } from "./delivery.model.ts";
import { getWebhook, ownerOf, type WebhookCaller } from "./webhook.model.ts";

const hours = 24;
const hourMs = 3_600_000;
/** More than this in a day are not counted. */
const mostCounted = 100_000;
const mostTimed = 100;

/** How an endpoint did in the last 24 hours. @throws AppError 404 */
export async function readFigures(caller: WebhookCaller, webhookId: string): Promise<WebhookFigures> {
  await getWebhook(ownerOf(caller), webhookId);
  const since = new Date((Math.floor(Date.now() / hourMs) + 1 - hours) * hourMs);
  const lastDay = { webhookId, createdAt: { $gte: since } };
  const [all, failed, latest] = await Promise.all([
    byHour(lastDay),
    byHour({ ...lastDay, state: "failed" }),
    deliveries()
      .find(lastDay, { projection: { "attempts.latencyMs": 1 } })
      .sort({ createdAt: -1, _id: -1 })
      .limit(mostTimed)
      .toArray(),
  ]);
  const took = latest
    .flatMap(({ attempts }) => attempts.map(({ latencyMs }) => latencyMs))
    .sort((one, other) => one - other);
  return {
    since: since.toISOString(),
    hours: Array.from({ length: hours }, (_, hour) => ({ made: all.get(hour) ?? 0, failed: failed.get(hour) ?? 0 })),
    medianMs: took[Math.floor(took.length / 2)] ?? null,
  };

  /** Along the index by time, of which the keys are enough; what failed has one of its own, and is few. */
  async function byHour(filter: Record<string, unknown>): Promise<Map<number, number>> {
    const counted = await deliveries()
      .aggregate<{ _id: number; count: number }>([
        { $match: filter },
        { $sort: { createdAt: -1 } },
        { $limit: mostCounted },
        { $project: { _id: 0, createdAt: 1 } },
        {
          $group: {
            _id: { $floor: { $divide: [{ $subtract: ["$createdAt", since] }, hourMs] } },
            count: { $sum: 1 },
          },
        },
      ])
      .toArray();
    return new Map(counted.map(({ _id, count }) => [_id, count]));
  }
}
