import {
  chatChannels,
  type AlertChannel,
  type AlertKind,
  type SmsSettings,
  type TicketPriority,
} from "@sidedesk/contract";
import type { SiteRecord } from "../sites/index.ts";
import { idOf } from "../core/data/ids.ts";

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
  const chats = chatChannels.flatMap((channel): Line[] => {
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
