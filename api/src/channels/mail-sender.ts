import { config } from "../core/config.ts";
import { mayMailFrom, type SiteRecord } from "../sites/index.ts";

/** `SIDEDESK_MAIL_FROM` may be an address or `Name <address>`; the name shown is the site's. */
export const deskAddress = (): string =>
  /<([^<>]+)>\s*$/.exec(config().SIDEDESK_MAIL_FROM)?.[1] ?? config().SIDEDESK_MAIL_FROM;

/** Who a site's mails come from, and where answers to them go. */
export function senderOf({ name, settings }: SiteRecord): {
  from: { name: string; address: string };
  replyTo?: string;
} {
  const { fromName, fromAddress, replyTo } = settings.channels.email;
  // What was allowed when it was set may not be any more.
  const address = fromAddress && mayMailFrom(fromAddress) ? fromAddress : deskAddress();
  return { from: { name: fromName ?? name, address }, ...(replyTo ? { replyTo } : {}) };
}
