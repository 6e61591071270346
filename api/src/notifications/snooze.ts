import { longestSnoozeDays } from "@sidedesk/contract";
import type { mongo } from "mongoose";
import { invalid } from "../core/errors.ts";
import type { Sweep } from "../core/jobs/sweeps.ts";
import { publish } from "../core/live/publish.ts";
import { notifications } from "./notification.model.ts";
import { presentNotification } from "./notification.presenter.ts";
import { personIn, streamOf } from "./person.ts";
import { tellOthers } from "./tell-others.ts";

const dayMs = 86_400_000;

/** @throws AppError 400 for what is past, or too far off */
export function wakeTime(until: string | undefined): Date {
  const time = Date.parse(until ?? "");
  const now = Date.now();
  if (!(time > now)) throw invalid("until", "Name a moment in the future.");
  if (time > now + longestSnoozeDays * dayMs) throw invalid("until", `At most ${longestSnoozeDays} days ahead.`);
  return new Date(time);
}

/** How a notice is put away until a moment. */
export const putAway = (until: Date): mongo.Document[] => [
  {
    $set: {
      read: false,
      snoozedUntil: until,
      // It must still be there then, with time to be read.
      expireAt: { $max: ["$expireAt", new Date(until.getTime() + 7 * dayMs)] },
    },
  },
];

/** Shows what came back on the screens that are open. Lists have it by themselves from the very moment. */
async function showReturned(): Promise<void> {
  for (;;) {
    const notice = await notifications().findOne({ snoozedUntil: { $lte: new Date() } });
    if (!notice) return;
    const { _id, siteId, recipient, snoozedUntil } = notice;
    if (!snoozedUntil) return;
    const { kind, id } = personIn(recipient);
    // The same entry however often it is tried, so the note that it was shown may come last.
    await publish([streamOf(siteId, kind, id)], "notification", {
      sourceId: `${_id}:${snoozedUntil.getTime()}`,
      type: "notification.returned",
      occurredAt: snoozedUntil,
      data: presentNotification(notice),
    });
    await notifications().updateOne({ _id, snoozedUntil }, { $unset: { snoozedUntil: "" } });
    await tellOthers({ siteId, kind, id, recipient });
  }
}

export const notificationSweeps: Sweep[] = [{ name: "notifications.snoozed", everySeconds: 1, run: showReturned }];
