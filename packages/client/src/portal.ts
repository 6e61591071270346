import type { CustomerSession } from "@sidedesk/contract";
import type { CallOptions, Http } from "./http.ts";

/** The portal's session: begun by a mailed link, renewed by cookie. */
export const portalApi = (http: Http) => ({
  link: (token: string, call?: CallOptions) =>
    http<CustomerSession>("POST", "/v1/portal/link", { ...call, body: { token }, anonymous: true }),
  /** Null when there is no cookie to renew by. A cookie may be spent once: never call this twice at the same time. */
  refresh: (site: string, call?: CallOptions) =>
    http<CustomerSession | null>("POST", "/v1/portal/refresh", {
      ...call,
      body: { site },
      anonymous: true,
      keepalive: true,
    }),
  logout: (site: string, call?: CallOptions) =>
    http<null>("POST", "/v1/portal/logout", { ...call, body: { site }, anonymous: true }),
});
