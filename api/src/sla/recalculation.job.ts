import type { DomainEvent } from "@sidedesk/contract";
import { defineJob } from "../core/jobs/define-job.ts";
import { newJobState } from "../core/jobs/job-state.ts";
import { recalculations, type RecalculationDocument } from "./recalculation.model.ts";

/** By then every process knows the site's new settings, and what was promised by the old ones meanwhile is found, too. */
const settledMs = 3000;

/** New targets, warning share, business hours or holidays hold for tickets that wait already. */
export const recalculationJob = defineJob<RecalculationDocument>({
  name: "sla.recalculate",
  collection: recalculations,
  concurrency: 2,
  deadlineSeconds: 30,
  schedule: [1, 5, 30, 120, 600],
  keepDays: { succeeded: 7, failed: 30 },
  handler: () => import("./recalculate.ts"),
});

/** Asks for a run, once for an event. */
export async function planRecalculation({ id, siteId }: DomainEvent<"settings.sla_changed">): Promise<void> {
  const begin = { siteId, after: null, changed: 0, ...newJobState(new Date(Date.now() + settledMs)) };
  await recalculations().updateOne({ _id: id }, { $setOnInsert: begin }, { upsert: true });
}
