/** The time by which all times are shown. */
export let timeNow = (): number => Date.now();

/** Shows all times of the page by this clock: a device's own may be wrong by a day, and what is shown comes from a server. */
export function keepTimeBy(clock: () => number): void {
  timeNow = clock;
}
