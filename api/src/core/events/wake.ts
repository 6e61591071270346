let listener: ((eventId: string) => void) | undefined;

/** Tells this process's relay, if it has one, that there is something to look at. Costs nothing and may be lost. */
export const wakeRelay = (eventId: string): void => listener?.(eventId);

/** Sets who is told by {@link wakeRelay}. */
export function onWake(wake: ((eventId: string) => void) | undefined): void {
  listener = wake;
}
