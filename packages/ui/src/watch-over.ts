/** So often what is on screen is refreshed without a connection. */
const pace = 30_000;
const signs = ["online", "visibilitychange", "pageshow", "resume"];

/** Of a `LiveClient` what is asked here. */
interface Connection {
  readonly state: string;
  readonly isAlone: boolean;
  /** Only counts are behind then; false where those are not worth a refresh. */
  readonly isPolling?: boolean;
  pause(): void;
}

/**
 * Watches over a page's live connection: wakes it when there is a network again, somebody looks, or the device was
 * asleep; refreshes what is on screen while it is down and somebody looks; and lets one go that nobody looks at, if no
 * other page has a part in it.
 *
 * @param refresh asks for what is on screen again; called before `wake` if the connection was down
 * @returns how to stop that
 */
export function watchOver(live: () => Connection | null, refresh: () => void, wake: () => void): () => void {
  let tickedAt = Date.now();
  const handleSign = (event?: Event): void => {
    const isOnline = event?.type === "online";
    if (document.hidden && !isOnline) return;
    if (isOnline || live()?.state !== "online") refresh();
    wake();
  };
  const timer = setInterval(() => {
    const slept = Date.now() - tickedAt > 2 * pace;
    tickedAt = Date.now();
    const now = live();
    const isOnline = now?.state === "online";
    if (document.hidden) {
      // Nobody looks: what this page would miss, it gets when it is looked at.
      if (isOnline && now.isAlone) now.pause();
    } else if (slept) handleSign();
    else if (navigator.onLine && (!isOnline || now.isPolling)) refresh();
  }, pace);
  for (const name of signs) addEventListener(name, handleSign, true);
  return () => {
    clearInterval(timer);
    for (const name of signs) removeEventListener(name, handleSign, true);
  };
}
