import { config } from "../core/config.ts";
import type { SiteRecord } from "../sites/index.ts";
import { deskAddress, senderOf } from "./mail-sender.ts";
import { isInbound } from "./reply-address.ts";

const deskHost = (): string => new URL(config().SIDEDESK_URL).hostname;

/** The Message-ID of a mail of ours, the same at each try. */
export const messageIdOf = (id: string): string => `<${id}@${deskHost()}>`;

/** What all mails about one ticket answer to: never sent, and no mail's id. */
export const threadIdOf = (ticketId: string): string => messageIdOf(`ticket-${ticketId}`);

/** The mail of ours that a Message-ID names; null when it is none of ours. */
export function ownMailId(messageId: string): string | null {
  const [, id, at] = /^<([0-9a-f]{24})@([^<>@\s]+)>$/.exec(messageId.trim()) ?? [];
  return id !== undefined && at === deskHost() ? id : null;
}

/** Addresses that a site's mails come from. */
export const ownSenders = (site: SiteRecord): string[] => [
  ...new Set([deskAddress(), senderOf(site).from.address].map((address) => address.toLowerCase())),
];

/** Whether an address or a Message-ID is one of ours: what comes from there went round in a circle. */
export const isOwnMail = (site: SiteRecord, text: string): boolean =>
  ownMailId(text) !== null || ownSenders(site).includes(text.toLowerCase()) || isInbound(text);
