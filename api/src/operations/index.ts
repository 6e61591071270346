import { ledgerJob } from "./ledger.job.ts";

export const operationJobs = [ledgerJob];
export { operationSweeps } from "./ledger.job.ts";
export { exposeFigures } from "./figures.ts";
export { lastLedger } from "./ledger.model.ts";
export { mailCheck } from "./mail-check.ts";
export { operationRoutes } from "./operations.routes.ts";
export { queueScreen } from "./queue-screen.ts";
export { findTroubles } from "./trouble.ts";
