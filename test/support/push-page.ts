import type { PushMessage } from "@sidedesk/contract";
import type { BrowserContext, Page } from "playwright-core";
import type { PushBrowser } from "./push-browser.ts";
import { until } from "./until.ts";

/** Allows messages, and gives what a push service would, which no test reaches: a subscription, as long as the page lives. */
export async function lendSubscription(context: BrowserContext, { subscription }: PushBrowser): Promise<void> {
  await context.grantPermissions(["notifications"]);
  await context.addInitScript((given) => {
    let current: unknown = null;
    const end = () => {
      current = null;
      return Promise.resolve(true);
    };
    const give = (to: typeof given, buffer: ArrayBuffer) => {
      current = {
        endpoint: to.endpoint,
        options: { applicationServerKey: buffer },
        toJSON: () => to,
        unsubscribe: end,
      };
      return Promise.resolve(current);
    };
    Object.assign(PushManager.prototype, {
      subscribe: ({ applicationServerKey: { buffer } }: { applicationServerKey: Uint8Array<ArrayBuffer> }) =>
        give(given, buffer),
      getSubscription: () => Promise.resolve(current),
    });
    window.addEventListener("lend", ({ detail }: CustomEventInit<typeof given>) => {
      if (detail) void give(detail, (current as { options: PushSubscriptionOptions }).options.applicationServerKey!);
    });
  }, subscription);
}

/**
 * The browser lets a page's subscription go, and its worker hears of it, which a test has to say: no push service is
 * reached. What the worker asks for instead is lent by `next`. @returns the keys that the worker asked with
 */
export async function losePush(context: BrowserContext, page: Page, next: PushBrowser): Promise<string[]> {
  const key = await page.evaluate(async () => {
    const [registration] = await navigator.serviceWorker.getRegistrations();
    const found = await registration!.pushManager.getSubscription();
    return btoa(String.fromCharCode(...new Uint8Array(found!.options.applicationServerKey!)));
  });
  await page.evaluate((detail) => void window.dispatchEvent(new CustomEvent("lend", { detail })), next.subscription);
  const worker = await until(() => context.serviceWorkers()[0], { what: "the worker" });
  const asked = await worker.evaluate(async (old) => {
    const keys: string[] = [];
    const scope = self as unknown as { PushManager: { prototype: object } } & EventTarget;
    Object.assign(scope.PushManager.prototype, {
      subscribe({
        applicationServerKey,
        userVisibleOnly,
      }: {
        applicationServerKey: Uint8Array;
        userVisibleOnly: boolean;
      }) {
        if (userVisibleOnly) keys.push(btoa(String.fromCharCode(...applicationServerKey)));
        return Promise.resolve({});
      },
    });
    const waits: Promise<unknown>[] = [];
    const applicationServerKey = Uint8Array.from(atob(old), (letter) => letter.charCodeAt(0));
    const change = Object.assign(new Event("pushsubscriptionchange"), {
      oldSubscription: { options: { applicationServerKey } },
      newSubscription: null,
      waitUntil: (work: Promise<unknown>) => void waits.push(work),
    });
    scope.dispatchEvent(change);
    await Promise.all(waits);
    return keys;
  }, key);
  return asked.map((one) => (one === key ? "the same" : one));
}

/** Hands a message to the page's push worker, as the browser does when its push service brings one. */
export async function deliverPush(page: Page, message: PushMessage): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const origin = new URL(page.url()).origin;
  const found = new Promise<string>((resolve) => {
    session.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => {
      const ours = registrations.find(({ scopeURL, isDeleted }) => scopeURL.startsWith(origin) && !isDeleted);
      if (ours) resolve(ours.registrationId);
    });
  });
  await session.send("ServiceWorker.enable");
  const data = JSON.stringify(message);
  await session.send("ServiceWorker.deliverPushMessage", { origin, registrationId: await found, data });
  await session.detach();
}

/** What the page's worker shows now, once there is something. */
export const shownPushes = (page: Page): Promise<{ title: string; body: string; tag: string }[]> =>
  until(
    async () => {
      const found = await page.evaluate(async () => {
        const all = await navigator.serviceWorker.getRegistrations();
        const shown = await Promise.all(all.map((one) => one.getNotifications()));
        return shown.flat().map(({ title, body, tag }) => ({ title, body, tag }));
      });
      return found.length > 0 && found;
    },
    { what: "a notification" },
  );

/** Presses what is shown; a test has no hand, so no window comes to the front. */
export async function pressPush(context: BrowserContext): Promise<void> {
  const worker = await until(() => context.serviceWorkers()[0], { what: "the worker" });
  await worker.evaluate(async () => {
    const scope = self as unknown as EventTarget & { registration: ServiceWorkerRegistration };
    const [notification] = await scope.registration.getNotifications();
    const { NotificationEvent: Press } = self as unknown as {
      NotificationEvent: new (type: string, init: object) => Event;
    };
    scope.dispatchEvent(new Press("notificationclick", { notification }));
  });
}
