import type { DomainEvents } from "@sidedesk/contract";
import { loadCustomer } from "../accounts/index.ts";
import { config } from "../core/config.ts";
import { cut } from "../core/cut.ts";
import { findEventsById } from "../core/events/find-events.ts";
import { anomalySaid, budgetSaid, type Writer } from "../mails/index.ts";
import type { SiteRecord } from "../sites/index.ts";
import type { AlertRow } from "./alert-content.ts";
import { plain } from "./plain-words.ts";

/** What a message shows of a budget or of unusual costs, as its event has it; null when that, or the customer, is gone. */
export async function costRow(site: SiteRecord, eventId: string, writer: Writer): Promise<AlertRow | null> {
  const [event] = await findEventsById(site.id, [eventId]);
  if (event?.type !== "budget.alert" && event?.type !== "cost.anomaly") return null;
  const { customerId, ...data } = event.data as DomainEvents["budget.alert" | "cost.anomaly"];
  const customer = customerId === null ? null : await loadCustomer(site.id, customerId);
  if (customerId !== null && !customer) return null;
  const isBudget = "budgetId" in data;
  const isOver = isBudget ? data.spent >= data.limit : data.amount > data.upper;
  const { title, message } = isBudget ? budgetSaid(writer, data) : anomalySaid(writer, data);
  const { alert, costs } = writer.words;
  const name = plain(isBudget ? data.name : data.service);
  const desk = `${config().SIDEDESK_URL}/admin`;
  return {
    emoji: isBudget ? "💰" : "📈",
    number: writer.period(isBudget ? data.period : data.date),
    subject: cut(plain(title), 200),
    url: customer ? `${desk}/customers/${customer.id}` : desk,
    priority: isOver ? "high" : "medium",
    what: plain(message),
    facts: [
      [isBudget ? costs.budget : costs.service, cut(name, 100) || "-"],
      ...(customer ? [[alert.customer, cut(plain(customer.name), 100) || "-"] as const] : []),
    ],
    text: null,
  };
}
