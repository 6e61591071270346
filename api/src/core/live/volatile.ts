import type { ServerEvents } from "@sidedesk/contract";
import { tell } from "./bus.ts";

type VolatileEvent = "notification_state" | "typing" | "presence";
type DataOf<E extends VolatileEvent> = Parameters<ServerEvents[E]>[0]["data"];

/**
 * Shows something that is only of the moment: it takes no number, is not kept, and is lost to whoever is not there.
 *
 * @param room from `personRoom` or `ticketRoom`
 * @param options.type the domain's name for it, when it is not the event's
 * @param options.exceptSocket the socket that caused it
 * @param options.local only on this process's screens
 */
export function publishVolatile<E extends VolatileEvent>(
  room: string,
  event: E,
  data: DataOf<E>,
  options: { type?: string; exceptSocket?: string; local?: boolean } = {},
): void {
  const payload = { type: options.type ?? event, occurredAt: new Date().toISOString(), data };
  tell(
    { kind: "emit", room, event, payload, ...(options.exceptSocket ? { except: options.exceptSocket } : {}) },
    options.local,
  );
}
