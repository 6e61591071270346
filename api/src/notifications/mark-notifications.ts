import type { NoticeType } from "@sidedesk/contract";
import { notFound } from "../core/errors.ts";
import { personRoom } from "../core/live/streams.ts";
import { publishVolatile } from "../core/live/volatile.ts";
import { alive, countUnread, notifications, shownNow } from "./notification.model.ts";
import { personOf, type Person } from "./person.ts";

/** @throws AppError 404 */
export async function markRead(caller: Person, id: string): Promise<void> {
  const { siteId, recipient } = personOf(caller);
  const { matchedCount } = await notifications().updateOne(
    { _id: id, siteId, recipient, ...alive() },
    { $set: { read: true } },
  );
  if (matchedCount === 0) throw notFound("notification");
  await tellOthers(personOf(caller));
}

/** All of them, or all of one type. */
export async function markAllRead(caller: Person, type?: NoticeType): Promise<void> {
  const { siteId, recipient } = personOf(caller);
  await notifications().updateMany(
    { siteId, recipient, read: false, ...(type ? { type } : {}), ...shownNow() },
    { $set: { read: true } },
  );
  await tellOthers(personOf(caller));
}

/** @throws AppError 404 */
export async function deleteNotification(caller: Person, id: string): Promise<void> {
  const { siteId, recipient } = personOf(caller);
  const { deletedCount } = await notifications().deleteOne({ _id: id, siteId, recipient });
  if (deletedCount === 0) throw notFound("notification");
  await tellOthers(personOf(caller));
}

/** The person's other tabs and devices agree at once; one that misses it reads the count when it next lists. */
export async function tellOthers({ siteId, kind, id, recipient }: ReturnType<typeof personOf>): Promise<void> {
  publishVolatile(personRoom(siteId, kind, id), "notification_state", {
    unreadCount: await countUnread(siteId, recipient),
  });
}
