import type { AuditAction, AuditEntry, Erasure, ErasurePreview, Operations, Page, Retention } from "@sidedesk/contract";
import { at, type CallOptions, type Http } from "./http.ts";
import type { PageOptions } from "./tickets.ts";

export interface AuditFilter {
  action?: readonly AuditAction[] | undefined;
  /** Ids of staff or keys. */
  actor?: readonly string[] | undefined;
}

/** What only owners and admins do: look after the desk, and take people's things away. */
export const privacyApi = (http: Http) => ({
  audit: (filter?: AuditFilter & PageOptions, call?: CallOptions) =>
    http<Page<AuditEntry>>("GET", "/v1/audit", { ...call, query: filter }),
  /** What would go with a customer. */
  preview: (customerId: string, call?: CallOptions) =>
    http<ErasurePreview>("GET", `/v1/customers/${at(customerId)}/erase`, call),
  /** `confirm` is the customer's address. */
  erase: (customerId: string, confirm: string, call?: CallOptions) =>
    http<Erasure>("POST", `/v1/customers/${at(customerId)}/erase`, { ...call, body: { confirm } }),
  erasure: (id: string, call?: CallOptions) => http<Erasure>("GET", `/v1/erasures/${at(id)}`, call),
  operations: (call?: CallOptions) => http<Operations>("GET", "/v1/operations", call),
  runRetention: (call?: CallOptions) => http<Retention>("POST", "/v1/operations/retention", call),
});
