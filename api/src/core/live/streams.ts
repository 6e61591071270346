import type { LiveCaller } from "./handshake.ts";

/**
 * A client reads one numbered stream: a customer their own, a member of staff their site's. An entry with `to` is shown
 * to that member of staff alone, though it takes a number of the site's stream.
 */
export interface LiveTarget {
  stream: string;
  to?: string;
}

/** Everything of a customer's own tickets and what is addressed to them. */
export const customerStream = (siteId: string, customerId: string): LiveTarget => ({
  stream: `c:${siteId}:${customerId}`,
});

/** What all staff of a site see. */
export const staffStream = (siteId: string): LiveTarget => ({ stream: `s:${siteId}` });

/** What one member of staff sees, within the site's stream. */
export const staffMemberStream = (siteId: string, staffId: string): LiveTarget => ({
  stream: `s:${siteId}`,
  to: staffId,
});

/** The stream that somebody reads. */
export const streamOf = (caller: LiveCaller): string =>
  (caller.kind === "staff" ? staffStream(caller.siteId) : customerStream(caller.siteId, caller.customerId)).stream;

/** All sockets of a person, for volatile events. */
export const personRoom = (siteId: string, kind: "customer" | "staff", id: string): string =>
  `person:${siteId}:${kind}:${id}`;

/** The same, of whoever calls. */
export const roomOf = (caller: LiveCaller): string =>
  personRoom(caller.siteId, caller.kind, caller.kind === "staff" ? caller.staffId : caller.customerId);

/** All sockets of one sign-in, which may be ended without the others. */
export const signInRoom = (id: string): string => `sign-in:${id}`;

/** All sockets of those for whom one identity key vouched. */
export const keyRoom = (id: string): string => `key:${id}`;

/** All sockets of a site's pages on one origin. */
export const pageRoom = (siteId: string, origin: string): string => `page:${siteId}:${origin}`;

/** The sockets that subscribed to a ticket, for typing. */
export const ticketRoom = (siteId: string, ticketId: string): string => `ticket:${siteId}:${ticketId}`;

/** The staff among them, for presence. */
export const ticketStaffRoom = (siteId: string, ticketId: string): string => `ticket-staff:${siteId}:${ticketId}`;
