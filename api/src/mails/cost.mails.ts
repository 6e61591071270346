import type { BudgetAlert, CostAnomaly } from "@sidedesk/contract";
import { cut } from "../core/cut.ts";
import type { MailContent } from "./mail-content.ts";
import type { MailWords } from "./mail-words.ts";
import type { Writer } from "./writer.ts";

/** A name that somebody gave, short enough for one line. */
const mostName = 80;
const named = (name: string): string => cut(name, mostName);

/** What became of a budget: spent, nearly so, or expected to be. */
export function budgetStage({ limit, spent, forecast, threshold }: BudgetAlert): keyof MailWords["budget"] {
  if (spent >= limit) return "passed";
  if (forecast === null || spent >= (limit * threshold) / 100) return "reached";
  return forecast >= limit ? "expected" : "nearing";
}

/** What is said of a budget, in mails and in notices alike. */
export function budgetSaid(writer: Writer, alert: BudgetAlert): { title: string; message: string } {
  const { words, say, money, period, share } = writer;
  const { currency, limit, spent, forecast } = alert;
  const { subject, text } = words.budget[budgetStage(alert)];
  const values = {
    name: named(alert.name),
    period: period(alert.period),
    share: share(alert.threshold),
    limit: money(limit, currency),
    spent: money(spent, currency),
    forecast: forecast === null ? "" : money(forecast, currency),
  };
  return { title: say(subject, values), message: say(text, values) };
}

/** The same of a day that cost more or less than could be expected. */
export function anomalySaid(writer: Writer, anomaly: CostAnomaly): { title: string; message: string } {
  const { words, say, money, period } = writer;
  const { currency, amount, expected, lower, upper } = anomaly;
  const { subject, text } = words.anomaly[amount >= expected ? "more" : "less"];
  const values = {
    service: named(anomaly.service),
    day: period(anomaly.date),
    amount: money(amount, currency),
    lower: money(lower, currency),
    upper: money(upper, currency),
  };
  return { title: say(subject, values), message: say(text, values) };
}

interface To {
  isStaff: boolean;
  unsubscribeUrl: string;
}

/** To whoever's budget it is: costs passed a share of it, or are expected to. */
export function budgetAlert(writer: Writer, alert: BudgetAlert, to: To): MailContent {
  const { costs } = writer.words;
  const { money, period } = writer;
  const { name, currency, limit, spent, forecast } = alert;
  return {
    ...mailOf(writer, budgetSaid(writer, alert), to),
    facts: [
      [costs.budget, name],
      [costs.period, period(alert.period)],
      [costs.limit, money(limit, currency)],
      [costs.spent, money(spent, currency)],
      ...(forecast === null ? [] : [[costs.forecast, money(forecast, currency)] as const]),
    ],
  };
}

/** To whoever's costs they are: a day cost more or less than could be expected. */
export function costAnomaly(writer: Writer, anomaly: CostAnomaly, to: To): MailContent {
  const { costs } = writer.words;
  const { money, period } = writer;
  const { service, currency, amount, expected, lower, upper } = anomaly;
  return {
    ...mailOf(writer, anomalySaid(writer, anomaly), to),
    facts: [
      [costs.service, service],
      [costs.day, period(anomaly.date)],
      [costs.amount, money(amount, currency)],
      [costs.forecast, money(expected, currency)],
      [costs.usual, `${money(lower, currency)} – ${money(upper, currency)}`],
    ],
  };
}

function mailOf(
  { words, say }: Writer,
  { title, message }: { title: string; message: string },
  { isStaff, unsubscribeUrl }: To,
): MailContent {
  return {
    subject: title,
    preview: message,
    heading: title,
    paragraphs: [message],
    reason: say(isStaff ? words.staff.reason : words.costs.reason),
    unsubscribeUrl,
  };
}
