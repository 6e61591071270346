import type { TicketPriority } from "@sidedesk/contract";
import type { Writer } from "../mails/index.ts";

/** A message before it takes the form of a service. All words are plain: services escape what they take for formatting. */
export interface AlertContent {
  /** Speaks the site's language. */
  writer: Writer;
  siteName: string;
  title: string;
  /** Where the console shows more. */
  url: string;
  rows: readonly AlertRow[];
  /** How many more there are than rows. */
  more: number;
  /** Of the day before. */
  figures: readonly (readonly [label: string, value: string])[];
  note: string | null;
}
export interface AlertRow {
  /** Of the category. */
  emoji: string;
  /** The ticket's; of costs their month or day. */
  number: string;
  subject: string;
  url: string;
  /** What costs are shown as is how urgent they are. */
  priority: TicketPriority;
  /** What happened, beside what the title says; null when that is all. */
  what: string | null;
  facts: readonly (readonly [label: string, value: string])[];
  /** The first lines of what the customer wrote, where the site lets them out. */
  text: string | null;
}

/** Rows that a message shows at most: what is more is counted. */
export const mostRows = 8;

/** The colours of LOOK for what calm, due and late things are. */
export const colorOf: Record<TicketPriority, number> = {
  critical: 0xb8232c,
  high: 0xd97706,
  medium: 0x2a57b0,
  low: 0x6b7a85,
};
export const markOf: Record<TicketPriority, string> = { critical: "🔴", high: "🟠", medium: "🔵", low: "⚪" };

/** What stands for things that are not shown. */
export const moreOf = ({ writer: { words, say } }: Pick<AlertContent, "writer">, count: number): string =>
  say(words.alert.more, { count: String(count) });
