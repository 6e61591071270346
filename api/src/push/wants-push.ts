import { serverNow } from "../core/data/server-time.ts";
import { personIn, type loadNotification } from "../notifications/index.ts";
import { whenToPush } from "../preferences/index.ts";

type Notice = NonNullable<Awaited<ReturnType<typeof loadNotification>>>;

/** Whether whoever a notice is for wants to be told of it by push, and when: at the end of quiet hours, or at once. */
export async function wantsPush(notice: Notice): Promise<{ at: Date; isUrgent: boolean } | null> {
  const { siteId, recipient, type } = notice;
  const isCritical = notice.isCritical === true;
  const now = serverNow();
  const at = await whenToPush({ siteId, ...personIn(recipient) }, { type, isCritical }, now);
  return at && { at: at > now ? at : new Date(0), isUrgent: isCritical };
}
