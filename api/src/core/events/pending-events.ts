import { events } from "./event.model.ts";
import type { RecordedEvent } from "./find-events.ts";

export type { RecordedEvent } from "./find-events.ts";

/**
 * A site's events that a reaction has not dealt with yet, the latest first: what just happened, for answers that must not
 * wait for the reaction. In calm weather there are none or few; the index of what is due serves it.
 */
export function pendingEvents(siteId: string, reaction: string, limit: number): Promise<RecordedEvent[]> {
  return events()
    .find(
      { nextAt: { $gte: new Date(0) }, siteId, pending: reaction },
      { projection: { siteId: 1, type: 1, actor: 1, data: 1, occurredAt: 1 } },
    )
    .sort({ _id: -1 })
    .limit(limit)
    .toArray();
}
