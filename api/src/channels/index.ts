import { emailLogRoutes } from "./email-log.routes.ts";
import { mailJob } from "./mail.job.ts";
import { suppressionRoutes } from "./suppression.routes.ts";

export const channelRoutes = [...emailLogRoutes, ...suppressionRoutes];
export const channelJobs = [mailJob];
export { channelReactions } from "./channel.reactions.ts";
export { devMail } from "./dev-mail.ts";
export { mailPreviewPage } from "./mail-preview.ts";
export { missingMails, type GatheredMail } from "./email.model.ts";
export { mailId, queueMail, storeMail, type MailOrder } from "./queue-mail.ts";
export { findRecipient, typeOfMail, type MailReader } from "./recipient.ts";
export { removeCaughtMails, removeMailsAbout, removeMailsTo } from "./remove-mails.ts";
export { testMail } from "./test-mail.ts";
export { findMail, noteBounce } from "./note-bounce.ts";
export { isOwnMail, ownMailId, ownSenders } from "./own-mail.ts";
export { readAddress, siteAddress, type OwnAddress } from "./reply-address.ts";
export { liftSuppression } from "./suppression.model.ts";
export { unsubscribePage } from "./unsubscribe.ts";
