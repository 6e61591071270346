import { pushJob } from "./push.job.ts";

export const pushJobs = [pushJob];
export { pushReactions } from "./push.reactions.ts";
export { pushRoutes } from "./push.routes.ts";
export { removePushesAbout, removePushesTo } from "./remove-pushes.ts";
