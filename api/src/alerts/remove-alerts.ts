import { inSession } from "../core/data/transaction.ts";
import { alerts } from "./alert.model.ts";

/**
 * Takes some tickets out of every message, sent or not, and removes those that were about nothing else; as part of the open
 * transaction if there is one. What has arrived in a chat room is there: nobody can take that back.
 */
export async function removeAlertsAbout(siteId: string, ticketIds: readonly string[]): Promise<void> {
  const about = { siteId, "items.ticketId": { $in: [...ticketIds] } };
  const ids = (
    await alerts()
      .find(about, { projection: { _id: 1 }, ...inSession() })
      .toArray()
  ).map(({ _id }) => _id);
  if (ids.length === 0) return;
  await alerts().updateMany(
    { _id: { $in: ids } },
    [
      {
        $set: {
          items: { $filter: { input: "$items", cond: { $not: [{ $in: ["$$this.ticketId", [...ticketIds]] }] } } },
        },
      },
      { $set: { count: { $size: "$items" } } },
    ],
    inSession(),
  );
  await alerts().deleteMany({ _id: { $in: ids }, count: 0 }, inSession());
}
