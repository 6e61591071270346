import type { BudgetAlert, CostAnomaly, DomainEvents, MailKind, NoticeType, TicketStatus } from "@sidedesk/contract";
import mongoose, { Schema, type mongo } from "mongoose";
import { missingIn } from "../core/events/made.ts";
import { addJobIndexes, jobFields, type JobDocument } from "../core/jobs/job-state.ts";

/** What an event said that what it was about does not say for ever. */
export interface MailFacts {
  /** Who did it. */
  by?: string;
  team?: string;
  status?: TicketStatus;
  dueAt?: Date;
  host?: string;
  stage?: DomainEvents["webhook.failing"]["stage"];
  budget?: BudgetAlert;
  anomaly?: CostAnomaly;
  /** What the owner told, in their words. */
  notice?: { type: NoticeType; title: string; message: string; link: string | null };
}

/** A mail that goes out with others. */
export interface GatheredMail {
  /** The id it would have by itself. */
  id: string;
  kind: MailKind;
  ticketId: string | null;
  commentId: string | null;
  facts?: MailFacts;
  createdAt: Date;
}

/**
 * One mail to one person. It holds ids, not text: what it says is put together when it is sent, from things that do not
 * change, so that an erasure leaves no copy behind.
 */
export interface EmailDocument extends JobDocument {
  siteId: string;
  kind: MailKind;
  to: string;
  toName: string;
  customerId: string | null;
  staffId: string | null;
  /** To somebody who is nobody yet. */
  registrationId?: string;
  ticketId: string | null;
  commentId: string | null;
  facts?: MailFacts;
  /** What a `digest` holds. */
  gathered?: GatheredMail[];
  createdAt: Date;
  sentAt?: Date;
  /** How often the line broke after the whole message was handed over: the server may have taken it each time. */
  unknownOutcomes?: number;
}

const schema = new Schema<EmailDocument>(
  {
    _id: String,
    siteId: String,
    kind: String,
    to: String,
    toName: String,
    customerId: String,
    staffId: String,
    registrationId: String,
    ticketId: String,
    commentId: String,
    facts: Schema.Types.Mixed,
    gathered: Schema.Types.Mixed,
    createdAt: Date,
    sentAt: Date,
    unknownOutcomes: Number,
    ...jobFields,
  },
  { collection: "emails", versionKey: false, minimize: false },
);
schema.index({ siteId: 1, createdAt: -1, _id: -1 }); // the site's mail log: listEmails
schema.index({ siteId: 1, ticketId: 1 }); // removal with a ticket: removeMailsAbout
schema.index({ siteId: 1, "gathered.ticketId": 1 }, { sparse: true }); // the same, of those that hold several
schema.index({ siteId: 1, customerId: 1 }); // erasure: removeMailsTo
schema.index({ siteId: 1, to: 1 }, { partialFilterExpression: { registrationId: { $exists: true } } }); // the same, of those sent before
addJobIndexes(schema);
const EmailModel = mongoose.model<EmailDocument>("Email", schema);

export const emails = (): mongo.Collection<EmailDocument> => EmailModel.db.collection<EmailDocument>("emails");

/** Which of these mails are not there: for the nightly ledger check. */
export const missingMails = (ids: readonly string[]): Promise<string[]> => missingIn(emails(), ids);
