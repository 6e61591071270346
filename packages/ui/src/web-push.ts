/**
 * Whether this browser shows messages while no page is open. `unsupported`: it cannot; `unready`: the page's owner has not
 * put the worker file in its place; `denied`: its user said no, and only they can take that back.
 */
export type PushState = "unsupported" | "unready" | "denied" | "off" | "on";

/** How a browser is told, and untold, to whom its subscription belongs. */
export interface PushDoor {
  /** Where the worker file is, on the page's own origin; empty for where it is by default, undefined when there is none. */
  worker: string | undefined;
  /** The worker's own corner; without, its address, so that it never takes over the pages of another worker. */
  scope?: string | undefined;
  /** The desk's public key, as base64url. */
  key: () => Promise<string>;
  save: (subscription: WebPushSubscription) => Promise<unknown>;
  remove: (endpoint: string) => Promise<unknown>;
  /** Who is signed in: what one person had on is not shown to the next, also while the desk cannot be told. */
  person: () => string | undefined;
}
export interface WebPushSubscription {
  endpoint: string;
  expirationTime: number | null;
  keys: { p256dh: string; auth: string };
}

export interface WebPush {
  /** How it stands. Where it is on, it is from now on for whoever is signed in. */
  find: () => Promise<PushState>;
  /** Asks for leave, so it is called by a press and before anything else that takes time. */
  turnOn: () => Promise<PushState>;
  turnOff: () => Promise<PushState>;
  /** As {@link find}, where it was turned on before; begins nothing. */
  renew: () => Promise<PushState>;
  /** Ends it without telling the desk, as nobody is signed in any more: the push service will. */
  forget: () => Promise<void>;
}

const usualWorker = "/sidedesk-push-worker.js";

/** Push of one browser for one desk: permission, worker, subscription. Knows neither server nor words. */
export function webPush(door: PushDoor): WebPush {
  const address = () => new URL(door.worker || usualWorker, location.href).href;
  const scope = () => new URL(door.scope ?? new URL(address()).pathname, location.href).href;

  /** The worker that is there; a page that runs the same file for purposes of its own has it already. */
  const registered = async (): Promise<ServiceWorkerRegistration | undefined> => {
    if (!("serviceWorker" in navigator)) return undefined;
    const all = await navigator.serviceWorker.getRegistrations();
    return (
      all.find((one) => one.scope === scope()) ??
      (door.scope ? undefined : all.find((one) => one.active?.scriptURL === address()))
    );
  };
  const register = async (): Promise<ServiceWorkerRegistration | undefined> => {
    const url = trusted(address());
    return (await registered()) ?? navigator.serviceWorker.register(url, { scope: scope() }).catch(() => undefined);
  };
  const subscription = async () => (await registered())?.pushManager.getSubscription();
  const subscribe = ({ pushManager }: ServiceWorkerRegistration, key: string): Promise<PushSubscription> =>
    pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: bytesOf(key) });
  const save = async (found: PushSubscription, key: string): Promise<PushState> => {
    await door.save(found.toJSON() as WebPushSubscription);
    const { endpoint } = mark(scope());
    keepMark(scope(), { key, endpoint: found.endpoint, person: door.person() });
    if (endpoint && endpoint !== found.endpoint) await door.remove(endpoint).catch(() => undefined); // nothing comes by it any more
    return "on";
  };
  const judge = async (registration: ServiceWorkerRegistration): Promise<PushState> => {
    if (Notification.permission !== "granted") {
      keepMark(scope());
      return Notification.permission === "denied" ? "denied" : "off";
    }
    const before = mark(scope());
    let found = await registration.pushManager.getSubscription();
    if (found && before.person !== undefined && before.person !== door.person()) {
      await found.unsubscribe(); // somebody else's: ended here, before anything that may fail
      found = null;
    }
    const key = await door.key();
    // Nobody turned it off: the browser let it go, or it was another's.
    if (!found && before.key === key) found = await subscribe(registration, key).catch(() => null);
    if (!found) return "off";
    if (isOf(found, key)) return save(found, key);
    await found.unsubscribe(); // of a desk that was here before: nothing comes by it any more
    return "off";
  };
  const forget = async (): Promise<void> => {
    keepMark(scope());
    await (await subscription())?.unsubscribe();
  };

  return {
    forget,
    async find() {
      const never = whyNever(door);
      if (never) return never;
      const registration = await register();
      return registration ? judge(registration) : "unready";
    },
    async renew() {
      const never = whyNever(door);
      const registration = never ? undefined : await registered();
      return never ?? (registration ? judge(registration) : "off");
    },
    async turnOn() {
      const never = whyNever(door);
      if (never) return never;
      const permission = await Notification.requestPermission();
      if (permission !== "granted") return permission === "denied" ? "denied" : "off";
      const registration = await register();
      if (!registration) return "unready";
      await active(registration);
      const key = await door.key();
      const before = await registration.pushManager.getSubscription();
      if (before && !isOf(before, key)) await before.unsubscribe();
      const found = await subscribe(registration, key);
      return save(found, key).catch(async (error: unknown) => {
        await found.unsubscribe();
        throw error;
      });
    },
    async turnOff() {
      keepMark(scope());
      const found = await subscription();
      if (!found) return "off";
      await found.unsubscribe();
      await door.remove(found.endpoint).catch(() => undefined); // else the push service says so, at the next message
      return "off";
    },
  };
}

