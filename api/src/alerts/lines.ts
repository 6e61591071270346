import type { AlertChannel, AlertKind, SmsSettings, TicketPriority } from "@sidedesk/contract";
import { channelSecret, type SiteRecord } from "../sites/index.ts";
import { idOf } from "./alert.model.ts";

/** One place that a site's alerts go to, with what it wants to hear. */
export interface Line {
  siteId: string;
  channel: AlertChannel;
  isOn: boolean;
  /** A host, or a number. */
  to: string;
  gateId: string;
  kinds: readonly AlertKind[];
  minPriority: TicketPriority;
  includeText: boolean;
  summaryAt: string | null;
}

/** Every place that the site has set up, on or not. */
export function linesOf(site: SiteRecord): Line[] {
  const { channels } = site.settings;
  const chats = (["discord", "slack", "teams"] as const).flatMap((channel): Line[] => {
    const { enabled, address, kinds = [], minPriority = "low", includeText = false, summaryAt } = channels[channel];
    if (!address) return [];
    return [
      {
        siteId: site.id,
        channel,
        isOn: enabled === true,
        to: address.host,
        gateId: idOf(site.id, channel),
        kinds,
        minPriority,
        includeText,
        summaryAt: summaryAt && kinds.includes("summary") ? summaryAt : null,
      },
    ];
  });
  const { enabled, onCall = [], kinds = [] } = channels.sms;
  if (!isComplete(channels.sms)) return chats;
  const numbers = onCall.map((to): Line => ({
    siteId: site.id,
    channel: "sms",
    isOn: enabled === true,
    to,
    gateId: idOf(site.id, "sms", to),
    kinds,
    // What rings at night: nothing less, whoever sets it up.
    minPriority: "critical",
    includeText: false,
    summaryAt: null,
  }));
  return [...chats, ...numbers];
}

const isComplete = ({ accountSid, authToken, from, baseUrl }: SmsSettings): boolean =>
  Boolean(accountSid && authToken && from && baseUrl);

export const linesOn = (site: SiteRecord): Line[] => linesOf(site).filter(({ isOn }) => isOn);

/** The site's secret for a channel: an address, or the token of the account. */
export const secretOf = (site: SiteRecord, channel: AlertChannel): string | null => channelSecret(site, channel);
