import { bulkJob } from "./bulk.job.ts";
import { bulkRoutes } from "./bulk.routes.ts";
import { mergeRoutes } from "./merge.routes.ts";
import { renderRoutes } from "./render.routes.ts";
import { viewRoutes } from "./view.routes.ts";

export const queueRoutes = [...bulkRoutes, ...mergeRoutes, ...viewRoutes, ...renderRoutes];
export const queueJobs = [bulkJob];
export { forgetSelections, forgetViews } from "./forget-person.ts";
