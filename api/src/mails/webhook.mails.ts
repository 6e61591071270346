import type { DomainEvents } from "@sidedesk/contract";
import type { MailContent } from "./mail-content.ts";
import type { Writer } from "./writer.ts";

/** To whoever's endpoint is in trouble: a customer, or those who look after the site. `url` leads there; customers find it where their host put it. */
export function webhookFailing(
  { words, say }: Writer,
  about: { host: string; stage: DomainEvents["webhook.failing"]["stage"]; url: string | null; unsubscribeUrl: string },
): MailContent {
  const { subject, text } = words.webhook[about.stage];
  const heading = say(subject, { host: about.host });
  return {
    subject: heading,
    preview: text,
    heading,
    paragraphs: [text],
    ...(about.url ? { button: { label: words.staff.webhooks, url: about.url } } : {}),
    reason: say(about.url ? words.staff.reason : words.customer.endpoint),
    unsubscribeUrl: about.unsubscribeUrl,
  };
}
