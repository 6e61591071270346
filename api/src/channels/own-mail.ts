import { config } from "../core/config.ts";
import type { SiteRecord } from "../sites/index.ts";
import { deskAddress, senderOf } from "./mail-sender.ts";
import { isInbound } from "./reply-address.ts";

/** The mail of ours that a Message-ID names; null when it is none of ours. */
export function ownMailId(messageId: string): string | null {
  const host = new URL(config().SIDEDESK_URL).hostname;
  const [, id, at] = /^<([0-9a-f]{24})@([^<>@\s]+)>$/.exec(messageId.trim()) ?? [];
  return id !== undefined && at === host ? id : null;
}

/** Addresses that a site's mails come from. */
export const ownSenders = (site: SiteRecord): string[] => [
  ...new Set([deskAddress(), senderOf(site).from.address].map((address) => address.toLowerCase())),
];

/** Whether an address or a Message-ID is one of ours: what comes from there went round in a circle. */
export const isOwnMail = (site: SiteRecord, text: string): boolean =>
  ownMailId(text) !== null || ownSenders(site).includes(text.toLowerCase()) || isInbound(text);
