/**
 * Loads a piece as soon as the page holds one of its elements, now or later. One that does not come is asked for again at
 * the next such element, when there is a network again, and else after a while.
 */
export function watchElements(lazy: string, load: () => Promise<unknown>, patience = 30_000): void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = (): void => {
    clearTimeout(timer);
    if (document.querySelector(lazy)) load().then(stop, () => (timer = setTimeout(look, patience)));
  };
  const stop = (): void => {
    watcher.disconnect();
    removeEventListener("online", look);
  };
  const watcher = new MutationObserver((changes) => {
    const hasNew = changes.some(({ addedNodes }) =>
      [...addedNodes].some((node) => node instanceof Element && (node.matches(lazy) || node.querySelector(lazy))),
    );
    if (hasNew) look();
  });
  watcher.observe(document.documentElement, { childList: true, subtree: true });
  addEventListener("online", look);
  look();
}
