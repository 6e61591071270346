import type { InboundMail, InboundSetup, InboundState, Page } from "@sidedesk/contract";
import { at, type CallOptions, type Http } from "./http.ts";
import type { PageOptions } from "./tickets.ts";

/** Mail that comes in for a site, for owners and admins. */
export const inboundApi = (http: Http) => ({
  setup: (call?: CallOptions) => http<InboundSetup>("GET", "/v1/inbound", call),
  list: (filter?: { state?: readonly InboundState[] | undefined } & PageOptions, call?: CallOptions) =>
    http<Page<InboundMail>>("GET", "/v1/inbound/mail", { ...call, query: filter }),
  /** Judges a mail again that failed or was turned away. */
  retry: (id: string, call?: CallOptions) => http<InboundMail>("POST", `/v1/inbound/mail/${at(id)}/retry`, call),
  /** The mail as it came: read its body piece by piece. */
  original: (id: string, call?: CallOptions) =>
    http<Response>("GET", `/v1/inbound/mail/${at(id)}/original`, { ...call, asStream: true }),
});
