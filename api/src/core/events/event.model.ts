import type { Actor, DomainEvent, EventType } from "@sidedesk/contract";
import { model, Schema } from "mongoose";

/** One thing that happened, written in the transaction that made it happen, and what is still to follow from it. */
export interface EventDocument {
  _id: string;
  siteId: string;
  type: EventType;
  actor: Actor;
  data: DomainEvent["data"];
  occurredAt: Date;
  /** Reactions still to run. Only shrinks. */
  pending: string[];
  /** When a relay should look at it (again); absent once nothing is pending, which is what the relay's index goes by. */
  nextAt?: Date;
  /** Which claim pushed `nextAt` last. */
  claim?: string;
  /** How often it was claimed, whether or not anything was heard of it afterwards. */
  claims: number;
  /** Nobody is ever told of it, not even by a replay: it is there for the history. */
  isQuiet?: true;
  /** How many runs ended with at least one reaction failing. */
  attempts: number;
  lastError?: { reaction: string; message: string; at: Date };
  /** Documents that reactions made of it, by table: what was decided at fan-out, for the nightly ledger check. */
  made?: string[];
  doneAt?: Date;
  /** Set only when nothing is pending, so that pending work never expires. */
  expireAt?: Date;
}

const schema = new Schema<EventDocument>(
  {
    _id: { type: String, required: true },
    siteId: { type: String, required: true },
    type: { type: String, required: true },
    actor: { type: Schema.Types.Mixed, required: true },
    data: { type: Schema.Types.Mixed, required: true },
    occurredAt: { type: Date, required: true },
    pending: { type: [String], required: true },
    nextAt: Date,
    claim: String,
    claims: { type: Number, required: true },
    isQuiet: Boolean,
    attempts: { type: Number, required: true },
    lastError: Schema.Types.Mixed,
    made: { type: [String], default: undefined },
    doneAt: Date,
    expireAt: Date,
  },
  { collection: "events", versionKey: false, minimize: false },
);
schema.index({ "data.ticketId": 1, _id: 1 }, { sparse: true }); // serves a ticket's history: findEvents
schema.index({ "data.customerId": 1 }, { partialFilterExpression: { type: "customer.updated" } }); // serves erasure: removeEventsOfCustomer
schema.index({ type: 1, "data.customerId": 1 }, { partialFilterExpression: { type: "event.published" } }); // and for the owner's own
// The same for what somebody was told of their costs.
schema.index({ type: 1, "data.customerId": 1 }, { name: "budgets", partialFilterExpression: { type: "budget.alert" } });
schema.index(
  { type: 1, "data.customerId": 1 },
  { name: "anomalies", partialFilterExpression: { type: "cost.anomaly" } },
);
schema.index({ nextAt: 1 }, { partialFilterExpression: { nextAt: { $exists: true } } }); // serves the relay's sweep: claimEvents
schema.index({ expireAt: 1 }, { expireAfterSeconds: 0 }); // removes what has long been done

export const EventModel = model<EventDocument>("Event", schema);

/** The raw collection: events are written and claimed past Mongoose documents, since every command pays for it. */
export const events = () => EventModel.db.collection<EventDocument>("events");
