import { z } from "zod";
import { email, text } from "./common.ts";

/** Mails that a site may switch off, in the order in which they are offered. */
export const customerMails = [
  "ticket-received",
  "staff-replied",
  "status-changed",
  "rating-request",
  "notice",
] as const;
export const staffMails = [
  "ticket-assigned",
  "team-assigned",
  "customer-replied",
  "mentioned",
  "sla-warning",
  "sla-breached",
] as const;
/** Go to whoever's matter it is: a customer, or those who look after the site. */
export const ownersMails = ["webhook-failing", "budget-alert", "cost-anomaly"] as const;
/** Several mails in one, for who has theirs gathered. Whether it is sent follows from what is in it. */
export const gatheredMails = ["digest"] as const;
/** Somebody waits for these: they are always sent, and nobody can unsubscribe from them. */
export const accountMails = [
  "staff-invitation",
  "address-verification",
  "already-registered",
  "password-reset",
  "password-changed",
] as const;
export const switchableMails = [...customerMails, ...staffMails, ...ownersMails] as const;
export const mailKinds = [...switchableMails, ...gatheredMails, ...accountMails] as const;
export type MailKind = (typeof mailKinds)[number];
export type SwitchableMail = (typeof switchableMails)[number];

/** How a site writes mail. `null` takes a setting back. */
export const emailSettings = z
  .strictObject({
    enabled: z.boolean(),
    /** The name mails come from; without one the site's. */
    fromName: text(1, 100).nullable(),
    /** In a domain that the operator allows (`SIDEDESK_MAIL_DOMAINS`); without one `SIDEDESK_MAIL_FROM`. */
    fromAddress: email.nullable(),
    /** Where an answer to a mail goes. */
    replyTo: email.nullable(),
    /** Shown on top of each mail instead of the name. */
    logoUrl: z
      .url({ protocol: /^https$/, error: "An address that begins with https://." })
      .max(2048)
      .nullable(),
    /** Whether mails carry what was written. */
    includeText: z.boolean(),
    /** What is not sent. */
    off: z.array(z.enum(switchableMails)).max(switchableMails.length),
    /** Whether a mail from somebody who answers nothing of ours opens a ticket. */
    inbound: z.strictObject({ newTickets: z.boolean() }).partial(),
  })
  .partial();
export type EmailSettings = z.infer<typeof emailSettings>;

/** A mail to look at. Its links lead nowhere: those of the real one are somebody's. */
export const mailPreview = z
  .strictObject({
    from: z.string(),
    to: z.string(),
    subject: z.string(),
    text: z.string(),
    /** A page with the mail as HTML, to be framed; the address holds for ten minutes without a header. */
    htmlUrl: z.string(),
  })
  .meta({ id: "MailPreview" });
export type MailPreview = z.infer<typeof mailPreview>;
export const mailPreviewQuery = z.strictObject({ kind: z.enum(mailKinds) });
