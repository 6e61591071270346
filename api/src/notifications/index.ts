export { notificationReactions } from "./notification.reactions.ts";
export { notificationRoutes } from "./notification.routes.ts";
