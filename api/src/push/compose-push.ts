import type { PushMessage } from "@sidedesk/contract";
import { config } from "../core/config.ts";
import { personIn, type loadNotification, type Recipient } from "../notifications/index.ts";
import type { SiteRecord } from "../sites/index.ts";

type Notice = NonNullable<Awaited<ReturnType<typeof loadNotification>>>;

/** A lock screen shows no more, and every push service takes it: they promise 4096 bytes, encrypted. */
const mostBody = 240;
const mostBytes = 2800;

/** What a browser is told of a notice: the notice's own words, which hold nothing that anybody wrote in a conversation. */
export function composePush(site: SiteRecord, to: Recipient, notice: Notice, isShort = false): PushMessage {
  const { _id, title, message, link } = notice;
  const isTicket = link?.startsWith("ticket:") === true;
  const logo = site.settings.channels.email.logoUrl;
  const whole: PushMessage = {
    id: _id,
    tag: _id,
    title,
    body: cut(message, mostBody),
    url: isTicket || !link ? deskPage(site, to, link) : link,
    view: isTicket ? link : "notifications",
    ...(logo ? { icon: logo } : {}),
  };
  if (!isShort && Buffer.byteLength(JSON.stringify(whole)) <= mostBytes) return whole;
  const { view } = whole;
  return { id: _id, tag: _id, title: cut(title, 80), body: "", url: deskPage(site, to, null), view };
}

/** Where the portal, or the console, shows it. */
function deskPage({ slug }: SiteRecord, to: Recipient, link: string | null): string {
  const ticket = link ? encodeURIComponent(link.slice("ticket:".length)) : "";
  const base = config().SIDEDESK_URL;
  if (personIn(to).kind === "staff") return ticket ? `${base}/admin/tickets/${ticket}` : `${base}/admin`;
  return `${base}/portal/${slug}#${ticket ? `ticket=${ticket}` : "updates"}`;
}

/** The beginning, with no character cut in two. */
function cut(text: string, most: number): string {
  if (text.length <= most) return text;
  return `${text
    .slice(0, most - 1)
    .replace(/[\ud800-\udbff]$/, "")
    .trimEnd()}…`;
}
