import type { AlertKind, TicketStatus } from "@sidedesk/contract";
import { DateTime } from "luxon";
import { config } from "../core/config.ts";
import type { SiteRecord } from "../sites/index.ts";
import { loadTicket, type TicketDocument } from "../tickets/index.ts";
import { markOf, mostRows, priorityWord, type AlertContent, type AlertRow } from "./alert-content.ts";
import type { AlertDocument, AlertItem } from "./alert.model.ts";
import { cut, plain } from "./plain-words.ts";
import { composeSummary } from "./compose-summary.ts";

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
const statusWord: Record<TicketStatus, string> = {
  open: "Open",
  in_progress: "In progress",
  waiting_customer: "Waiting for customer",
  waiting_ai: "Waiting for an answer",
  resolved: "Solved",
  closed: "Closed",
};

/** What a message says now, read from the tickets it is about; null when those are gone. */
export async function composeAlert(
  site: SiteRecord,
  { kind, items }: Pick<AlertDocument, "kind" | "items">,
  includeText: boolean,
): Promise<AlertContent | null> {
  const url = `${config().SIDEDESK_URL}/admin`;
  const base = { siteName: plain(site.name), url, rows: [], more: 0, figures: [], note: null };
  if (kind === "test")
    return { ...base, title: "It works", url: `${url}/setup/alerts`, note: "Alerts of this site will arrive here." };
  const [first] = items;
  if (kind === "summary") return first ? { ...base, ...(await composeSummary(site, first)) } : null;
  const rows: AlertRow[] = [];
  let gone = 0;
  for (const item of items) {
    if (rows.length === mostRows) break;
    const ticket = item.ticketId ? await loadTicket(site.id, item.ticketId) : null;
    if (ticket) rows.push(rowOf(site, item, ticket, includeText));
    else gone += 1;
  }
  if (rows.length === 0) return null;
  const count = items.length - gone;
  return { ...base, title: titleOf(kind, items, count), rows, more: count - rows.length };
}

function titleOf(kind: Exclude<AlertKind, "summary">, items: readonly AlertItem[], count: number): string {
  const late = items.filter(({ about }) => about === "breached").length;
  const one = count === 1;
  switch (kind) {
    case "created":
      return one ? "New ticket" : `${count} new tickets`;
    case "priority":
      return one ? "Urgent ticket" : `${count} urgent tickets`;
    case "status":
      return one ? "Status changed" : `${count} changes of status`;
    case "sla":
      if (late === 0) return one ? "Answer due soon" : `${count} answers due soon`;
      if (late === items.length) return one ? "Answer overdue" : `${count} answers overdue`;
      return `${count} answers due soon or overdue`;
  }
}

function rowOf(site: SiteRecord, item: AlertItem, ticket: TicketDocument, includeText: boolean): AlertRow {
  const { number, subject, category, priority, customer, description } = ticket;
  const label = site.settings.categories.find(({ key }) => key === category)?.label ?? category;
  const text = includeText ? cut(plain(description), mostText) : "";
  return {
    emoji: emojis[category] ?? "🎫",
    number,
    subject: cut(plain(subject), mostSubject),
    url: `${config().SIDEDESK_URL}/admin/tickets/${number}`,
    priority,
    what: whatOf(site, item, ticket),
    facts: [
      ["Priority", `${markOf[priority]} ${priorityWord[priority]}`],
      ["Category", cut(plain(label), 100)],
      ["Customer", cut(plain(customer.name), 100) || "-"],
    ],
    text: text || null,
  };
}

function whatOf({ timezone }: SiteRecord, { about, before, after }: AlertItem, ticket: TicketDocument): string | null {
  const due = ticket.slaDueAt && DateTime.fromJSDate(ticket.slaDueAt, { zone: timezone });
  const at = due ? due.toFormat("d LLL, HH:mm", { locale: "en" }) : "";
  switch (about) {
    case "raised":
      return `Raised from ${wordOf(priorityWord, before)} to ${wordOf(priorityWord, after)}`;
    case "status":
      return `${wordOf(statusWord, before)} → ${wordOf(statusWord, after)}`;
    case "warning":
      return at && `First answer due ${at}`;
    case "breached":
      return at && `First answer was due ${at}`;
    default:
      return null;
  }
}

const wordOf = (words: Record<string, string>, key: string | undefined): string => words[key ?? ""] ?? key ?? "";
