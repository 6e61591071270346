import { alertsApi } from "./alerts.ts";
import { bulkApi } from "./bulk.ts";
import { customersApi } from "./customers.ts";
import { attachmentsApi, unsentFilesApi } from "./attachments.ts";
import { createHttp, type ClientOptions } from "./http.ts";
import { inboundApi } from "./inbound.ts";
import { mailsApi } from "./mails.ts";
import { notificationsApi } from "./notifications.ts";
import { operationsApi } from "./operations.ts";
import { portalApi } from "./portal.ts";
import { preferencesApi } from "./preferences.ts";
import { pushApi } from "./push.ts";
import { repliesApi } from "./replies.ts";
import { reportsApi } from "./reports.ts";
import { privacyApi } from "./privacy.ts";
import { sessionsApi } from "./sessions.ts";
import { siteApi } from "./site.ts";
import { sitesApi } from "./sites.ts";
import { staffApi } from "./staff.ts";
import { teamsApi } from "./teams.ts";
import { ticketsApi } from "./tickets.ts";
import { viewsApi } from "./views.ts";
import { webhooksApi } from "./webhooks.ts";

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
    teams: teamsApi(http),
    tickets: ticketsApi(http),
    attachments: { ...attachmentsApi(http), ...unsentFilesApi(http) },
    bulk: bulkApi(http),
    views: viewsApi(http),
    webhooks: webhooksApi(http),
    replies: repliesApi(http),
    reports: reportsApi(http),
    notifications: notificationsApi(http),
    push: pushApi(http),
    preferences: preferencesApi(http),
    inbound: inboundApi(http),
    mails: mailsApi(http),
    alerts: alertsApi(http),
    operations: operationsApi(http),
    sites: sitesApi(http),
    customers: customersApi(http),
    privacy: privacyApi(http),
  };
}
export type Client = ReturnType<typeof createClient>;
