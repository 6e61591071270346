import type { AlertChannel, AlertKind } from "@sidedesk/contract";
import mongoose, { Schema, type mongo } from "mongoose";
import { addJobIndexes, jobFields, type JobDocument } from "../core/jobs/job-state.ts";

/** One thing that a message tells of. It names the ticket and holds none of its words: those are read when it is sent. */
export interface AlertItem {
  /** Of the event and where it is told: what is told once has one id, however often it is asked for. */
  id: string;
  about: "created" | "raised" | "status" | "warning" | "breached" | "costs" | "summary" | "test";
  at: Date;
  ticketId?: string;
  /** Of costs, which no document of their own stands for yet. */
  eventId?: string;
  before?: string;
  after?: string;
}

/** One message to one channel, with all that is gathered in it. */
export interface AlertDocument extends JobDocument {
  siteId: string;
  channel: AlertChannel;
  kind: AlertKind | "test";
  /** Where it goes, as the log shows it: a host, or a number. */
  to: string;
  /** Messages of one lane go one after the other, a minute apart. */
  laneId: string;
  /** Whatever the service asks for holds for all lanes through one gate. */
  gateId: string;
  /** The one message of its lane that still gathers, until it is first tried. */
  isOpen?: boolean;
  items: AlertItem[];
  count: number;
  createdAt: Date;
  sentAt?: Date;
}

const schema = new Schema<AlertDocument>(
  { _id: String, siteId: String, ...jobFields },
  { collection: "alerts", versionKey: false, strict: false, minimize: false },
);
schema.index({ laneId: 1 }, { unique: true, partialFilterExpression: { isOpen: true } }); // one gathers: addToAlert
schema.index({ "items.id": 1 }, { unique: true, partialFilterExpression: { "items.id": { $exists: true } } }); // nothing is told twice: addToAlert
schema.index({ siteId: 1, createdAt: -1, _id: -1 }); // the site's log: listAlerts
schema.index({ siteId: 1, channel: 1, createdAt: -1, _id: -1 }); // the log of one channel; several merge in order
schema.index({ siteId: 1, "items.ticketId": 1 }); // removal with a ticket: removeAlertsAbout
addJobIndexes(schema); // claimInTurn
const AlertModel = mongoose.model<AlertDocument>("Alert", schema);
export const alerts = (): mongo.Collection<AlertDocument> => AlertModel.db.collection<AlertDocument>("alerts");

/** When the next message may go: through one lane, or at all to where a service has asked to wait. */
export interface GateDocument {
  _id: string;
  siteId: string;
  nextAt: Date;
  /** Which message has the lane; the others wait until it has come to an end. */
  holder?: string;
}
const gateSchema = new Schema<GateDocument>(
  { _id: String, siteId: String, nextAt: Date, holder: String },
  { collection: "alert_gates", versionKey: false },
);
const GateModel = mongoose.model<GateDocument>("AlertGate", gateSchema);
/** Found by id alone. */
export const gates = (): mongo.Collection<GateDocument> => GateModel.db.collection<GateDocument>("alert_gates");
