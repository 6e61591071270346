import type { DeskOptions } from "./desk-events.ts";
import { Desk } from "./desk.ts";

const desks = new Map<string, Desk>();
let standard: Desk | undefined;

/** The one desk of this page for a site: all elements share its session and connection. */
export function deskFor(options: DeskOptions): Desk {
  const key = `${options.base} ${options.siteKey}`;
  let desk = desks.get(key);
  if (!desk) desks.set(key, (desk = new Desk(options)));
  return desk;
}

/** The desk of the script tag, for elements that name none. */
export const standardDesk = (): Desk | undefined => standard;
export function setStandardDesk(desk: Desk): void {
  standard = desk;
}
