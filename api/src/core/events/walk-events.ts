import { Types, type mongo } from "mongoose";
import { events, type EventDocument } from "./event.model.ts";
import type { RecordedEvent } from "./find-events.ts";

/** Narrows events, by their type and what they carry. */
export type EventFilter = mongo.Filter<EventDocument>;

/**
 * A site's events since a moment that fit `filter`, oldest first: for telling once more what happened. Quiet ones are left
 * out, as they were then. Walks along the ids, which begin with the time.
 */
export async function walkEvents(
  siteId: string,
  given: { since: Date; after?: string | undefined; limit: number; filter: EventFilter },
): Promise<RecordedEvent[]> {
  const from = Types.ObjectId.createFromTime(Math.max(0, Math.floor(given.since.getTime() / 1000))).toHexString();
  const _id = given.after && given.after > from ? { $gt: given.after } : { $gte: from };
  return events()
    .find(
      { ...given.filter, _id, siteId, occurredAt: { $gte: given.since }, isQuiet: { $exists: false } },
      { projection: { siteId: 1, type: 1, actor: 1, data: 1, occurredAt: 1 } },
    )
    .sort({ _id: 1 })
    .limit(given.limit)
    .toArray();
}
