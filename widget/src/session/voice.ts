import type { Desk } from "./desk.ts";

const voices = new WeakMap<Desk, HTMLElement>();

/** Whether this element is the one that says what is new: on a page with several, each would say it again. */
export function isVoice(desk: Desk, element: HTMLElement): boolean {
  if (!voices.get(desk)?.isConnected) voices.set(desk, element);
  return voices.get(desk) === element;
}
