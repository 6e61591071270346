import "./notification.payload.ts";
import { broadcastJob } from "./broadcast.job.ts";

export const notificationJobs = [broadcastJob];
export { notificationSweeps } from "./snooze.ts";
export { notificationReactions } from "./notification.reactions.ts";
export { notificationRoutes } from "./notification.routes.ts";
export { countNoticesOf, forgetBroadcasts, removeNoticesAbout, removeNoticesTo } from "./remove-notices.ts";
