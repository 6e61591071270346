import type { Retention } from "@sidedesk/contract";
import type { StaffCaller } from "../core/caller.ts";
import { audit } from "../core/data/audit.ts";
import { transaction } from "../core/data/transaction.ts";
import { replay } from "../core/jobs/replay.ts";
import { getSite } from "../sites/index.ts";
import { countExpired } from "../tickets/index.ts";
import { retentionJob } from "./retention.job.ts";
import { planRetention, retentions, type RetentionDocument } from "./retention.model.ts";

const mostCounted = 10_000;

/** How a site's retention stands. */
export async function presentRetention(siteId: string): Promise<Retention> {
  const { settings } = await getSite(siteId);
  const { retentionDays } = settings;
  const now = new Date();
  const [document, due] = await Promise.all([
    retentions().findOne({ _id: siteId }),
    countExpired(siteId, new Date(now.getTime() - retentionDays * 86_400_000), mostCounted),
  ]);
  const run = document?.run ?? null;
  return {
    state: stateOf(document),
    retentionDays,
    due,
    nextRunAt: document?.state === "pending" && document.nextAttemptAt ? notBefore(now, document.nextAttemptAt) : null,
    run: run && {
      startedAt: run.startedAt.toISOString(),
      endedAt: run.endedAt?.toISOString() ?? null,
      removed: run.removed,
    },
    error: document?.failures ? (document.lastError?.message ?? null) : null,
  };
}

/** What is to be done at once is due since ever. */
const notBefore = (now: Date, due: Date): string => (due < now ? now : due).toISOString();

function stateOf(document: RetentionDocument | null): Retention["state"] {
  if (document?.state === "failed") return "failed";
  return document?.state === "inflight" || (document?.run && !document.run.endedAt) ? "running" : "waiting";
}

/** Makes a site's retention due now, whatever it waited for. Asking while it runs changes nothing. */
export async function askRetention(caller: StaffCaller): Promise<Retention> {
  const { siteId } = caller;
  await planRetention([siteId]);
  await transaction(() => audit(caller, "retention.asked"));
  await replay(retentionJob, { _id: siteId }, { isWaitingToo: true });
  return presentRetention(siteId);
}
