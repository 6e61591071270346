import mongoose, { Schema, type mongo } from "mongoose";
import { isDuplicate } from "../core/data/is-duplicate.ts";
import { eachField, spreadsOf, type Counts, type DayFigures, type SpreadField } from "./day-figures.ts";
import { dateOf, dayOfDate, type DayNumber } from "./site-days.ts";
import { classCount, type Spread } from "./spread.ts";

/** The figures of one day of a site, as they stood when `rolled` was `seq`. */
export interface FigureDayDocument extends Partial<Counts> {
  /** Site, time zone and date, so that days are read in order along it. */
  _id: string;
  siteId: string;
  timezone: string;
  /** Raised by whatever may have changed a ticket of the day. */
  seq: number;
  /** The `seq` that the figures take account of; absent before they were first made. */
  rolled?: number;
  /** Whether `rolled` is behind. */
  dirty: boolean;
  running?: mongo.Binary;
  solved?: mongo.Binary;
  spread?: Record<SpreadField, Spread>;
  counts?: Record<SpreadField, mongo.Binary>;
  /** By class: `c<index>`. */
  values?: Record<SpreadField, Record<string, mongo.Binary>>;
}

const schema = new Schema<FigureDayDocument>(
  { _id: String, siteId: String },
  { collection: "figure_days", versionKey: false, strict: false },
);
schema.index({ siteId: 1, timezone: 1, _id: -1 }, { partialFilterExpression: { dirty: true } }); // findDirty; `_id` serves the rest
const FigureDayModel = mongoose.model<FigureDayDocument>("FigureDay", schema);
export const figureDays = (): mongo.Collection<FigureDayDocument> =>
  FigureDayModel.db.collection<FigureDayDocument>("figure_days");

const scope = (siteId: string, timezone: string): string => `${siteId}|${timezone}|`;
export const figureDayId = (siteId: string, timezone: string, day: DayNumber): string =>
  scope(siteId, timezone) + dateOf(day);
export const dayOfId = (id: string): DayNumber => dayOfDate(id.slice(id.lastIndexOf("|") + 1));

/** All days of a site, in whatever time zone. */
export const siteFilter = (siteId: string): mongo.Filter<FigureDayDocument> => ({
  _id: { $gt: `${siteId}|`, $lt: `${siteId}}` },
});

/** The days of `[from, to)`, as a range of ids. */
export function daysFilter(
  siteId: string,
  timezone: string,
  from: DayNumber | null,
  to: DayNumber | null,
): mongo.Filter<FigureDayDocument> {
  const prefix = scope(siteId, timezone);
  return {
    _id: {
      $gte: from === null ? prefix : prefix + dateOf(from),
      $lt: to === null ? `${prefix}~` : prefix + dateOf(to),
    },
  };
}

const binary = (values: Float64Array | Int32Array): mongo.Binary =>
  new mongoose.mongo.Binary(Buffer.from(values.buffer, values.byteOffset, values.byteLength));

/** Copied, because what came from the wire need not stand at a multiple of eight. */
const bytesOf = (value: mongo.Binary | undefined): ArrayBuffer =>
  value ? new Uint8Array(value.buffer.subarray(0, value.length())).buffer : new ArrayBuffer(0);
export const readFloats = (value: mongo.Binary | undefined): Float64Array => new Float64Array(bytesOf(value));
export const readCounts = (value: mongo.Binary | undefined): Int32Array =>
  value ? new Int32Array(bytesOf(value)) : new Int32Array(classCount);
export function readSolved(value: mongo.Binary | undefined): Map<DayNumber, number> {
  const pairs = new Int32Array(bytesOf(value));
  const solved = new Map<DayNumber, number>();
  for (let index = 0; index < pairs.length; index += 2) solved.set(pairs[index] ?? 0, pairs[index + 1] ?? 0);
  return solved;
}

/** A day's figures as they are stored. */
function stored(figures: DayFigures): Partial<FigureDayDocument> {
  const { first, resolution, late, running, solved, ...counts } = figures;
  const spreads = spreadsOf({ first, resolution, late });
  const byClass = (values: ReadonlyMap<number, Float64Array>) =>
    Object.fromEntries([...values].map(([index, some]) => [`c${index}`, binary(some)]));
  return {
    ...counts,
    running: binary(running),
    solved: binary(Int32Array.from([...solved].flat())),
    spread: spreads.spread,
    counts: eachField((field) => binary(spreads.counts[field])),
    values: eachField((field) => byClass(spreads.values[field])),
  };
}

/**
 * Stores what was computed from tickets read after the day's `seq` was. Whoever computed from an older one comes too late
 * and changes nothing; the day stays dirty when something has raised `seq` meanwhile.
 */
export async function storeDay(
  key: { siteId: string; timezone: string; day: DayNumber },
  seq: number,
  figures: DayFigures,
): Promise<void> {
  const { siteId, timezone, day } = key;
  const _id = figureDayId(siteId, timezone, day);
  const set = { siteId, timezone, rolled: seq, ...stored(figures) };
  try {
    await figureDays().updateOne(
      { _id, $or: [{ rolled: { $exists: false } }, { rolled: { $lte: seq } }] },
      [
        {
          $set: {
            // Literal, because categories are names that people chose.
            ...Object.fromEntries(Object.entries(set).map(([name, value]) => [name, { $literal: value }])),
            seq: { $ifNull: ["$seq", seq] },
            dirty: { $gt: [{ $ifNull: ["$seq", seq] }, seq] },
          },
        },
      ],
      { upsert: true },
    );
  } catch (error) {
    // The filter found nothing because a newer one is there, and the upsert met it.
    if (!isDuplicate(error)) throw error;
  }
}
