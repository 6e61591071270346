import type { EventType } from "@sidedesk/contract";
import { events, type EventDocument } from "./event.model.ts";

export type RecordedEvent = Pick<EventDocument, "_id" | "siteId" | "type" | "actor" | "data" | "occurredAt">;

/**
 * A ticket's events, oldest first, for its history. Events whose reactions are done leave after 30 days: what must be
 * kept longer belongs to the feature's own documents.
 */
export function findEvents(
  siteId: string,
  by: { ticketId: string; types?: readonly EventType[]; after?: string; limit?: number },
): Promise<RecordedEvent[]> {
  return events()
    .find(
      {
        "data.ticketId": by.ticketId,
        siteId,
        ...(by.types ? { type: { $in: [...by.types] } } : {}),
        ...(by.after ? { _id: { $gt: by.after } } : {}),
      },
      { projection: { siteId: 1, type: 1, actor: 1, data: 1, occurredAt: 1 } },
    )
    .sort({ _id: 1 })
    .limit(by.limit ?? 1000)
    .toArray();
}

/** Some of a site's events, as far as they are still there. Served by their ids. */
export const findEventsById = (siteId: string, ids: readonly string[]): Promise<RecordedEvent[]> =>
  events()
    .find({ _id: { $in: [...ids] }, siteId }, { projection: { siteId: 1, type: 1, actor: 1, data: 1, occurredAt: 1 } })
    .toArray();
