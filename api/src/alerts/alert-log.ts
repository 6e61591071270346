import type { AlertEntry, alertQuery, Page } from "@sidedesk/contract";
import type { z } from "zod";
import { beyond, pageOf, readTimeCursor, timeCursor } from "../core/data/page.ts";
import { AppError, notFound } from "../core/errors.ts";
import { replay } from "../core/jobs/replay.ts";
import { alertJob } from "./alert.job.ts";
import { alerts, type AlertDocument } from "./alert.model.ts";

/** One page of a site's alerts, newest first. @throws AppError 400 */
export async function listAlerts(siteId: string, query: z.output<typeof alertQuery>): Promise<Page<AlertEntry>> {
  const limit = query.limit ?? 50;
  const found = await alerts()
    .find(
      {
        siteId,
        ...(query.channel ? { channel: { $in: query.channel } } : {}),
        ...(query.state ? { state: { $in: query.state.flatMap(storedAs) } } : {}),
        ...beyond<AlertDocument>("createdAt", -1, readTimeCursor(query.cursor)),
      },
      { projection: { items: 0 } },
    )
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  const { rows, nextCursor } = pageOf(found, limit, ({ createdAt, _id }) => timeCursor(createdAt, _id));
  return { data: rows.map(present), nextCursor };
}

/** Being tried right now is a moment of waiting. */
const storedAs = (state: AlertEntry["state"]): AlertDocument["state"][] =>
  state === "pending" ? ["pending", "inflight"] : [state];

/** Makes a message that failed, or still waits, due now; it goes when it is its turn. @throws AppError 404, 409 */
export async function retryAlert(siteId: string, id: string): Promise<AlertEntry> {
  await replay(alertJob, ofSite(siteId, id), { isWaitingToo: true });
  const alert = await alerts().findOne({ _id: id, siteId });
  if (!alert) throw notFound("alert");
  if (alert.state === "succeeded") throw new AppError("conflict", "This alert was sent.");
  if (alert.state === "cancelled")
    throw new AppError("conflict", "This alert was called off: the channel was off, or what it was about is gone.");
  return present(alert);
}
const ofSite = (siteId: string, _id: string) => ({ _id, siteId });

const iso = (time: Date | undefined): string | null => time?.toISOString() ?? null;

const present = (alert: AlertDocument): AlertEntry => {
  const { _id, channel, kind, to, state, count, attempt, lastError, createdAt, sentAt, nextAttemptAt } = alert;
  return {
    id: _id,
    channel,
    kind,
    to,
    state: state === "inflight" || state === "held" ? "pending" : state,
    count,
    attempts: attempt,
    error: state === "succeeded" ? null : (lastError?.message ?? null),
    createdAt: createdAt.toISOString(),
    sentAt: iso(sentAt),
    // What was never due at a time of its own is due at once.
    nextAttemptAt: state === "pending" && nextAttemptAt && nextAttemptAt > createdAt ? iso(nextAttemptAt) : null,
  };
};
