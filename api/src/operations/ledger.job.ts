import { serverNow } from "../core/data/server-time.ts";
import { defineJob } from "../core/jobs/define-job.ts";
import type { Sweep } from "../core/jobs/sweeps.ts";
import { ledgers, planLedger, type LedgerDocument } from "./ledger.model.ts";

/** Asks each night whether all that follows from yesterday's events is there. */
export const ledgerJob = defineJob<LedgerDocument>({
  name: "operations.ledger",
  collection: ledgers,
  concurrency: 1,
  deadlineSeconds: 30,
  schedule: [60, 300, 1800, 7200],
  keepDays: { succeeded: 90, failed: 90 },
  handler: () => import("./check-ledger.ts"),
});

export const operationSweeps: Sweep[] = [
  { name: "operations.plan-ledger", everySeconds: 3600, run: () => planLedger(serverNow()) },
];
