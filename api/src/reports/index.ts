import { activityRoutes } from "./activity.routes.ts";
import { exportRoutes } from "./export.routes.ts";
import { figureRoutes } from "./figure.routes.ts";
import { importRoutes } from "./import.routes.ts";
import { importJob } from "./import.job.ts";
import { rollJob } from "./roll-figures.job.ts";

export const reportRoutes = [...figureRoutes, ...exportRoutes, ...importRoutes, ...activityRoutes];
export const reportJobs = [rollJob, importJob];
export { exportTickets, type ExportFormat } from "./export-tickets.ts";
export { markDays, reportReactions } from "./mark-days.ts";
export { importTickets, type ImportProgress, type ImportResult } from "./import-tickets.ts";
export { forgetRejects } from "./forget-rejects.ts";
export { forgetImportPerson } from "./import-person.model.ts";
