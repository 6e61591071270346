import type { AuditAction } from "@sidedesk/contract";
import { audit } from "../core/data/audit.ts";
import { activeMemberships, type StaffDocument } from "./staff.model.ts";

/**
 * Notes what somebody did about their own account, at each site that they may enter, in the open transaction. An address
 * that belongs to nobody is noted nowhere: it may be a customer's, and no site's audit is theirs to be in.
 */
export async function auditPerson(
  staff: StaffDocument,
  action: AuditAction,
  after: Record<string, unknown> | null = null,
): Promise<void> {
  const { _id: id, name } = staff;
  for (const { siteId } of activeMemberships(staff))
    await audit({ siteId, actor: { kind: "staff", id, name } }, action, { target: { type: "staff", id, name }, after });
}
