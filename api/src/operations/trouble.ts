import type { Trouble } from "@sidedesk/contract";
import { serverNow } from "../core/data/server-time.ts";
import { failingReaction, oldestPendingSeconds, pendingEvents } from "../core/events/relay.ts";
import { definedJobs } from "../core/jobs/define-job.ts";
import { backlogOf } from "../core/jobs/job-figures.ts";
import { lastLedger } from "./ledger.model.ts";

/** What waits longer than this is behind. */
const patienceSeconds = 60;
/** A lost worker's work is taken back within two seconds by any other. */
const takenBackSeconds = 30;

/** What of the desk's work is behind or lost, and since when; empty when all is well. */
export async function findTroubles(): Promise<Trouble[]> {
  const now = serverNow().getTime();
  const isOld = (since: Date | null, seconds: number): since is Date =>
    since !== null && now - since.getTime() > seconds * 1000;
  const [seconds, failing, pending, ledger, ...backlogs] = await Promise.all([
    oldestPendingSeconds(),
    failingReaction(),
    pendingEvents(),
    lastLedger(),
    ...definedJobs().map(backlogOf),
  ]);
  const troubles: Trouble[] = [];
  const say = (name: string, detail: string, since: Date | null): void =>
    void troubles.push({ name, detail, since: since?.toISOString() ?? null });
  if (seconds > patienceSeconds)
    say(
      "events",
      failing
        ? `${pending} wait; ${failing} fails each time it is tried, and the log says why`
        : `${pending} wait; is a process with the relay and worker roles running?`,
      new Date(now - seconds * 1000),
    );
  for (const { name, due, dueSince, expired, expiredSince } of backlogs) {
    if (isOld(dueSince, patienceSeconds))
      say(name, `${due} are due and nobody takes them; is a process with the worker role running?`, dueSince);
    if (isOld(expiredSince, takenBackSeconds))
      say(name, `${expired} were taken by workers that are gone, and no other takes them back`, expiredSince);
  }
  if (ledger?.damage)
    say(
      "ledger",
      `of ${ledger._id}: ${Object.entries(ledger.damage)
        .map(([what, count]) => `${count} ${what}`)
        .join(", ")} are missing`,
      ledger.settledAt ?? null,
    );
  return troubles;
}
