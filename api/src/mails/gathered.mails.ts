import type { MailContent } from "./mail-content.ts";
import type { Writer } from "./writer.ts";

/** To a customer: what the owner's systems tell them, in the owner's words. */
export function ownNotice(
  { words: { notice }, say }: Writer,
  {
    title,
    message,
    url,
    unsubscribeUrl,
  }: { title: string; message: string; url: string | null; unsubscribeUrl: string },
): MailContent {
  return {
    subject: title,
    preview: message,
    heading: title,
    paragraphs: message.split(/\n\s*/).filter((line) => line.length > 0),
    ...(url ? { button: { label: notice.open, url } } : {}),
    reason: say(notice.reason),
    unsubscribeUrl,
  };
}

/** To who has their mails gathered: two or more of them in one. */
export function digest(
  { words, say }: Writer,
  about: { items: NonNullable<MailContent["items"]>; isStaff: boolean; unsubscribeUrl: string },
): MailContent {
  const { items, isStaff, unsubscribeUrl } = about;
  const { subject, heading, text, reason, staffReason } = words.digest;
  const count = String(items.length);
  return {
    subject: say(subject, { count }),
    preview: items.map(({ title }) => title).join(" · "),
    heading: say(heading, { count }),
    paragraphs: [text],
    items,
    reason: say(isStaff ? staffReason : reason),
    unsubscribeUrl,
  };
}
