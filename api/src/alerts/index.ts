import { alertJob } from "./alert.job.ts";
import { summaryJob } from "./summary.job.ts";

export { alertReactions } from "./alert.reactions.ts";
export { alertRoutes } from "./alert.routes.ts";
export const alertJobs = [alertJob, summaryJob];
export { removeAlertsAbout } from "./remove-alerts.ts";
