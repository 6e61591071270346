import { newId } from "../data/ids.ts";
import { serverNow } from "../data/server-time.ts";
import { events, type EventDocument } from "./event.model.ts";

/**
 * How long a claimed event is left to whoever claimed it, the first two times: so soon it is somebody else's whose claimer was
 * killed, and the next one, too. Longer with every further claim that came to nothing.
 */
export const leaseMs = 5000;

/**
 * Takes up to `limit` events that are due, by pushing `nextAt` ahead by the database's clock: what becomes of nobody's
 * hands is due again by itself. Another relay that found the same events at the same moment gets none of them.
 */
export async function claimEvents(limit: number): Promise<EventDocument[]> {
  const due = await events()
    .find({ nextAt: { $lte: serverNow() } })
    .sort({ nextAt: 1 })
    .limit(limit)
    .toArray();
  if (due.length === 0) return [];
  const claim = newId();
  const ids = due.map((event) => event._id);
  const claims = { $add: ["$claims", 1] };
  const growth = { $min: [12, { $max: [1, "$claims"] }] };
  const { modifiedCount } = await events().updateMany(
    { _id: { $in: ids }, nextAt: { $type: "date" }, $expr: { $lte: ["$nextAt", "$$NOW"] } },
    [{ $set: { claim, claims, nextAt: { $add: ["$$NOW", { $multiply: [leaseMs, growth] }] } } }],
    { writeConcern: { w: 1 } }, // a claim that is lost with a server is taken again: reactions may run twice
  );
  if (modifiedCount === due.length) return due;
  const ours = await events()
    .find({ _id: { $in: ids }, claim }, { projection: { _id: 1 } })
    .toArray();
  const won = new Set(ours.map((event) => event._id));
  return due.filter((event) => won.has(event._id));
}

/** The events among `ids` of which something is still pending. */
export const loadPending = (ids: readonly string[]): Promise<EventDocument[]> =>
  events()
    .find({ _id: { $in: [...ids] }, nextAt: { $exists: true } })
    .toArray();
