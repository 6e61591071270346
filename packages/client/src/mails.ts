import type { ChannelTest, EmailEntry, MailKind, MailPreview, MailSuppression, Page } from "@sidedesk/contract";
import { at, type CallOptions, type Http } from "./http.ts";
import type { PageOptions } from "./tickets.ts";

/** A site's mail, for owners and admins: what was sent, and what mails look like. */
export const mailsApi = (http: Http) => ({
  log: (filter?: { state?: readonly EmailEntry["state"][] | undefined } & PageOptions, call?: CallOptions) =>
    http<Page<EmailEntry>>("GET", "/v1/email-log", { ...call, query: filter }),
  /** Sends a failed mail again, now. */
  retry: (id: string, call?: CallOptions) => http<EmailEntry>("POST", `/v1/email-log/${at(id)}/retry`, call),
  /** What a mail of the log says. */
  preview: (id: string, call?: CallOptions) => http<MailPreview>("GET", `/v1/email-log/${at(id)}/preview`, call),
  /** Addresses that the site writes to no more. */
  suppressions: (page?: PageOptions, call?: CallOptions) =>
    http<Page<MailSuppression>>("GET", "/v1/email-suppressions", { ...call, query: page }),
  /** Writes to one of them again. */
  liftSuppression: (id: string, call?: CallOptions) => http<null>("DELETE", `/v1/email-suppressions/${at(id)}`, call),
  /** What a kind of mail looks like with the site's settings. */
  sample: (slug: string, kind: MailKind, call?: CallOptions) =>
    http<MailPreview>("GET", `/v1/sites/${at(slug)}/channels/email/preview`, { ...call, query: { kind } }),
  /** Mails whoever calls, and answers with what the mail server said. */
  test: (slug: string, call?: CallOptions) =>
    http<ChannelTest>("POST", `/v1/sites/${at(slug)}/channels/email/test`, call),
});
