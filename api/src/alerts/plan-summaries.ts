import type { DomainEvent } from "@sidedesk/contract";
import { serverNow } from "../core/data/server-time.ts";
import { wake } from "../core/jobs/alarms.ts";
import { newJobState } from "../core/jobs/job-state.ts";
import { readSite } from "../sites/index.ts";
import { linesOn } from "./lines.ts";
import { nextAt } from "./summary-time.ts";
import { summaryJob } from "./summary.job.ts";
import { summaries } from "./summary.model.ts";

/** Works out anew when each channel's figures are due, from the settings as they are now; what is not wanted any more is gone. */
export async function planSummaries({ siteId }: Pick<DomainEvent, "siteId">): Promise<void> {
  const site = await readSite(siteId);
  if (!site) return;
  const wanted = linesOn(site).filter(({ summaryAt }) => summaryAt !== null);
  await summaries().deleteMany({ siteId, _id: { $nin: wanted.map(({ gateId }) => gateId) } });
  for (const { gateId, summaryAt } of wanted) {
    const due = nextAt(summaryAt!, site.timezone, serverNow());
    const begun = { siteId, gateId, ...newJobState(due) };
    // One that is being written right now loses its lease: what it writes is the day's in any case.
    const ended = { lease: "", leaseUntil: "", settledAt: "", expireAt: "" } as const;
    await summaries().updateOne({ _id: gateId }, { $set: begun, $unset: ended }, { upsert: true });
    wake(summaryJob, due);
  }
}
