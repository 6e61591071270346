import mongoose, { Schema, type mongo } from "mongoose";
import { addJobIndexes, jobFields, newJobState, type JobDocument } from "../core/jobs/job-state.ts";

/** What a day's check looks for. Events are missed by their effects: something of them never came to an end. */
export const ledgerParts = ["events", "deliveries", "mails", "notices", "pushes", "alerts"] as const;
export type Damage = Record<(typeof ledgerParts)[number], number>;

/** The check of one day's events, done in the night after it; `_id` is the day, in UTC. */
export interface LedgerDocument extends JobDocument {
  /** How far it is: the id of the last event looked at. */
  after: string | null;
  checked: number;
  /** By site. */
  missing: Record<string, Damage>;
  /** Notices that are not there: `site:id`. Their reader may have removed them, which the second walk tells. */
  absent: string[];
  /** Whether it is on its second walk. */
  isSecond: boolean;
  /** The sum over all sites, once it ended and found any. */
  damage?: Damage;
  /** Owners were told. */
  isTold?: boolean;
}

const schema = new Schema<LedgerDocument>(
  { _id: String, ...jobFields },
  { collection: "ledger_checks", versionKey: false, strict: false, minimize: false },
);
addJobIndexes(schema);
const LedgerModel = mongoose.model<LedgerDocument>("LedgerCheck", schema);
export const ledgers = (): mongo.Collection<LedgerDocument> =>
  LedgerModel.db.collection<LedgerDocument>("ledger_checks");

const dayMs = 86_400_000;
/** When a day is looked at: by then whatever is slow has been tried many times. */
const afterMidnightMs = 2 * 3_600_000;
export const dayOf = (time: Date): string => time.toISOString().slice(0, 10);

/** Sees to it that yesterday is looked at, once. */
export async function planLedger(now: Date): Promise<void> {
  const today = Date.parse(dayOf(now));
  await ledgers().updateOne(
    { _id: dayOf(new Date(today - dayMs)) },
    { $setOnInsert: { ...newLedger(new Date(today + afterMidnightMs)) } },
    { upsert: true },
  );
}

export const newLedger = (at: Date): Omit<LedgerDocument, "_id"> => ({
  ...newJobState(at),
  after: null,
  checked: 0,
  missing: {},
  absent: [],
  isSecond: false,
});

/** The check that ended last. Served by the collection's few documents, one a day. */
export const lastLedger = (): Promise<LedgerDocument | null> =>
  ledgers().findOne({ state: "succeeded" }, { sort: { _id: -1 } });
