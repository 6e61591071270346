import type { Actor, Role } from "@sidedesk/contract";

/** Somebody who reached the API, already authenticated, and the one site they act on. */
export type Caller = PublicCaller | CustomerCaller | StaffCaller | ServerCaller;
export type CallerKind = Caller["kind"];

/** A page with a public site key and nobody signed in. */
export interface PublicCaller {
  kind: "public";
  siteId: string;
}
export interface CustomerCaller {
  kind: "customer";
  siteId: string;
  customerId: string;
  externalId: string | null;
  name: string;
  email: string;
  /** When the session ends. */
  expiresAt: Date;
  /** What the session stands on besides: a sign-in, and the key that vouched for somebody; it ends with either. */
  signIn?: string | undefined;
  keyId?: string | undefined;
}
export interface StaffCaller {
  kind: "staff";
  siteId: string;
  staffId: string;
  name: string;
  role: Role;
  expiresAt: Date;
  signIn?: string | undefined;
}
/** The owner's own systems, by secret key. */
export interface ServerCaller {
  kind: "server";
  siteId: string;
  keyId: string;
  name: string;
}

/** Who it was, as kept with events, comments and history. */
export function actorOf(caller: Caller): Actor {
  switch (caller.kind) {
    case "customer":
      return { kind: "customer", id: caller.customerId, name: caller.name };
    case "staff":
      return { kind: "staff", id: caller.staffId, name: caller.name };
    case "server":
      return { kind: "server", id: caller.keyId, name: caller.name };
    case "public":
      return { kind: "customer", id: null, name: "" };
  }
}
