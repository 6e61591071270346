import type { FilterInput } from "@sidedesk/contract";
import type { TicketSelection } from "../tickets/index.ts";

/** A filter of a body as the list's own: what is spelled as in an address is taken apart. */
export function selectionOf({ q, ...lists }: FilterInput): TicketSelection {
  const entries = Object.entries(lists)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => [name, typeof value === "string" ? value.split(",").map((one) => one.trim()) : value]);
  return { ...(Object.fromEntries(entries) as TicketSelection), ...(q === undefined ? {} : { q }) };
}
