import type { NotificationPage, notificationQuery } from "@sidedesk/contract";
import type { mongo } from "mongoose";
import type { z } from "zod";
import { decodeCursor, encodeCursor, pageOf, timeOf } from "../core/data/page.ts";
import { invalid } from "../core/errors.ts";
import { countByType, countUnread, notifications, shownNow, type NotificationDocument } from "./notification.model.ts";
import { presentNotification } from "./notification.presenter.ts";
import { personOf, type Person } from "./person.ts";

type Query = z.output<typeof notificationQuery>;
type Sort = NonNullable<Query["sort"]>;
type Filter = mongo.Filter<NotificationDocument>;

const orders = {
  newest: { createdAt: -1, _id: -1 },
  oldest: { createdAt: 1, _id: 1 },
  unread: { read: 1, createdAt: -1, _id: -1 },
} as const satisfies Record<Sort, mongo.Sort>;

/** The caller's own notices, a page of them, and how many are unread in all; of each type too if asked. @throws AppError 400 */
export async function listNotifications(caller: Person, query: Query): Promise<NotificationPage> {
  const { siteId, recipient } = personOf(caller);
  const limit = query.limit ?? 50;
  const sort = query.sort ?? "newest";
  const filter: Filter = {
    siteId,
    recipient,
    ...(query.type ? { type: { $in: query.type } } : {}),
    ...(query.unread ? { read: query.unread !== "true" } : {}),
    ...shownNow(),
  };
  const wanted: Filter = query.cursor ? { $and: [filter, after(sort, query.cursor)] } : filter;
  const [found, unreadCount, counts] = await Promise.all([
    notifications()
      .find(wanted)
      .sort(orders[sort])
      .limit(limit + 1)
      .toArray(),
    countUnread(siteId, recipient),
    query.counts === "true" ? countByType(siteId, recipient) : undefined,
  ]);
  const { rows, nextCursor } = pageOf(found, limit, (last) =>
    encodeCursor([sort, last.read ? 1 : 0, last.createdAt.getTime(), last._id]),
  );
  return { data: rows.map(presentNotification), nextCursor, unreadCount, ...(counts ? { counts } : {}) };
}

/** @throws AppError 400 for a cursor of another order */
function after(sort: Sort, cursor: string): Filter {
  const [of, read, time, id] = decodeCursor(cursor, ["s", "n", "n", "s"]);
  const at = timeOf(time);
  if (of !== sort) throw invalid("cursor", "This cursor belongs to another order.");
  const way = sort === "oldest" ? "$gt" : "$lt";
  const below = [{ createdAt: { [way]: at } }, { createdAt: at, _id: { [way]: String(id) } }] as Filter[];
  if (sort !== "unread") return { $or: below };
  // Unread ones stand before read ones; a notice read in between moves down and may show twice, but none is left out.
  const here = read === 1;
  return here ? { read: true, $or: below } : { $or: [{ read: true }, { read: false, $or: below }] };
}
