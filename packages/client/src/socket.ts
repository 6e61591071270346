import { io as connect } from "socket.io-client";
import type { OpenWire } from "./wire.ts";

/** socket.io-client without its own reconnecting, which {@link LiveClient} does: also for refusals, and with a fresh token each time. */
export const io: OpenWire = (base, options) =>
  connect(base, { ...options, transports: ["websocket"], reconnection: false, forceNew: true });
