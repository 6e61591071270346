import { hearPress } from "@sidedesk/ui/push-press";
import { hearPushChange, untilHeard, webPush, type WebPush } from "@sidedesk/ui/web-push";
import { go, paths } from "../router.ts";
import type { Session } from "./session.ts";

/** Push of this browser for who is signed in to the console. The desk serves the worker itself. */
export const pushOf = ({ client, staff }: Pick<Session, "client" | "staff">): WebPush =>
  webPush({
    worker: "",
    scope: "/admin",
    key: async () => (await client.push.list()).vapidPublicKey,
    save: (subscription) => client.push.add(subscription),
    remove: (endpoint) => client.push.remove(endpoint),
    person: () => staff?.id,
  });

/** Where push is on it is from now on of whoever is signed in, and of the site that they look at, too. */
export async function followPerson(session: Session): Promise<void> {
  const { staff, slug } = session;
  if (staff)
    await untilHeard(
      () => pushOf(session).renew(),
      () => session.staff?.id === staff.id && session.slug === slug,
    );
}

/** Opens what a pushed notice is about when it is pressed, and tells the desk when the browser's address for them has changed. */
export function hearPush(session: Session): void {
  hearPushChange(() => followPerson(session));
  hearPress((view) => go(view.startsWith("ticket:") ? paths.ticket(view.slice("ticket:".length)) : paths.queue()));
}
