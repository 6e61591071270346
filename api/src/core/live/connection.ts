import type { Socket } from "socket.io";
import type { LiveCaller } from "./handshake.ts";
import { boundWaiting, flushed, isFull } from "./guard-connection.ts";
import type { Numbered, Reader, StreamView } from "./hub.ts";
import type { Talk } from "./messages.ts";
import { roomOf } from "./streams.ts";

/** An event as Socket.IO's protocol writes it, made once for all who get it. */
export const packetOf = (event: string, payload: unknown): string => `2${JSON.stringify([event, payload])}`;

/**
 * Somebody's live connection. There are thousands in a process, so it is one object without listeners or functions of its
 * own, and what few need is made when they need it.
 */
export class Connection implements Reader {
  readonly socket: Socket;
  readonly caller: LiveCaller;
  readonly origin: string | undefined;
  /** The room of its person: all of whom one knows as this connection. */
  readonly person: string;
  /** The stream that it reads. */
  view: StreamView | undefined;
  /** What it has said; there from its first message on. */
  talk: Talk | undefined;

  constructor(socket: Socket, caller: LiveCaller, origin: string | undefined) {
    this.socket = socket;
    this.caller = caller;
    this.origin = origin;
    this.person = roomOf(caller);
  }

  get staffId(): string | undefined {
    return this.caller.kind === "staff" ? this.caller.staffId : undefined;
  }

  /** Whether it stands on what a room names: a sign-in, a key, a site's page. Its person is looked up. */
  standsOn(room: string): boolean {
    const colon = room.indexOf(":");
    const [kind, what] = [room.slice(0, colon), room.slice(colon + 1)];
    const { caller, origin } = this;
    if (kind === "sign-in") return caller.signIn === what;
    if (kind === "key") return caller.kind === "customer" && caller.keyId === what;
    return kind === "page" && origin !== undefined && `${caller.siteId}:${origin}` === what;
  }

  /** @param packet from {@link packetOf} */
  write(packet: string): void {
    if (!this.socket.connected) return;
    this.socket.conn.write(packet);
    boundWaiting(this.socket.conn);
  }
  send(entry: Numbered): void {
    this.write((entry.packet ??= packetOf(entry.event, entry.payload)));
  }
  resync(): void {
    this.write(packetOf("resync", {}));
  }
  isFull(): boolean {
    return isFull(this.socket.conn);
  }
  flushed(): Promise<void> {
    return flushed(this.socket.conn);
  }
  isGone(): boolean {
    return !this.socket.connected;
  }
}
