import { emailLogRoutes } from "./email-log.routes.ts";
import { mailJob } from "./mail.job.ts";

export const channelRoutes = emailLogRoutes;
export const channelJobs = [mailJob];
export { channelReactions } from "./channel.reactions.ts";
export { devMail } from "./dev-mail.ts";
export { queueMail, type MailOrder } from "./queue-mail.ts";
export { removeCaughtMails, removeMailsAbout, removeMailsTo } from "./remove-mails.ts";
export { unsubscribePage } from "./unsubscribe.ts";
