import type { DomainEvent, EventType } from "@sidedesk/contract";

/** One interest in one or several types of event. It may run twice for an event, and in any order between events. */
export interface Reaction {
  /** Unique, `feature.what`, and kept for ever: it is what an event's `pending` names. */
  name: string;
  types: readonly EventType[];
  handle(event: DomainEvent): Promise<void>;
  /** A run longer than this counts as failed and is tried again. */
  timeoutSeconds: number;
  /**
   * Somebody looks at a screen and waits for it: run by the relay itself, before the event is queued for the others. Such a
   * reaction only publishes, and makes nothing that the ledger asks for.
   */
  isUrgent: boolean;
}

/**
 * Declares a reaction: quick work that writes documents with deterministic ids (ignoring duplicate keys) or emits.
 * Whatever talks to the outside is a job of its own, with its own state document.
 *
 * @example on("comment.created", "tickets.live", (event) => publish(streamsFor(event), "comment", …))
 */
export function on<const T extends EventType>(
  types: T | readonly T[],
  name: string,
  handle: (event: { [K in T]: DomainEvent<K> }[T]) => Promise<void> | void,
  options: { timeoutSeconds?: number; isUrgent?: boolean } = {},
): Reaction {
  return {
    name,
    types: typeof types === "string" ? [types] : types,
    timeoutSeconds: options.timeoutSeconds ?? 20,
    isUrgent: options.isUrgent ?? false,
    handle: async (event) => handle(event as { [K in T]: DomainEvent<K> }[T]),
  };
}

const byName = new Map<string, Reaction>();
const namesByType = new Map<EventType, readonly string[]>();

/** Makes reactions known, once, at start. Every process registers all of them: the one that records must know who is interested. */
export function registerReactions(list: readonly Reaction[]): void {
  for (const reaction of list) {
    const known = byName.get(reaction.name);
    if (known === reaction) continue;
    if (known) throw new Error(`Two reactions are named ${reaction.name}`);
    byName.set(reaction.name, reaction);
    for (const type of reaction.types) namesByType.set(type, [...(namesByType.get(type) ?? []), reaction.name]);
  }
}

/** The names of the reactions interested in a type, for `pending`. */
export const reactionsFor = (type: EventType): readonly string[] => namesByType.get(type) ?? [];

export const findReaction = (name: string): Reaction | undefined => byName.get(name);

/** Forgets every reaction; tests register their own afterwards. */
export function clearReactions(): void {
  byName.clear();
  namesByType.clear();
}
