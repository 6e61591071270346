import { oldestPendingSeconds, pendingEvents } from "../core/events/relay.ts";
import { serverNow } from "../core/data/server-time.ts";
import { gauge, gauges } from "../core/http/metrics.ts";
import { definedJobs } from "../core/jobs/define-job.ts";
import { backlogOf, mostCounted, type Backlog } from "../core/jobs/job-figures.ts";
import { liveConnections } from "../core/live/attach-live.ts";
import { lastLedger, ledgerParts } from "./ledger.model.ts";

/** Read together for all figures that one look at `/metrics` asks for. */
const freshMs = 1000;
let read: { at: number; backlogs: Promise<Backlog[]> } | undefined;
function backlogs(): Promise<Backlog[]> {
  if (!read || Date.now() - read.at > freshMs)
    read = { at: Date.now(), backlogs: Promise.all(definedJobs().map(backlogOf)) };
  return read.backlogs;
}
const byJob = (of: (backlog: Backlog) => number) => async () =>
  (await backlogs()).map((backlog) => [{ job: backlog.name }, of(backlog)] as const);
const age = (since: Date | null): number => (since ? Math.max(0, (serverNow().getTime() - since.getTime()) / 1000) : 0);

/** What `/metrics` tells of work that waits; attempts and requests are counted where they happen. */
export function exposeFigures(): void {
  gauge("sidedesk_events_pending", "Events with reactions still to run", pendingEvents);
  gauge("sidedesk_events_oldest_pending_seconds", "Age of the oldest such event", oldestPendingSeconds);
  gauge("sidedesk_live_connections", "Open live connections of this process", liveConnections);
  const help = `Mails, deliveries and all other work by job and state; up to ${mostCounted} of each`;
  gauges("sidedesk_jobs", help, ["job", "state"], async () =>
    (await backlogs()).flatMap(({ name: job, due, waiting, inflight, failed }) =>
      Object.entries({ due, waiting, inflight, failed }).map(([state, count]) => [{ job, state }, count] as const),
    ),
  );
  gauges(
    "sidedesk_jobs_oldest_due_seconds",
    "How long the longest waiting of what is due has been so",
    ["job"],
    byJob(({ dueSince }) => age(dueSince)),
  );
  gauges(
    "sidedesk_jobs_expired_leases",
    "Work taken by workers that were lost, not taken back yet",
    ["job"],
    byJob(({ expired }) => expired),
  );
  gauges("sidedesk_ledger_missing", "What the last nightly check found missing", ["part"], async () => {
    const ledger = await lastLedger();
    return ledgerParts.map((part) => [{ part }, ledger?.damage?.[part] ?? 0] as const);
  });
}
