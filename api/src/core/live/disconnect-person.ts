import { counters } from "./entry.model.ts";
import { personRoom } from "./streams.ts";

const prefix = "withdrawn|";
let disconnect: ((room: string) => void) | undefined;

/** Sets how this process ends the connections of a room. */
export function onWithdrawn(end: ((room: string) => void) | undefined): void {
  disconnect = end;
}

/** The room whose access was withdrawn, when a change of the counters' collection says so. */
export const withdrawnRoom = (id: string): string | undefined =>
  id.startsWith(prefix) ? id.slice(prefix.length) : undefined;

/**
 * Ends every connection of somebody whose access was withdrawn, in all processes. Goes through MongoDB rather than
 * Redis, since it must not be lost.
 */
export async function disconnectPerson(siteId: string, kind: "customer" | "staff", id: string): Promise<void> {
  const room = personRoom(siteId, kind, id);
  disconnect?.(room);
  await counters().updateOne({ _id: prefix + room }, { $inc: { last: 1 } }, { upsert: true });
}
