import { exportRoutes } from "./export.routes.ts";
import { figureRoutes } from "./figure.routes.ts";
import { rollJob } from "./roll-figures.job.ts";

export const reportRoutes = [...figureRoutes, ...exportRoutes];
export const reportJobs = [rollJob];
export { exportTickets, type ExportFormat } from "./export-tickets.ts";
export { markDays, reportReactions } from "./mark-days.ts";
export { importTickets, type ImportProgress, type ImportResult } from "./import-tickets.ts";
