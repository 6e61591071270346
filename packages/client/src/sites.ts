import type { Page, Settings, SettingsPatch, Site, SiteKey } from "@sidedesk/contract";
import { at, type CallOptions, type Http } from "./http.ts";

export interface SiteDraft {
  name: string;
  slug: string;
  origins?: string[];
  locale?: string;
  timezone?: string;
}

/** Set-up of sites, for owners and admins. */
export const sitesApi = (http: Http) => ({
  list: (call?: CallOptions) => http<Page<Site>>("GET", "/v1/sites", call),
  create: (input: SiteDraft, call?: CallOptions) => http<Site>("POST", "/v1/sites", { ...call, body: input }),
  get: (slug: string, call?: CallOptions) => http<Site>("GET", `/v1/sites/${at(slug)}`, call),
  update: (slug: string, patch: Partial<SiteDraft>, call?: CallOptions) =>
    http<Site>("PATCH", `/v1/sites/${at(slug)}`, { ...call, body: patch }),
  settings: (slug: string, call?: CallOptions) => http<Settings>("GET", `/v1/sites/${at(slug)}/settings`, call),
  updateSettings: (slug: string, patch: SettingsPatch, call?: CallOptions) =>
    http<Settings>("PATCH", `/v1/sites/${at(slug)}/settings`, { ...call, body: patch }),
  keys: (slug: string, call?: CallOptions) => http<Page<SiteKey>>("GET", `/v1/sites/${at(slug)}/keys`, call),
  /** `key` is in this answer and, but for public keys, never again. */
  createKey: (slug: string, input: { kind: SiteKey["kind"]; label: string }, call?: CallOptions) =>
    http<SiteKey>("POST", `/v1/sites/${at(slug)}/keys`, { ...call, body: input }),
  removeKey: (slug: string, id: string, call?: CallOptions) =>
    http<null>("DELETE", `/v1/sites/${at(slug)}/keys/${at(id)}`, call),
});
