import type { Server as HttpServer } from "node:http";
import type { Caller } from "../caller.ts";

/** What the live connection needs to know from features, handed in because core knows none. */
export interface LiveDeps {
  /** Who a session token belongs to. @throws AppError as for HTTP */
  authenticate(token: string, options: { site?: string }): Promise<Caller>;
  /** Whether a page of this origin may act for the caller's site. */
  originAllowed(caller: Caller, origin: string): Promise<boolean> | boolean;
  /** Whether the ticket is the caller's to see; false, or a thrown 404, otherwise. */
  maySubscribe(caller: Caller, ticketId: string): Promise<boolean> | boolean;
}

export interface Live {
  /** Ends every connection (clients come back by themselves) and, with Socket.IO, closes the HTTP server. */
  close(): Promise<void>;
}
export type AttachLive = (server: HttpServer, deps: LiveDeps) => Promise<Live>;
