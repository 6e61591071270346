import { defineJob } from "../core/jobs/define-job.ts";
import { figureSites, type FigureSiteDocument } from "./figure-site.model.ts";

/** Brings a site's days up to date. Kept for ever: a site that has been quiet for a month must not begin anew. */
export const rollJob = defineJob<FigureSiteDocument>({
  name: "reports.roll",
  collection: figureSites,
  isOfSite: true,
  concurrency: 1,
  deadlineSeconds: 60,
  schedule: [10, 60, 300, 1800],
  keepDays: { succeeded: 36_500, failed: 36_500 },
  handler: () => import("./roll-figures.ts"),
});