/** Does `act` whenever the worker says that its browser has changed its subscription by itself. */
export function hearPushChange(act: () => Promise<unknown>): void {
  navigator.serviceWorker?.addEventListener("message", ({ data }: MessageEvent<{ sidedeskPush?: string } | null>) => {
    if (data?.sidedeskPush) void act();
  });
}

/**
 * Tells the desk until it has heard, for what nobody presses a button for: again when there is a network, and after a
 * while, longer each time; not when the desk refuses for good, nor when `isMeant` says that it is no longer so. @returns
 * how it stands, if the desk has heard
 */
export async function untilHeard(
  tell: () => Promise<PushState>,
  isMeant: () => boolean,
  patience = 5000,
): Promise<PushState | undefined> {
  for (let wait = patience; isMeant(); wait = Math.min(2 * wait, 600_000)) {
    try {
      return await tell();
    } catch (error) {
      const { status = 0 } = error as { status?: number };
      if (status >= 400 && status < 500 && status !== 429) return undefined;
    }
    await new Promise<void>((resolve) => {
      const go = (): void => {
        clearTimeout(timer);
        removeEventListener("online", go);
        resolve();
      };
      const timer = setTimeout(go, wait);
      addEventListener("online", go);
    });
  }
  return undefined;
}

/** That push was turned on here, by whom, under which of a desk's keys, and the address that the desk has: of one worker of this origin. */
interface Mark {
  key?: string;
  endpoint?: string;
  person?: string | undefined;
}
const placeOf = (scope: string): string => `sidedesk-push ${scope}`;
function mark(scope: string): Mark {
  try {
    return JSON.parse(localStorage.getItem(placeOf(scope)) ?? "{}") as Mark;
  } catch {
    return {}; // a page may not keep anything: then a subscription that is lost has to be turned on again
  }
}
function keepMark(scope: string, kept?: Mark): void {
  try {
    if (kept) localStorage.setItem(placeOf(scope), JSON.stringify(kept));
    else localStorage.removeItem(placeOf(scope));
  } catch {
    // As above.
  }
}

function whyNever({ worker }: PushDoor): PushState | undefined {
  // A sealed frame has no workers: even looking for them throws.
  if (self.origin === "null") return "unsupported";
  if (!("serviceWorker" in navigator && "PushManager" in window && "Notification" in window)) return "unsupported";
  return worker === undefined ? "unready" : undefined;
}

const bytesOf = (base64url: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64url.replaceAll("-", "+").replaceAll("_", "/")), (char) => char.charCodeAt(0));

function isOf({ options }: PushSubscription, key: string): boolean {
  const used = options.applicationServerKey && new Uint8Array(options.applicationServerKey);
  return !!used && bytesOf(key).every((byte, index) => byte === used[index]);
}

/** Waits until the worker runs; one that cannot is an error. */
function active({ active: done, waiting, installing }: ServiceWorkerRegistration): Promise<void> {
  const worker = waiting ?? installing;
  if (done || !worker) return Promise.resolve();
  return new Promise((resolve, reject) => {
    worker.addEventListener("statechange", () => {
      if (worker.state === "activated") resolve();
      else if (worker.state === "redundant") reject(new Error("The push worker did not start."));
    });
  });
}

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScriptURL: (url: string) => string },
  ): {
    createScriptURL(url: string): string;
  };
}
let policy: ReturnType<TrustedTypes["createPolicy"]> | undefined;

/**
 * A worker is code: where the page asks for it, its address is vouched for, if it is of the page's own origin. Of the two
 * names that a page allows us Lit has taken one, or the page's own Lit the other.
 */
function trusted(url: string): string {
  const { trustedTypes } = window as { trustedTypes?: TrustedTypes };
  for (const name of ["sidedesk", "lit-html"])
    try {
      policy ??= trustedTypes?.createPolicy(name, {
        createScriptURL: (given) => (new URL(given).origin === location.origin ? given : ""),
      });
    } catch {
      // With neither the browser refuses, and push is not ready.
    }
  return policy ? policy.createScriptURL(url) : url;
}
