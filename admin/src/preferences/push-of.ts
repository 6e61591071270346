import { webPush, type WebPush } from "@sidedesk/ui/web-push";
import type { Session } from "../shell/session.ts";

/** Push of this browser for whoever is signed in to the console: its worker is the desk's own, with a corner of its own. */
export const pushOf = ({ client }: Session): WebPush =>
  webPush({
    worker: "",
    scope: "/admin",
    key: async () => (await client.push.list()).vapidPublicKey,
    save: (subscription) => client.push.add(subscription),
    remove: (endpoint) => client.push.remove(endpoint),
  });
