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

/** Whether any of some events has yet to be run for the first time. */
export async function isAnyUntried(ids: readonly string[]): Promise<boolean> {
  const untried = { _id: { $in: [...ids] }, nextAt: { $exists: true }, attempts: 0 };
  return (await events().findOne(untried, { projection: { _id: 1 } })) !== null;
}
