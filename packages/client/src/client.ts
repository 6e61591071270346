import { createHttp, type ClientOptions } from "./http.ts";
import { notificationsApi } from "./notifications.ts";
import { portalApi } from "./portal.ts";
import { sessionsApi } from "./sessions.ts";
import { siteApi } from "./site.ts";
import { sitesApi } from "./sites.ts";
import { staffApi } from "./staff.ts";
import { ticketsApi } from "./tickets.ts";

/**
 * All features on one object. Where bytes count, call the factories of the features in use on one `createHttp` instead:
 * an object holding everything cannot be tree-shaken.
 */
export function createClient(options: ClientOptions) {
  const http = createHttp(options);
  return {
    site: siteApi(http),
    sessions: sessionsApi(http),
    portal: portalApi(http),
    staff: staffApi(http),
    tickets: ticketsApi(http),
    notifications: notificationsApi(http),
    sites: sitesApi(http),
  };
}
export type Client = ReturnType<typeof createClient>;
