import type { Page, Role, StaffMe, StaffMember, StaffSession } from "@sidedesk/contract";
import { at, type CallOptions, type Http } from "./http.ts";

/** Staff: their sessions, and the people of a site. */
export const staffApi = (http: Http) => ({
  login: (input: { email: string; password: string; code?: string }, call?: CallOptions) =>
    http<StaffSession>("POST", "/v1/staff/login", { ...call, body: input, anonymous: true }),
  /** Null when there is no cookie to renew by. A cookie may be spent once: never call this twice at the same time. */
  refresh: (call?: CallOptions) =>
    http<StaffSession | null>("POST", "/v1/staff/refresh", { ...call, anonymous: true, keepalive: true }),
  logout: (call?: CallOptions) => http<null>("POST", "/v1/staff/logout", { ...call, anonymous: true }),
  /** Sets the password of the mailed link's owner. */
  password: (input: { token: string; password: string }, call?: CallOptions) =>
    http<null>("POST", "/v1/staff/password", { ...call, body: input, anonymous: true }),
  /** Mails a link for a new password, if there is such an account; nothing tells whether there is. */
  forgotPassword: (email: string, call?: CallOptions) =>
    http<null>("POST", "/v1/staff/password/forgot", { ...call, body: { email }, anonymous: true }),
  me: (call?: CallOptions) => http<StaffMe>("GET", "/v1/staff/me", call),
  list: (query?: { limit?: number; cursor?: string | undefined }, call?: CallOptions) =>
    http<Page<StaffMember>>("GET", "/v1/staff", { ...call, query }),
  invite: (input: { email: string; name: string; role: Role }, call?: CallOptions) =>
    http<StaffMember>("POST", "/v1/staff", { ...call, body: input }),
  update: (id: string, patch: { role?: Role; disabled?: boolean; away?: boolean }, call?: CallOptions) =>
    http<StaffMember>("PATCH", `/v1/staff/${at(id)}`, { ...call, body: patch }),
  remove: (id: string, call?: CallOptions) => http<null>("DELETE", `/v1/staff/${at(id)}`, call),
});
