import type { AlertKind } from "@sidedesk/contract";
import { idOf } from "../core/data/ids.ts";
import { isDuplicate } from "../core/data/is-duplicate.ts";
import { ledgerTable, noteMade } from "../core/events/made.ts";
import { wake } from "../core/jobs/alarms.ts";
import { newJobState } from "../core/jobs/job-state.ts";
import { alertJob } from "./alert.job.ts";
import { alerts, type AlertItem } from "./alert.model.ts";
import type { Line } from "./lines.ts";

/** A message gathers this many, so that it stays a small document; what is more waits another minute. */
const mostGathered = 2000;

/**
 * Adds something to the message of its lane that is yet to be sent, or begins one; once for an id however often it is
 * asked for, since no two messages may hold the same.
 */
export async function addToAlert(
  line: Line,
  kind: AlertKind,
  eventId: string,
  about: Omit<AlertItem, "id">,
): Promise<void> {
  const laneId = idOf(line.gateId, kind);
  const item: AlertItem = { id: idOf(eventId, laneId), ...about };
  noteMade(eventId, "alert", item.id);
  const { state: _pending, attempt: _none, ...due } = newJobState();
  for (;;) {
    try {
      const { upsertedCount } = await alerts().updateOne(
        {
          laneId,
          isOpen: true,
          state: "pending",
          attempt: 0,
          count: { $lt: mostGathered },
          "items.id": { $ne: item.id },
        },
        {
          $push: { items: item },
          $inc: { count: 1 },
          $setOnInsert: {
            _id: item.id,
            siteId: line.siteId,
            channel: line.channel,
            kind,
            to: line.to,
            gateId: line.gateId,
            createdAt: new Date(),
            ...due,
          },
        },
        { upsert: true },
      );
      if (upsertedCount > 0) wake(alertJob);
      return;
    } catch (error) {
      if (!isDuplicate(error)) throw error;
      if (await alerts().findOne({ "items.id": item.id }, { projection: { _id: 1 } })) return;
      // The one that gathered is being sent, or is full: the next begins.
      await alerts().updateOne(
        {
          laneId,
          isOpen: true,
          $or: [{ state: { $ne: "pending" } }, { attempt: { $gt: 0 } }, { count: { $gte: mostGathered } }],
        },
        { $unset: { isOpen: "" } },
      );
    }
  }
}

ledgerTable("alert", async (ids) => {
  const found = await alerts()
    .find({ "items.id": { $in: [...ids] } }, { projection: { "items.id": 1 } })
    .toArray();
  const there = new Set(found.flatMap(({ items }) => items.map(({ id }) => id)));
  return ids.filter((id) => !there.has(id));
});
