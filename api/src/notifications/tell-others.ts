import type { NotificationState } from "@sidedesk/contract";
import { personRoom } from "../core/live/streams.ts";
import { publishVolatile } from "../core/live/volatile.ts";
import { countUnread } from "./notification.model.ts";
import type { personOf } from "./person.ts";

/** The person's other tabs and devices agree at once; one that misses it reads the count when it next lists. */
export async function tellOthers(
  { siteId, kind, id, recipient }: ReturnType<typeof personOf>,
  what: Omit<NotificationState, "unreadCount"> = {},
): Promise<void> {
  publishVolatile(personRoom(siteId, kind, id), "notification_state", {
    unreadCount: await countUnread(siteId, recipient),
    ...what,
  });
}
