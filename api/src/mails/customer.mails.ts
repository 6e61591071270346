import type { TicketStatus } from "@sidedesk/contract";
import type { MailContent } from "./mail-content.ts";
import type { Writer } from "./writer.ts";

interface Ours {
  number: string;
  subject: string;
  /** Lets whoever has it in, so it is one person's alone. */
  url: string;
  unsubscribeUrl: string;
}
/** What somebody wrote, or null where a site keeps it out of mail. */
export type Said = { body: string; html: string } | null;

/** To the customer, when a request of theirs has come in. Its link is what lets in who has no account. */
export function ticketReceived(
  { words, say, time }: Writer,
  { dueAt, ...ours }: Ours & { dueAt: Date | null },
): MailContent {
  const { received, customer } = words;
  const about = { number: ours.number, subject: ours.subject };
  const when = dueAt ? say(received.due, { time: time(dueAt) }) : received.soon;
  return {
    subject: say(received.subject, about),
    preview: `${ours.number}. ${when}`,
    heading: received.heading,
    paragraphs: [say(received.text, about), when],
    button: { label: customer.open, url: ours.url },
    reason: say(received.reason),
    unsubscribeUrl: ours.unsubscribeUrl,
  };
}

/** To the customer, when somebody answered. Carries the answer unless the site keeps text out of mail. */
export function staffReplied(
  { words, say }: Writer,
  { by, said, ...ours }: Ours & { by: string; said: Said },
): MailContent {
  const { replied, customer } = words;
  const about = { number: ours.number, subject: ours.subject, by };
  return {
    subject: say(replied.subject, about),
    preview: say(replied.preview, about),
    heading: say(replied.heading, about),
    paragraphs: [say(replied.text, about)],
    ...(said ? { quote: { by, ...said } } : {}),
    button: { label: said ? replied.answer : replied.read, url: ours.url },
    reason: say(customer.reason),
    unsubscribeUrl: ours.unsubscribeUrl,
  };
}

/** To the customer, when somebody else moved their request. */
export function statusChanged(
  { words, say }: Writer,
  { status, ...ours }: Ours & { status: TicketStatus },
): MailContent {
  const { statuses, customer } = words;
  const about = { number: ours.number, subject: ours.subject, status: statuses[status] };
  const text = say(words.status.text, about);
  return {
    subject: say("{status}: {subject} [{number}]", about),
    preview: text,
    heading: statuses[status],
    paragraphs: [text],
    button: { label: customer.open, url: ours.url },
    reason: say(customer.reason),
    unsubscribeUrl: ours.unsubscribeUrl,
  };
}

/** To the customer, when somebody else solved their request: that it is solved, and how to say how it went. */
export function ratingRequest({ words, say }: Writer, ours: Ours): MailContent {
  const { solved, customer } = words;
  const about = { number: ours.number, subject: ours.subject };
  return {
    subject: say(solved.subject, about),
    preview: say(solved.preview, about),
    heading: solved.heading,
    paragraphs: [say(solved.text, about), solved.ask],
    button: { label: solved.button, url: ours.url },
    reason: say(customer.reason),
    unsubscribeUrl: ours.unsubscribeUrl,
  };
}
