import { AsyncLocalStorage } from "node:async_hooks";

// Loads are shared between callers, so none may run inside the transaction of whoever came first.
const outside = AsyncLocalStorage.snapshot();

/**
 * A small read-through cache of one process. Entries live `ttlMs` milliseconds: other processes see a change at most that
 * late, this one at once through `forget`. Concurrent reads of a missing key share one load.
 */
export function cache<T>(
  ttlMs: number,
  load: (key: string) => Promise<T>,
  max = 5000,
): { get(key: string): Promise<T>; forget(key: string): void; clear(): void } {
  const entries = new Map<string, { value: Promise<T>; until: number }>();
  return {
    get(key) {
      const found = entries.get(key);
      if (found && found.until > Date.now()) return found.value;
      if (entries.size >= max) entries.clear();
      // A Mongoose query runs each time it is awaited: keep a promise, not what was handed in.
      const value = outside(async () => await load(key));
      entries.set(key, { value, until: Date.now() + ttlMs });
      value.catch(() => entries.delete(key));
      return value;
    },
    forget: (key) => void entries.delete(key),
    clear: () => entries.clear(),
  };
}
