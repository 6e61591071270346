import { config } from "../core/config.ts";
import { cut } from "../core/cut.ts";
import type { Writer } from "../mails/index.ts";
import type { SiteRecord } from "../sites/index.ts";
import { loadTicket, type TicketDocument } from "../tickets/index.ts";
import { markOf, type AlertRow } from "./alert-content.ts";
import type { AlertItem } from "./alert.model.ts";
import { plain } from "./plain-words.ts";

const mostSubject = 200;
const mostText = 500;
const emojis: Record<string, string> = {
  general: "💬",
  account: "👤",
  billing: "💳",
  technical: "🛠️",
  question: "❓",
  other: "📌",
};

/** What a message shows of a ticket as it is now; null when it is gone. */
export async function ticketRow(
  site: SiteRecord,
  item: AlertItem,
  writer: Writer,
  includeText: boolean,
): Promise<AlertRow | null> {
  const ticket = item.ticketId ? await loadTicket(site.id, item.ticketId) : null;
  if (!ticket) return null;
  const { number, subject, category, priority, customer, description } = ticket;
  const { alert, facts, priorities } = writer.words;
  const label = site.settings.categories.find(({ key }) => key === category)?.label ?? category;
  const text = includeText ? cut(plain(description), mostText) : "";
  return {
    emoji: emojis[category] ?? "🎫",
    number,
    subject: cut(plain(subject), mostSubject),
    url: `${config().SIDEDESK_URL}/admin/tickets/${number}`,
    priority,
    what: whatOf(writer, item, ticket),
    facts: [
      [facts.priority, `${markOf[priority]} ${priorities[priority]}`],
      [alert.category, cut(plain(label), 100)],
      [alert.customer, cut(plain(customer.name), 100) || "-"],
    ],
    text: text || null,
  };
}

function whatOf(
  { words, say, moment, dir }: Writer,
  { about, before, after }: AlertItem,
  { slaDueAt }: TicketDocument,
): string | null {
  const { alert, priorities } = words;
  const time = slaDueAt ? moment(slaDueAt) : "";
  switch (about) {
    case "raised":
      return say(alert.raised, { before: wordOf(priorities, before), after: wordOf(priorities, after) });
    case "status":
      return [before, after].map((key) => wordOf(alert.statuses, key)).join(dir === "rtl" ? " ← " : " → ");
    case "warning":
      return time && say(alert.due, { time });
    case "breached":
      return time && say(alert.wasDue, { time });
    default:
      return null;
  }
}

const wordOf = (words: Record<string, string>, key: string | undefined): string => words[key ?? ""] ?? key ?? "";
