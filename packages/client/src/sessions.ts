import type { CustomerSession } from "@sidedesk/contract";
import type { CallOptions, Http } from "./http.ts";

/** Customers' sessions, from the identity token the host page signed. */
export const sessionsApi = (http: Http) => ({
  create: (input: { siteKey: string; userToken: string; locale?: string; timezone?: string }, call?: CallOptions) =>
    http<CustomerSession>("POST", "/v1/sessions", { ...call, body: input, anonymous: true }),
});
