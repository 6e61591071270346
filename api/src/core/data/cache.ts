import { AsyncLocalStorage } from "node:async_hooks";

// Loads are shared between callers, so none may run inside the transaction of whoever came first.
const outside = AsyncLocalStorage.snapshot();
const mostFresh = 5;

/**
 * A small read-through cache of one process. Entries live `ttlMs` milliseconds: other processes see a change at most that
 * late, this one at once through `forget`. Concurrent reads of a missing key share one load.
 */
export function cache<T>(
  ttlMs: number,
  load: (key: string) => Promise<T>,
  max = 5000,
): { get(key: string): Promise<T>; fresh(key: string): Promise<T>; forget(key: string): void; clear(): void } {
  const looks = { since: 0, of: new Map<string, number>() };
  const entries = new Map<string, { value: Promise<T>; until: number }>();
  const get = (key: string): Promise<T> => {
    const found = entries.get(key);
    if (found && found.until > Date.now()) return found.value;
    if (entries.size >= max) entries.clear();
    // A Mongoose query runs each time it is awaited: keep a promise, not what was handed in.
    const value = outside(async () => await load(key));
    entries.set(key, { value, until: Date.now() + ttlMs });
    value.catch(() => entries.delete(key));
    return value;
  };
  return {
    get,
    /**
     * Looks past what is kept, for who did not find there what another process may have just written; as {@link get} after
     * a few times in `ttlMs`, so that asking for what is not there makes no more work than that.
     */
    fresh(key) {
      const now = Date.now();
      if (now - looks.since > ttlMs || looks.of.size >= max) {
        looks.since = now;
        looks.of.clear();
      }
      const times = looks.of.get(key) ?? 0;
      if (times >= mostFresh) return get(key);
      looks.of.set(key, times + 1);
      entries.delete(key);
      return get(key);
    },
    forget: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}
