import { longestSnoozeDays } from "@sidedesk/contract";
import { invalid, notFound } from "../core/errors.ts";
import type { Sweep } from "../core/jobs/sweeps.ts";
import { publish } from "../core/live/publish.ts";
import { tellOthers } from "./mark-notifications.ts";
import { alive, notifications } from "./notification.model.ts";
import { presentNotification } from "./notification.presenter.ts";
import { personIn, personOf, streamOf, type Person } from "./person.ts";

const dayMs = 86_400_000;

/** Puts a notice away until a moment; from then on it is there again, unread. @throws AppError 400, 404 */
export async function snooze(caller: Person, id: string, until: Date): Promise<void> {
  const now = Date.now();
  if (until.getTime() <= now) throw invalid("until", "Name a moment in the future.");
  if (until.getTime() > now + longestSnoozeDays * dayMs)
    throw invalid("until", `At most ${longestSnoozeDays} days ahead.`);
  const { siteId, recipient } = personOf(caller);
  const { matchedCount } = await notifications().updateOne({ _id: id, siteId, recipient, ...alive() }, [
    {
      $set: {
        read: false,
        snoozedUntil: until,
        // It must still be there then, with time to be read.
        expireAt: { $max: ["$expireAt", new Date(until.getTime() + 7 * dayMs)] },
      },
    },
  ]);
  if (matchedCount === 0) throw notFound("notification");
  await tellOthers(personOf(caller));
}

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
