import type { Customer, CustomerProfile, StaffMember } from "@sidedesk/contract";
import type { CustomerDocument, CustomerRecord } from "./customer.model.ts";
import { membershipOf, type StaffDocument } from "./staff.model.ts";

export function presentCustomer({ id, externalId, name, email }: CustomerRecord): Customer {
  return { id, externalId, name, email };
}

/** A customer as staff see one. Those written before a field existed show its beginning. */
export function presentProfile(document: CustomerDocument): CustomerProfile {
  const { _id, externalId, name, email, notes, preferences, createdAt, lastSeenAt } = document;
  return {
    id: _id,
    externalId,
    name,
    email,
    notes: notes ?? "",
    unsubscribed: preferences?.types?.ticket?.email === false,
    createdAt: createdAt.toISOString(),
    lastSeenAt: (lastSeenAt ?? createdAt).toISOString(),
  };
}

/** A staff member as one site sees them. */
export function presentMember(staff: StaffDocument, siteId: string): StaffMember {
  const member = membershipOf(staff, siteId);
  if (!member) throw new Error("presentMember() for somebody who is no member");
  const { role, disabled, away, since } = member;
  return {
    id: staff._id,
    name: staff.name,
    email: staff.email,
    role,
    disabled,
    away,
    invited: staff.passwordHash === null,
    createdAt: since.toISOString(),
  };
}
