import { auditRoutes } from "./audit.routes.ts";
import { erasureJob } from "./erasure.job.ts";
import { privacyOwnRoutes } from "./privacy.routes.ts";
import { retentionJob } from "./retention.job.ts";

export const privacyRoutes = [...auditRoutes, ...privacyOwnRoutes];
export const privacyJobs = [retentionJob, erasureJob];
export { privacySweeps } from "./retention.job.ts";
export { eraseNow } from "./erase-now.ts";
