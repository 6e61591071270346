import type { CustomerCaller, StaffCaller } from "../core/caller.ts";
import { customerStream, staffMemberStream, type LiveTarget } from "../core/live/streams.ts";
import { recipientOf, type Recipient } from "./notification.model.ts";

/** Those who have notices of their own. */
export type Person = CustomerCaller | StaffCaller;

export function personOf(caller: Person): {
  siteId: string;
  kind: "customer" | "staff";
  id: string;
  recipient: Recipient;
} {
  const id = caller.kind === "customer" ? caller.customerId : caller.staffId;
  return { siteId: caller.siteId, kind: caller.kind, id, recipient: recipientOf(caller.kind, id) };
}

/** Where somebody's own notices are shown. */
export const streamOf = (siteId: string, kind: "customer" | "staff", id: string): LiveTarget =>
  kind === "customer" ? customerStream(siteId, id) : staffMemberStream(siteId, id);

/** Whose notices these are, listed or not. */
export function personIn(recipient: Recipient): { kind: "customer" | "staff"; id: string } {
  const [id = "", kind] = recipient.split(":").reverse();
  return { kind: kind === "staff" ? "staff" : "customer", id };
}
