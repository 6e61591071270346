import type { AlertChannel, AlertEntry, AlertState, ChannelTest, Page } from "@sidedesk/contract";
import { at, type CallOptions, type Http } from "./http.ts";

/** Alerts to chat rooms and phones, for owners and admins: what became of them, and tests. Channels are set up in the site's settings. */
export const alertsApi = (http: Http) => ({
  log: (
    filter: {
      channel?: AlertChannel[] | undefined;
      state?: AlertState[] | undefined;
      limit?: number;
      cursor?: string;
    } = {},
    call?: CallOptions,
  ) => http<Page<AlertEntry>>("GET", "/v1/alerts", { ...call, query: filter }),
  /** Sends a failed one again. */
  retry: (id: string, call?: CallOptions) => http<AlertEntry>("POST", `/v1/alerts/${at(id)}/retry`, call),
  /** Sends a test message along a channel that is set up, and answers with what came of it. */
  test: (slug: string, channel: AlertChannel, call?: CallOptions) =>
    http<ChannelTest>("POST", `/v1/sites/${at(slug)}/channels/${channel}/test`, call),
});
