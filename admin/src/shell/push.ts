import type { Client } from "@sidedesk/client";
import { hearPushChange, webPush, type WebPush } from "@sidedesk/ui/web-push";
import { go, paths } from "../router.ts";

/** Push of this browser for who is signed in to the console. The desk serves the worker itself. */
export const pushOf = (client: Client): WebPush =>
  webPush({
    worker: "",
    scope: "/admin",
    key: async () => (await client.push.list()).vapidPublicKey,
    save: (subscription) => client.push.add(subscription),
    remove: (endpoint) => client.push.remove(endpoint),
  });

/** Opens what a pushed notice is about when it is pressed, and tells the desk when the browser's address for them has changed. */
export function hearPush(client: Client): void {
  hearPushChange(() => pushOf(client).renew());
  navigator.serviceWorker?.addEventListener(
    "message",
    ({ data, ports }: MessageEvent<{ sidedesk?: string } | null>) => {
      const view = data?.sidedesk;
      if (!view) return;
      ports[0]?.postMessage(1); // so that no other page is asked
      go(view.startsWith("ticket:") ? paths.ticket(view.slice("ticket:".length)) : paths.queue());
    },
  );
}
