import type { DomainEvent, EventType } from "@sidedesk/contract";

export type Audience = "customer" | "staff";
type Show = (event: DomainEvent, audience: Audience) => Promise<object | null>;

const shown = new Map<EventType, Show>();

/**
 * Says how events of some types look to whoever is told of them from outside: what HTTP would show that audience, or null
 * when there is nothing left to show or it is not theirs to see. A feature says it for its own events, so that whoever
 * sends them out needs to know no feature.
 */
export function payload<const T extends EventType>(
  types: T | readonly T[],
  show: (event: { [K in T]: DomainEvent<K> }[T], audience: Audience) => Promise<object | null>,
): void {
  for (const type of typeof types === "string" ? [types] : types) shown.set(type, show as unknown as Show);
}

/** What an event shows. An event that nobody presents carries what it tells of itself. */
export async function payloadOf(event: DomainEvent, audience: Audience): Promise<object | null> {
  const show = shown.get(event.type);
  return show ? show(event, audience) : event.data;
}
