import type { mongo } from "mongoose";
import { valuesOf } from "../data/values-of.ts";
import { mostKept, type Outcome } from "./define-job.ts";
import type { JobDocument } from "./job-state.ts";

type State = JobDocument["state"];

export interface SettleOptions {
  schedule: readonly number[];
  jitter: number;
  keepDays: { succeeded: number; failed: number };
}

export interface Settlement<D extends JobDocument> {
  document: D;
  outcome: Outcome;
  options: SettleOptions;
}

/** What is to be written of one settlement. */
interface Write {
  document: JobDocument;
  state: State;
  /** Fields by their values. */
  set: Record<string, unknown>;
  /** What is added to the end of lists. */
  push: Record<string, readonly unknown[]>;
  /** Times, as so many milliseconds from the server's now. */
  times: Record<string, number>;
  error: string | undefined;
  isUncounted: boolean;
}

/**
 * Writes how some tries ended, each if its lease is still this worker's. Those that ended alike are one command.
 * @returns for each the state the document is in now, or undefined when somebody else has taken it over
 */
export async function settleAll<D extends JobDocument>(
  collection: mongo.Collection<D>,
  settlements: readonly Settlement<D>[],
): Promise<(State | undefined)[]> {
  const writes = settlements.map(writeOf);
  const alike = new Map<string, Write[]>();
  for (const write of writes) {
    const shape = shapeOf(write);
    alike.set(shape, [...(alike.get(shape) ?? []), write]);
  }
  const matched = await Promise.all([...alike.values()].map((group) => settleGroup(collection, group)));
  if (matched.reduce((sum, count) => sum + count, 0) === writes.length) return writes.map(({ state }) => state);
  // Rare: which were not ours any more (or were written by an earlier go of this whose answer was lost)?
  const ids = writes.map(({ document }) => document._id);
  const found = await collection.find({ _id: { $in: ids } } as mongo.Filter<D>).toArray();
  const byId = new Map(found.map((document) => [document._id as string, document]));
  return writes.map(({ document, state, isUncounted }) => {
    const now = byId.get(document._id);
    const attempt = document.attempt - (isUncounted ? 1 : 0);
    return now?.attempt === attempt && now.lease === undefined && now.state === state ? state : undefined;
  });
}

/** The same for one. */
export const settle = async <D extends JobDocument>(
  collection: mongo.Collection<D>,
  document: D,
  outcome: Outcome,
  options: SettleOptions,
): Promise<State | undefined> => (await settleAll(collection, [{ document, outcome, options }]))[0];

/** @returns how many were ours */
async function settleGroup<D extends JobDocument>(collection: mongo.Collection<D>, group: Write[]): Promise<number> {
  const { filter, update } = updateOf(group);
  try {
    return (await collection.updateMany(filter as unknown as mongo.Filter<D>, update)).matchedCount;
  } catch (error) {
    if (group.length === 1) throw error;
    // What cannot be written of one must not hold up the others.
    const alone = await Promise.allSettled(group.map((write) => settleGroup(collection, [write])));
    const failed = alone.find((result) => result.status === "rejected");
    if (failed) throw failed.reason;
    return alone.reduce((sum, result) => sum + (result.status === "fulfilled" ? result.value : 0), 0);
  }
}

function writeOf<D extends JobDocument>({ document, outcome, options }: Settlement<D>): Write {
  const failures = document.failures ?? 0;
  const schedule = outcome.state === "retry" && outcome.schedule ? outcome.schedule : options.schedule;
  const wait = schedule[failures];
  const state = stateAfter(outcome, wait);
  const given = Object.entries(outcome.set ?? {}).filter(([, value]) => value !== undefined);
  const set: Record<string, unknown> = Object.fromEntries(given);
  const times: Record<string, number> = {};
  if (outcome.state === "retry") set["failures"] = failures + 1;
  if (outcome.state === "again") set["failures"] = 0;
  if (outcome.state === "again" || outcome.state === "release")
    times["nextAttemptAt"] = (outcome.afterSeconds ?? 0) * 1000;
  else if (state === "pending") {
    const varied = (wait ?? 0) * (1 + (Math.random() * 2 - 1) * options.jitter);
    const afterSeconds = "afterSeconds" in outcome ? (outcome.afterSeconds ?? 0) : 0;
    times["nextAttemptAt"] = Math.round(Math.max(varied, afterSeconds) * 1000);
  } else if (state !== "held") {
    times["settledAt"] = 0;
    times["expireAt"] = (state === "failed" ? options.keepDays.failed : options.keepDays.succeeded) * 86_400_000;
  }
  const error = "error" in outcome ? outcome.error.slice(0, 2000) : undefined;
  return { document, state, set, push: outcome.push ?? {}, times, error, isUncounted: outcome.state === "release" };
}

function stateAfter(outcome: Outcome, wait: number | undefined): State {
  if (outcome.state === "again" || outcome.state === "release") return "pending";
  if (outcome.state !== "retry") return outcome.state;
  return wait === undefined ? "failed" : "pending";
}

const shapeOf = ({ state, set, push, times, error, isUncounted }: Write): string =>
  JSON.stringify([
    state,
    Object.keys(set).sort(),
    Object.keys(push).sort(),
    Object.keys(times).sort(),
    error === undefined,
    isUncounted,
  ]);

/** One update for several that ended alike. */
function updateOf(group: Write[]): { filter: mongo.Document; update: mongo.Document[] } {
  const [{ state, set, push, times, error, isUncounted }] = group as [Write];
  const ids = group.map(({ document }) => document._id);
  const valueOf = valuesOf(ids);
  const each = (read: (write: Write) => unknown): mongo.Document => valueOf(group.map(read));
  const fields: mongo.Document = { state };
  for (const name of Object.keys(set)) fields[name] = each((write) => write.set[name]);
  for (const name of Object.keys(push)) {
    const list = [{ $ifNull: [`$${name}`, []] }, each((write) => write.push[name])];
    fields[name] = { $slice: [{ $concatArrays: list }, -mostKept] };
  }
  for (const name of Object.keys(times)) fields[name] = { $add: ["$$NOW", each((write) => write.times[name])] };
  if (error !== undefined) fields["lastError"] = { message: each((write) => write.error), at: "$$NOW" };
  if (isUncounted) fields["attempt"] = { $subtract: ["$attempt", 1] };
  return {
    filter: { _id: { $in: ids }, state: "inflight", $expr: { $eq: ["$lease", each((write) => write.document.lease)] } },
    update: [{ $set: fields }, { $unset: ["lease", "leaseUntil"] }],
  };
}
