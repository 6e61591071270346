import type { Actor, AuditAction } from "@sidedesk/contract";
import { audit } from "../core/data/audit.ts";

/** Nobody has shown who they are. */
export const nobody: Actor = { kind: "system", id: null, name: "" };

/** Notes what a customer did about their own account, in the open transaction; of them an opaque id and nothing else. */
export const auditCustomer = (siteId: string, customerId: string, action: AuditAction): Promise<void> =>
  audit({ siteId, actor: { kind: "customer", id: customerId, name: "" } }, action, {
    target: { type: "customer", id: customerId, name: "" },
  });
