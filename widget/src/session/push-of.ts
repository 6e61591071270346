import { pushApi } from "@sidedesk/client";
import { hearPushChange, untilHeard, webPush, type WebPush } from "@sidedesk/ui/web-push";
import type { Desk } from "./desk.ts";

const heard = new WeakSet<Desk>();

/** Push of this browser for who is signed in. Loaded by who uses it, or has used it. */
export function pushOf(desk: Desk): WebPush {
  const push = webPush({
    worker: desk.options.pushWorker,
    scope: desk.options.pushScope,
    key: async () => {
      const site = await desk.loadSite();
      if (!site) throw new Error("The desk did not say which key is its own.");
      return site.vapidPublicKey;
    },
    save: (subscription) => pushApi(desk.http).add(subscription),
    remove: (endpoint) => pushApi(desk.http).remove(endpoint),
    person: () => desk.customer?.id,
  });
  if (!heard.has(desk)) hearPushChange(() => untilHeard(push.renew, () => desk.isSignedIn));
  heard.add(desk);
  return push;
}

/**
 * Somebody else signed in, or nobody is any more: what was somebody's is shown to nobody else. Once in a tab is enough for
 * the same person.
 */
export async function followPerson(desk: Desk): Promise<void> {
  const push = pushOf(desk);
  const person = desk.customer?.id ?? "";
  if (!person) return remember("").then(push.forget);
  if (remembered() === person) return;
  const state = await untilHeard(push.renew, () => desk.customer?.id === person);
  if (state === "on") await remember(person);
}

const place = "sidedesk-push";
function remembered(): string {
  try {
    return sessionStorage.getItem(place) ?? "";
  } catch {
    return ""; // a page may not keep anything: then it is asked each time
  }
}
async function remember(person: string): Promise<void> {
  try {
    sessionStorage.setItem(place, person);
  } catch {
    // As above.
  }
}
