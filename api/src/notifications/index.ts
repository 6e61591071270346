import "./notification.payload.ts";
import { broadcastJob } from "./broadcast.job.ts";
import { digestJob } from "./digest.job.ts";
import { liveRoutes } from "./live.routes.ts";
import { notificationRoutes as noticeRoutes } from "./notification.routes.ts";
import { preferenceRoutes } from "./preference.routes.ts";

export const notificationJobs = [broadcastJob, digestJob];
export const notificationRoutes = [...preferenceRoutes, ...noticeRoutes, ...liveRoutes];
export { missingNotices } from "./create-notices.ts";
export { notificationSweeps } from "./snooze.ts";
export { notificationReactions } from "./notification.reactions.ts";
export { loadNotification, recipientOf, type Recipient } from "./notification.model.ts";
export { personIn, personOf, type Person } from "./person.ts";
export { tellAgain } from "./tell-others.ts";
export { countNoticesOf, forgetBroadcasts, removeNoticesAbout, removeNoticesTo } from "./remove-notices.ts";
