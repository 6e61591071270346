import type { TicketPriority } from "@sidedesk/contract";
import type { Said } from "./customer.mails.ts";
import type { MailContent } from "./mail-content.ts";
import type { Writer } from "./writer.ts";

/** A ticket as staff are told of it. */
export interface Theirs {
  number: string;
  subject: string;
  customer: string;
  priority: TicketPriority;
  /** By when it should be answered; null when it was, or nothing is promised. */
  dueAt: Date | null;
  url: string;
  unsubscribeUrl: string;
  /** Who did it. */
  by: string;
}
type StaffKind = "assigned" | "team" | "customerReplied" | "mentioned" | "warning" | "breached";

/** What all mails to staff about a ticket share: what happened, what it is about, and the way to it. */
function aboutTicket(
  { words, say, time }: Writer,
  kind: StaffKind,
  theirs: Theirs,
  more: Record<string, string> = {},
): MailContent {
  const { facts, priorities, staff } = words;
  const { number, subject, by, dueAt } = theirs;
  const values = { number, subject, by: by || words.somebody, ...more };
  const text = say(words[kind].text, values);
  const isClock = kind === "warning" || kind === "breached";
  return {
    subject: say(words[kind].subject, values),
    preview: text,
    heading: say(words[kind].heading, values),
    paragraphs: [text],
    facts: [
      [facts.ticket, number],
      [facts.customer, theirs.customer],
      [facts.priority, priorities[theirs.priority]],
      ...(dueAt && !isClock ? [[facts.due, time(dueAt)] as const] : []),
    ],
    button: { label: staff.open, url: theirs.url },
    reason: say(staff.reason),
    unsubscribeUrl: theirs.unsubscribeUrl,
  };
}

/** To whoever got a ticket from somebody else. */
export const ticketAssigned = (writer: Writer, theirs: Theirs): MailContent => aboutTicket(writer, "assigned", theirs);

/** To the members of a team that got one. */
export const teamAssigned = (writer: Writer, { team, ...theirs }: Theirs & { team: string }): MailContent =>
  aboutTicket(writer, "team", theirs, { team });

/** To whoever a ticket lies with, when its customer wrote. */
export const customerReplied = (writer: Writer, { said, ...theirs }: Theirs & { said: Said }): MailContent => ({
  ...aboutTicket(writer, "customerReplied", theirs),
  ...(said ? { quote: { by: theirs.by, ...said } } : {}),
});

/** To whoever was named in a note. Never carries the note: it is for the console alone. */
export const mentioned = (writer: Writer, theirs: Theirs): MailContent => aboutTicket(writer, "mentioned", theirs);

/** To those a ticket waits for: its time runs out, or has run out. */
export const slaTold = (
  writer: Writer,
  { isLate, ...theirs }: Theirs & { isLate: boolean; dueAt: Date },
): MailContent => aboutTicket(writer, isLate ? "breached" : "warning", theirs, { time: writer.time(theirs.dueAt) });
