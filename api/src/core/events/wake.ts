let listener: (() => void) | undefined;

/** Tells this process's relay, if it has one, that there is something to look at. Costs nothing and may be lost. */
export const wakeRelay = (): void => listener?.();

/** Sets who is told by {@link wakeRelay}. */
export function onWake(wake: (() => void) | undefined): void {
  listener = wake;
}
