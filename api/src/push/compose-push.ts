import type { PushMessage } from "@sidedesk/contract";
import { config } from "../core/config.ts";
import { cut } from "../core/cut.ts";
import { personIn, type loadNotification, type Recipient } from "../notifications/index.ts";
import type { SiteRecord } from "../sites/index.ts";

type Notice = NonNullable<Awaited<ReturnType<typeof loadNotification>>>;

/** A lock screen shows no more, and every push service takes it: they promise 4096 bytes, encrypted. */
const mostBody = 240;
const mostBytes = 2800;

/** What a browser is told of a notice: the notice's own words, which hold nothing that anybody wrote in a conversation. */
export function composePush(
  site: SiteRecord,
  to: Recipient,
  notice: Notice,
  { lang, isShort = false }: { lang?: string | undefined; isShort?: boolean | undefined },
): PushMessage {
  const { _id, title, message, link } = notice;
  const isElsewhere = link !== null && !link.startsWith("ticket:");
  const logo = site.settings.channels.email.logoUrl;
  const least = { id: _id, tag: `sidedesk-${_id}` };
  const place = { url: deskPage(site, to, link), view: link ?? "notifications" };
  const whole: PushMessage = {
    ...least,
    title,
    body: cut(message, mostBody),
    ...(isElsewhere ? { url: link } : place),
    // The words of our own are in the reader's language; those of the owner's systems in whichever.
    ...(lang && link && !isElsewhere ? { lang } : {}),
    ...(logo ? { icon: logo } : {}),
  };
  if (!isShort && Buffer.byteLength(JSON.stringify(whole)) <= mostBytes) return whole;
  const updates = { url: deskPage(site, to, null), view: "notifications" };
  return { ...least, title: cut(title, 80), body: "", ...(isElsewhere ? updates : place) };
}

/** Where the portal, or the console, shows it. */
function deskPage({ slug }: SiteRecord, to: Recipient, link: string | null): string {
  const ticket = link ? encodeURIComponent(link.slice("ticket:".length)) : "";
  const base = config().SIDEDESK_URL;
  if (personIn(to).kind === "staff") return ticket ? `${base}/admin/tickets/${ticket}` : `${base}/admin`;
  return `${base}/portal/${slug}#${ticket ? `ticket=${ticket}` : "updates"}`;
}
