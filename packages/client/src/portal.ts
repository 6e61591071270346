import type { CustomerSession, PortalLogin, PortalRegister, PortalRegistered } from "@sidedesk/contract";
import type { CallOptions, Http } from "./http.ts";

/** The portal: accounts of customers, and their session, begun by a password or a mailed link and renewed by cookie. */
export const portalApi = (http: Http) => {
  const post = <T>(path: string, body: object, call?: CallOptions & { keepalive?: boolean }) =>
    http<T>("POST", `/v1/portal/${path}`, { ...call, body, anonymous: true });
  return {
    /** Answers the same for every address; the rest is told by mail. */
    register: (input: PortalRegister, call?: CallOptions) => post<PortalRegistered>("register", input, call),
    /** The link of that mail. */
    verify: (token: string, call?: CallOptions) => post<CustomerSession>("verify", { token }, call),
    login: (input: PortalLogin, call?: CallOptions) => post<CustomerSession>("login", input, call),
    forgotPassword: (input: { site: string; email: string }, call?: CallOptions) =>
      post<null>("password/forgot", input, call),
    resetPassword: (input: { token: string; password: string }, call?: CallOptions) =>
      post<null>("password/reset", input, call),
    link: (token: string, call?: CallOptions) => post<CustomerSession>("link", { token }, call),
    /** Null when there is no cookie to renew by. A cookie may be spent once: never call this twice at the same time. */
    refresh: (site: string, call?: CallOptions) =>
      post<CustomerSession | null>("refresh", { site }, { ...call, keepalive: true }),
    logout: (site: string, call?: CallOptions) => post<null>("logout", { site }, call),
  };
};
