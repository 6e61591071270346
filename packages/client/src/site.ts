import type { PublicSite } from "@sidedesk/contract";
import type { CallOptions, Http } from "./http.ts";

/** What anybody may know of the site of the key. */
export const siteApi = (http: Http) => ({
  get: (call?: CallOptions) => http<PublicSite>("GET", "/v1/site", { ...call, anonymous: true }),
});
