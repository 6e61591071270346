import type { NumberedEvent } from "@sidedesk/contract";
import { model, Schema } from "mongoose";

/** One numbered entry of a stream. Its id comes from what it tells, so that telling twice stores once. */
export interface EntryDocument {
  _id: string;
  stream: string;
  n: number;
  event: NumberedEvent;
  type: string;
  occurredAt: Date;
  data: unknown;
  /** Only this member of staff. */
  to?: string;
  expireAt: Date;
}

/** The last number a stream gave. Outlives the entries, so that a number is never given twice. */
export interface CounterDocument {
  _id: string;
  last: number;
  /** Of a withdrawal of access: when, by the database's clock, and when it may be forgotten. */
  at?: Date;
  expireAt?: Date;
}

const entrySchema = new Schema<EntryDocument>(
  {
    _id: { type: String, required: true },
    stream: { type: String, required: true },
    n: { type: Number, required: true },
    event: { type: String, required: true },
    type: { type: String, required: true },
    occurredAt: { type: Date, required: true },
    data: Schema.Types.Mixed,
    to: String,
    expireAt: { type: Date, required: true },
  },
  { collection: "stream_entries", versionKey: false, minimize: false },
);
entrySchema.index({ stream: 1, n: 1 }, { unique: true }); // serves catching up, and proves that no number was given twice
entrySchema.index({ expireAt: 1 }, { expireAfterSeconds: 0 }); // removes what is older than what a client may ask for

const counterSchema = new Schema<CounterDocument>(
  { _id: { type: String, required: true }, last: { type: Number, required: true }, at: Date, expireAt: Date },
  { collection: "stream_counters", versionKey: false },
);
counterSchema.index({ at: 1 }, { sparse: true }); // serves the sweep's look for withdrawals of access
counterSchema.index({ expireAt: 1 }, { expireAfterSeconds: 0, sparse: true }); // forgets them

const EntryModel = model<EntryDocument>("StreamEntry", entrySchema);
const CounterModel = model<CounterDocument>("StreamCounter", counterSchema);

export const entries = () => EntryModel.db.collection<EntryDocument>("stream_entries");
export const counters = () => CounterModel.db.collection<CounterDocument>("stream_counters");
/** Only what no failover can take back is shown: its number would be given again, to something else. */
export const lasting = { readConcern: "majority" } as const;
