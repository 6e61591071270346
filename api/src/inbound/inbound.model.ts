import type { InboundMail, InboundReason } from "@sidedesk/contract";
import mongoose, { Schema, type mongo } from "mongoose";
import { addJobIndexes, jobFields, type JobDocument } from "../core/jobs/job-state.ts";

/**
 * A mail that came in: what is known of it and what became of it. `_id` is made from its bytes, so that the same mail is
 * the same document however often and on whichever way it is brought. The bytes lie in the storage, under `key`.
 */
export interface InboundDocument extends JobDocument {
  /** Null while nobody knows whose it is: an address of ours that belongs to no site. */
  siteId: string | null;
  source: InboundMail["source"];
  size: number;
  key: string;
  receivedAt: Date;
  /** When it goes, with its bytes, once it has come to an end. */
  removeAt: Date;
  /** Written in the transaction of what it led to, so that a mail is taken once. */
  outcome: "accepted" | "refused" | null;
  reason: InboundReason | null;
  detail: string | null;
  kind: InboundMail["kind"];
  from: { name: string; address: string } | null;
  subject: string;
  /** Digests of the addresses that it was sent to, ours or not: an erasure finds by them what others sent somebody a copy of. */
  sentTo?: string[];
  /** The mail's own id, from its sender, for whom and from whom: present once one was taken, so that no second one is. */
  takenAs?: string;
  ticketId: string | null;
  commentId: string | null;
  customerId: string | null;
  files: InboundMail["files"];
}

/** An accepted or refused mail stays so long, and no longer than its site keeps tickets. */
export const keepDays = 30;
/** One that could not be judged waits longer for somebody to look. */
export const keepFailedDays = 90;

const schema = new Schema<InboundDocument>(
  { _id: String, siteId: String, ...jobFields },
  { collection: "inbound_mails", versionKey: false, strict: false, minimize: false },
);
schema.index({ siteId: 1, receivedAt: -1, _id: -1 }); // the console's list: listInbound
schema.index({ siteId: 1, "from.address": 1, receivedAt: -1 }); // how many somebody sent lately: countFrom; erasure by address
schema.index({ siteId: 1, ticketId: 1 }); // removal with a ticket: forgetInboundAbout
schema.index({ siteId: 1, customerId: 1 }); // erasure: removeInboundOf
schema.index({ siteId: 1, sentTo: 1 }); // erasure, of who was in copy: removeInboundOf
schema.index({ takenAs: 1 }, { unique: true, partialFilterExpression: { takenAs: { $type: "string" } } }); // a mail is taken once
schema.index({ removeAt: 1 }); // what goes: inboundSweep
schema.index({ receivedAt: 1 }, { partialFilterExpression: { state: "held" } }); // what was never stored whole: inboundSweep
addJobIndexes(schema);
const InboundModel = mongoose.model<InboundDocument>("InboundMail", schema);

export const inboundMails = (): mongo.Collection<InboundDocument> =>
  InboundModel.db.collection<InboundDocument>("inbound_mails");

/** How a mail stands, in the words of the contract. */
export const stateOf = ({ outcome, state }: Pick<InboundDocument, "outcome" | "state">): InboundMail["state"] =>
  outcome ?? (state === "failed" ? "failed" : "received");
