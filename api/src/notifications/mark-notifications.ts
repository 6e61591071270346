import { noticeUndoMinutes, type NoticeBulkInput, type NoticeType } from "@sidedesk/contract";
import type { mongo } from "mongoose";
import { notFound } from "../core/errors.ts";
import {
  alive,
  binOf,
  notifications,
  shownNow,
  type NotificationDocument,
  type Recipient,
} from "./notification.model.ts";
import { personOf, type Person } from "./person.ts";
import { putAway, wakeTime } from "./snooze.ts";
import { tellOthers } from "./tell-others.ts";

type Change = mongo.UpdateFilter<NotificationDocument> | mongo.Document[];
type Filter = mongo.Filter<NotificationDocument>;

/** @throws AppError 404 */
export async function markRead(caller: Person, id: string): Promise<void> {
  await changeOne(caller, { action: "read", ids: [id] });
}

/** Off the list at once; for ten minutes it can be brought back. @throws AppError 404 */
export async function deleteNotification(caller: Person, id: string): Promise<void> {
  await changeOne(caller, { action: "delete", ids: [id] });
}

/** Puts a notice away until a moment; from then on it is there again, unread. @throws AppError 400, 404 */
export async function snooze(caller: Person, id: string, until: string): Promise<void> {
  await changeOne(caller, { action: "snooze", ids: [id], until });
}

async function changeOne(caller: Person, input: NoticeBulkInput): Promise<void> {
  if ((await changeNotifications(caller, input)) === 0) throw notFound("notification");
}

/** All of them, or all of one type. */
export async function markAllRead(caller: Person, type?: NoticeType): Promise<void> {
  const { siteId, recipient } = personOf(caller);
  await notifications().updateMany(
    { siteId, recipient, read: false, ...(type ? { type } : {}), ...shownNow() },
    { $set: { read: true } },
  );
  await tellOthers(personOf(caller), { action: "read", ...(type ? { noticeType: type } : {}) });
}

/** Does one thing to some of the caller's own notices; whatever else is named stays as it is. @returns how many it was done to @throws AppError 400 */
export async function changeNotifications(caller: Person, { action, ids, until }: NoticeBulkInput): Promise<number> {
  const { siteId, recipient } = personOf(caller);
  const change = async (on: Recipient, how: Change, more: Filter = {}) =>
    (await notifications().updateMany({ _id: { $in: [...ids] }, siteId, recipient: on, ...alive(), ...more }, how))
      .matchedCount;
  const actions = {
    // What is put away comes back unread, whatever a screen does that has not heard of it yet.
    read: () => change(recipient, [{ $set: { read: { $not: [{ $gt: ["$snoozedUntil", "$$NOW"] }] } } }]),
    delete: () => change(recipient, putIn(recipient)),
    snooze: () => change(recipient, putAway(wakeTime(until))),
    restore: async () => {
      // In this order: what was deleted while it was put away comes back put away.
      const woken = await change(recipient, { $unset: { snoozedUntil: "" } }, { snoozedUntil: { $gt: new Date() } });
      return woken + (await change(binOf(recipient), takeOut(recipient)));
    },
  };
  const changed = await actions[action]();
  if (changed) await tellOthers(personOf(caller), { action, ids });
  return changed;
}

/** What is deleted goes for good after a while, or with the time it had anyway. */
function putIn(recipient: Recipient): mongo.Document[] {
  const end = new Date(Date.now() + noticeUndoMinutes * 60_000);
  return [
    {
      $set: {
        recipient: binOf(recipient),
        deleted: { expireAt: "$expireAt", snoozedUntil: "$snoozedUntil" },
        expireAt: { $min: ["$expireAt", end] },
      },
    },
    { $unset: "snoozedUntil" },
  ];
}

const takeOut = (recipient: Recipient): mongo.Document[] => [
  { $set: { recipient, expireAt: "$deleted.expireAt", snoozedUntil: "$deleted.snoozedUntil" } },
  { $unset: "deleted" },
];
