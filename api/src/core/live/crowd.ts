/**
 * Several of something, of which there is nearly always one: that one is kept without a Set around it, since thousands of
 * live connections would be thousands of Sets.
 */
export type Crowd<T extends object> = T | Set<T> | undefined;

export function withOne<T extends object>(crowd: Crowd<T>, one: T): Crowd<T> {
  if (crowd === undefined || crowd === one) return one;
  return crowd instanceof Set ? crowd.add(one) : new Set([crowd, one]);
}

export function withoutOne<T extends object>(crowd: Crowd<T>, one: T): Crowd<T> {
  if (!(crowd instanceof Set)) return crowd === one ? undefined : crowd;
  crowd.delete(one);
  return crowd.size > 0 ? crowd : undefined;
}

/** Those who are there; who leaves while they are gone through is left out. */
export function membersOf<T extends object>(crowd: Crowd<T>): Iterable<T> {
  if (crowd === undefined) return [];
  return crowd instanceof Set ? crowd : [crowd];
}

/** Crowds by name; one that nobody is left in is forgotten. */
export class Rooms<T extends object> {
  readonly #rooms = new Map<string, Crowd<T>>();

  join(room: string, one: T): void {
    this.#rooms.set(room, withOne(this.#rooms.get(room), one));
  }
  leave(room: string, one: T): void {
    const after = withoutOne(this.#rooms.get(room), one);
    if (after === undefined) this.#rooms.delete(room);
    else this.#rooms.set(room, after);
  }
  of(room: string): Iterable<T> {
    return membersOf(this.#rooms.get(room));
  }
}
