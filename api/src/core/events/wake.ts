import type { EventDocument } from "./event.model.ts";

type Listener = (event: EventDocument) => void;
let listener: Listener | undefined;

/** Whether this process has a relay that will take what it records straight from its hands. */
export const hasRelay = (): boolean => listener !== undefined;

/** Hands this process's relay, if it has one, an event that was just committed. May be lost: the sweep finds it. */
export const wakeRelay: Listener = (event) => listener?.(event);

/** Sets who is handed events by {@link wakeRelay}. */
export function onWake(take: Listener | undefined): void {
  listener = take;
}
