import type { NotificationState } from "@sidedesk/contract";
import { personRoom } from "../core/live/streams.ts";
import { publishVolatile } from "../core/live/volatile.ts";
import { countUnread } from "./notification.model.ts";
import { personOf, type Person } from "./person.ts";

/** The person's other tabs and devices agree at once; when Redis was away, by {@link tellAgain}. */
export async function tellOthers(
  { siteId, kind, id, recipient }: ReturnType<typeof personOf>,
  what: Omit<NotificationState, "unreadCount"> = {},
): Promise<void> {
  publishVolatile(personRoom(siteId, kind, id), "notification_state", {
    unreadCount: await countUnread(siteId, recipient),
    ...what,
  });
}

/** The same for somebody's screens on this process, when what was told may have reached nobody. */
export async function tellAgain(person: Person): Promise<void> {
  const { siteId, kind, id, recipient } = personOf(person);
  const unreadCount = await countUnread(siteId, recipient);
  publishVolatile(personRoom(siteId, kind, id), "notification_state", { unreadCount }, { local: true });
}
