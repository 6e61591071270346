import mongoose, { Schema, type mongo } from "mongoose";
import { idOf } from "../core/data/ids.ts";
import { addJobIndexes, jobFields, type JobDocument } from "../core/jobs/job-state.ts";

/** One attempt, as it is kept. The body sent is the delivery's own. */
export interface Attempt {
  at: Date;
  class: string;
  status: number | null;
  latencyMs: number;
  error: string | null;
  url: string;
  address: string | null;
  /** The head that was sent, as text: a list of pairs costs the database many times as much. */
  sent: string;
  response: {
    status: number;
    head: string;
    body: string | null;
    truncated: boolean;
  } | null;
}
/** A head of so many headers as it is kept, and back by {@link headOfText}. */
export const textOfHead = (headers: readonly (readonly [name: string, value: string])[]): string =>
  headers.map(([name, value]) => `${name}: ${value}`).join("\n");
/** Nothing of what an earlier version kept in another way. */
export const headOfText = (text = ""): Record<string, string> =>
  Object.fromEntries(
    text.split("\n").flatMap((line) => {
      const colon = line.indexOf(": ");
      return colon > 0 ? [[line.slice(0, colon), line.slice(colon + 2)]] : [];
    }),
  );

/** One event on its way to one endpoint. */
export interface DeliveryDocument extends JobDocument {
  siteId: string;
  webhookId: string;
  eventId: string;
  eventType: string;
  eventAt: Date;
  /** The bytes that are signed, the same at each attempt. */
  body: string;
  /** Ids of the ticket and the customer it speaks of. */
  about: string[];
  attempts: Attempt[];
  createdAt: Date;
  /** Moved to a later time because its endpoint does not keep up. */
  isParked?: boolean;
  /** The replay that made it due last. */
  replayId?: string;
  /** When the answers' bodies are forgotten, if any answer had one. */
  bodiesUntil?: Date;
}

const schema = new Schema<DeliveryDocument>(
  { _id: String, siteId: String, webhookId: String, ...jobFields },
  { collection: "webhook_deliveries", versionKey: false, strict: false, minimize: false },
);
schema.index({ webhookId: 1, createdAt: -1, _id: -1 }); // an endpoint's log: listDeliveries; replays; removal with it
schema.index(
  { webhookId: 1, createdAt: -1, _id: -1 },
  { name: "failed", partialFilterExpression: { state: "failed" } }, // the log of what failed
);
schema.index(
  { webhookId: 1, createdAt: -1, _id: -1 },
  { name: "held", partialFilterExpression: { state: "held" } }, // what is held: release, heldCount
);
schema.index(
  { webhookId: 1, nextAttemptAt: 1 },
  { partialFilterExpression: { state: "pending" } }, // what waits for one endpoint: hold, park
);
schema.index({ siteId: 1, about: 1 }); // removal with a ticket or customer: removeDeliveriesAbout
schema.index({ bodiesUntil: 1 }, { sparse: true }); // forgetBodies
/**
 * What is due, with whose it is: choosing among it reads the keys alone. By time, then by id, which is as good as drawn by
 * lot: of what is due at the same moment the first are of all endpoints, not all of the first.
 */
const dueBy = { _id: 1, webhookId: 1, siteId: 1, state: 1 } as const;
export const dueIndex = { nextAttemptAt: 1, ...dueBy } as const;
addJobIndexes(schema, dueBy); // claimFairly
const DeliveryModel = mongoose.model<DeliveryDocument>("WebhookDelivery", schema);
export const deliveries = (): mongo.Collection<DeliveryDocument> =>
  DeliveryModel.db.collection<DeliveryDocument>("webhook_deliveries");

/** The same event goes to the same endpoint as one delivery, however often it is made. */
export const deliveryId = (eventId: string, webhookId: string): string => idOf(eventId, webhookId);
