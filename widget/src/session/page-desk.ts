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

/** The desk of that name; what is not named is as the script tag has it. */
export function namedDesk(site?: string, address?: string): Desk {
  if (standard && !site && !address) return standard;
  const { base = "", siteKey = "" } = standard?.options ?? {};
  return deskFor({ base: (address || base).replace(/\/+$/, ""), siteKey: site || siteKey });
}

export const allDesks = (): Iterable<Desk> => desks.values();

/** The desk of the script tag is that of elements that name none. */
export function setStandardDesk(desk: Desk): void {
  standard = desk;
}
