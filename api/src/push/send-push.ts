import { findStaff, loadCustomer } from "../accounts/index.ts";
import { serverNow } from "../core/data/server-time.ts";
import { again, failed, retry, succeeded, type JobRun, type Outcome } from "../core/jobs/define-job.ts";
import { loadNotification, personIn } from "../notifications/index.ts";
import { loadPreferences } from "../preferences/index.ts";
import { findSite } from "../sites/index.ts";
import { composePush } from "./compose-push.ts";
import { postPush, type Posted } from "./post-push.ts";
import type { PushDocument } from "./push.model.ts";
import { loadSubscription, noteSeen, subscriptions, unseal, type SubscriptionDocument } from "./subscription.model.ts";
import { wantsPush } from "./wants-push.ts";

/** How long a push service keeps it for a browser that is away. */
const keepSeconds = 3 * 86_400;

/** Tries to bring one notice to one browser. What it says is put together anew at each try. */
export const run: JobRun<PushDocument> = async (push, { signal }) => {
  const { siteId, recipient, subscriptionId, notificationId, isUrgent } = push;
  const [subscription, notice, site, preferences] = await Promise.all([
    loadSubscription(subscriptionId),
    loadNotification(siteId, notificationId),
    findSite(siteId),
    loadPreferences({ siteId, ...personIn(recipient) }),
  ]);
  if (subscription?.recipient !== recipient) return cancelled("The browser was switched off, or is somebody else's.");
  if (!notice || notice.deleted || !site || notice.expireAt <= new Date()) return cancelled("The notice is gone.");
  if (notice.read || (notice.snoozedUntil ?? 0) > new Date()) return cancelled("It was read, or put away, before.");
  if (!preferences || !(await isThere(push))) return cancelled("The person is not there any more.");
  const wanted = await wantsPush(notice);
  if (!wanted) return cancelled("It is not wanted any more.");
  // Quiet hours may have been set since.
  const now = serverNow();
  if (wanted.at > now) return again({}, (wanted.at.getTime() - now.getTime()) / 1000);
  const ttl = Math.round(keepSeconds - (now.getTime() - push.createdAt.getTime()) / 1000);
  const message = composePush(site, recipient, notice, { lang: preferences.locale, isShort: push.isShort });
  const posted = await postPush(unseal(subscription), message, { ttl: Math.max(0, ttl), isUrgent, signal });
  return settle(push, subscription, posted);
};

async function settle(push: PushDocument, subscription: SubscriptionDocument, posted: Posted): Promise<Outcome> {
  switch (posted.result) {
    case "taken":
      await noteSeen(subscription, new Date());
      return succeeded({ sentAt: new Date() });
    case "gone":
      // Unless the browser has subscribed anew meanwhile, under the same address.
      await subscriptions().deleteOne({ _id: subscription._id, sealed: subscription.sealed });
      return cancelled(posted.detail);
    case "too-long":
      if (push.isShort) return failed(posted.detail);
      return retry(posted.detail, { set: { isShort: true } });
    case "refused":
      return failed(posted.detail);
    case "later":
      return retry(posted.detail, { afterSeconds: posted.waitSeconds });
  }
}

const cancelled = (error: string): Outcome => ({ state: "cancelled", error });

async function isThere({ siteId, recipient }: PushDocument): Promise<boolean> {
  const { kind, id } = personIn(recipient);
  return (await (kind === "customer" ? loadCustomer(siteId, id) : findStaff(siteId, id))) !== null;
}
