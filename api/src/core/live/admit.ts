import type { Socket } from "socket.io";
import { AppError } from "../errors.ts";
import type { LiveDeps } from "./attach-live.ts";
import { Connection } from "./connection.ts";
import type { ConnectionCount } from "./count-connections.ts";
import { handshake, type Arrival } from "./handshake.ts";

/** What a socket carries while it is let in. */
export interface Admitted extends Pick<Arrival, "lastEventId" | "confirm"> {
  connection: Connection;
}

/** Nobody asks after the handshake any more: token, headers and the request they came with are let go. */
const past = Object.freeze({ headers: {}, query: {}, auth: {} });

/** Finds out who comes and whether they may, and counts them. @throws AppError as the HTTP API would answer */
export async function admit(
  socket: Socket,
  deps: LiveDeps,
  held: ConnectionCount,
  mostPerCustomer: number,
): Promise<Admitted> {
  const { caller, origin, lastEventId, confirm } = await handshake(socket, deps);
  const connection = new Connection(socket, caller, origin);
  if (caller.kind === "customer" && !(await held.take(connection.person)))
    throw new AppError("limit_reached", `At most ${mostPerCustomer} connections a customer.`);
  Object.assign(socket, { handshake: past });
  Object.assign(socket.conn, { request: null });
  return { connection, lastEventId, confirm };
}
