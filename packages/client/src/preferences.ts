import type { Preferences, PreferencesInput } from "@sidedesk/contract";
import type { CallOptions, Http } from "./http.ts";

/** How the caller wants to be told: which type by which way, how often and when. */
export const preferencesApi = (http: Http) => ({
  get: (call?: CallOptions) => http<Preferences>("GET", "/v1/notifications/preferences", call),
  /** Changes the parts given. `null` takes quiet hours, language or time zone back. */
  change: (change: PreferencesInput, call?: CallOptions) =>
    http<Preferences>("PUT", "/v1/notifications/preferences", { ...call, body: change }),
});
export type PreferencesApi = ReturnType<typeof preferencesApi>;
