export {
  addressVerification,
  alreadyRegistered,
  passwordChanged,
  passwordReset,
  staffInvitation,
  testMail,
} from "./account.mails.ts";
export { anomalySaid, budgetAlert, budgetSaid, costAnomaly } from "./cost.mails.ts";
export { ratingRequest, staffReplied, statusChanged, ticketReceived, type Said } from "./customer.mails.ts";
export { digest, ownNotice } from "./gathered.mails.ts";
export { mailLanguageOf, mailLanguages, mailWords, type MailLanguage } from "./languages.ts";
export type { Branding, MailContent } from "./mail-content.ts";
export { mailHtml } from "./mail-html.ts";
export { mailText } from "./mail-text.ts";
export type { MailWords } from "./mail-words.ts";
export { sampleMail } from "./sample-mail.ts";
export { customerReplied, mentioned, slaTold, teamAssigned, ticketAssigned, type Theirs } from "./staff.mails.ts";
export { webhookFailing } from "./webhook.mails.ts";
export { writerFor, type MailSite, type Writer } from "./writer.ts";
