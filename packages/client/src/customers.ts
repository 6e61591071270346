import type { CustomerDetail, CustomerPatch, CustomerProfile, CustomerSort, Page } from "@sidedesk/contract";
import { at, type CallOptions, type Http } from "./http.ts";
import type { PageOptions } from "./tickets.ts";

export interface CustomerFilter {
  /** Beginnings of names, addresses, ids. */
  q?: string | undefined;
  sort?: CustomerSort | undefined;
}

/** The people who ask, for staff. */
export const customersApi = (http: Http) => ({
  list: (filter?: CustomerFilter & PageOptions, call?: CallOptions) =>
    http<Page<CustomerProfile>>("GET", "/v1/customers", { ...call, query: filter }),
  get: (id: string, call?: CallOptions) => http<CustomerDetail>("GET", `/v1/customers/${at(id)}`, call),
  update: (id: string, patch: CustomerPatch, call?: CallOptions) =>
    http<CustomerDetail>("PATCH", `/v1/customers/${at(id)}`, { ...call, body: patch }),
});
