import { z } from "zod";
import { id, time } from "./common.ts";
import { notificationOutput } from "./notifications.ts";
import { commentOutput, ticketOutput } from "./tickets.ts";
import { exampleComment, exampleNotification, exampleTicket } from "./webhook-examples.ts";

const side = z.record(z.string(), z.unknown()).nullable();
/** The ticket as it was when the event was sent out, and what this event changed. */
const changedTicket = ticketOutput.extend({ changes: z.strictObject({ before: side, after: side }) });
const changed = (before: Record<string, unknown> | null, after: Record<string, unknown>) => ({
  ...exampleTicket,
  changes: { before, after },
});

export const budgetAlert = z.strictObject({
  budgetId: id,
  name: z.string(),
  /** A month, such as `2026-11`. */
  period: z.string(),
  currency: z.string(),
  limit: z.number(),
  /** Spent so far in the period. */
  spent: z.number(),
  /** What the whole period is expected to cost; null where nothing can be said. */
  forecast: z.number().nullable(),
  /** The share of the limit, in percent, that was passed. */
  threshold: z.number(),
});
export type BudgetAlert = z.infer<typeof budgetAlert>;
export const costAnomaly = z.strictObject({
  id,
  service: z.string(),
  /** The day it happened, such as `2026-11-20`. */
  date: z.string(),
  currency: z.string(),
  amount: z.number(),
  expected: z.number(),
  lower: z.number(),
  upper: z.number(),
});
export type CostAnomaly = z.infer<typeof costAnomaly>;
/** Null where it is the whole site's. A customer's own endpoints are not told: it is theirs. */
const ofSomebody = <S extends z.ZodRawShape>(told: z.ZodObject<S, z.core.$strict>) =>
  told.extend({ customerId: id.nullable().optional() });
export const domainVerified = z.strictObject({ id, domain: z.string(), verifiedAt: time });
export type DomainVerified = z.infer<typeof domainVerified>;
export const webhookTest = z.strictObject({ message: z.string(), webhookId: id });

/** One type of event that webhooks carry: what `data` is, and how it looks. */
export interface WebhookEventSource {
  description: string;
  data: z.ZodType;
  example: unknown;
}

/** The catalogue. Payloads are made to fit these schemas, and the documentation is generated from them. */
export const webhookEvents = {
  "ticket.created": {
    description: "Somebody asked something: the ticket.",
    data: ticketOutput,
    example: exampleTicket,
  },
  "ticket.updated": {
    description: "A ticket's priority, category or tags changed: the ticket, and what changed.",
    data: changedTicket,
    example: changed({ priority: "medium" }, { priority: "high" }),
  },
  "ticket.status_changed": {
    description: "A ticket went from one status to another: the ticket, and both statuses.",
    data: changedTicket,
    example: changed({ status: "open" }, { status: "in_progress" }),
  },
  "ticket.assigned": {
    description: "A ticket was given to somebody, to a team, or to nobody: the ticket, and what changed.",
    data: changedTicket,
    example: changed(
      { assigneeId: null, assigneeName: null, teamId: null, teamName: null },
      { assigneeId: "6740d0f2a4b1c3d2e5f60711", assigneeName: "Kim Aldous", teamId: null, teamName: null },
    ),
  },
  "ticket.sla_warning": {
    description: "Most of the time for the first answer has passed: the ticket, and when the answer is due.",
    data: changedTicket,
    example: changed(null, { slaDueAt: "2026-11-21T10:15:30.000Z" }),
  },
  "ticket.sla_breached": {
    description: "The first answer is late: the ticket, and when the answer was due.",
    data: changedTicket,
    example: changed(null, { slaDueAt: "2026-11-21T10:15:30.000Z" }),
  },
  "ticket.rated": {
    description: "A customer rated how their ticket was solved: the ticket with its rating.",
    data: changedTicket,
    example: changed(null, { score: 5 }),
  },
  "comment.created": {
    description: "Somebody wrote on a ticket: the comment. Internal notes go to the site's own endpoints only.",
    data: commentOutput,
    example: exampleComment,
  },
  "notification.created": {
    description: "Somebody was told something in their inbox: the notice. To the site's endpoints with who was told.",
    data: notificationOutput.extend({
      recipient: z.strictObject({ kind: z.enum(["customer", "staff"]), id }).optional(),
    }),
    example: { ...exampleNotification, recipient: { kind: "customer", id: "6740d0f2a4b1c3d2e5f60718" } },
  },
  "budget.alert": {
    description:
      "Costs passed a share of a budget, or are expected to. To the site's endpoints with whose budget it is.",
    data: ofSomebody(budgetAlert),
    example: {
      customerId: "6740d0f2a4b1c3d2e5f60718",
      budgetId: "6740d0f2a4b1c3d2e5f60730",
      name: "Hosting",
      period: "2026-11",
      currency: "EUR",
      limit: 1200,
      spent: 968.4,
      forecast: 1310.2,
      threshold: 80,
    },
  },
  "cost.anomaly": {
    description: "A day cost more or less than could be expected. To the site's endpoints with whose costs they are.",
    data: ofSomebody(costAnomaly),
    example: {
      customerId: "6740d0f2a4b1c3d2e5f60718",
      id: "6740d0f2a4b1c3d2e5f60731",
      service: "storage",
      date: "2026-11-20",
      currency: "EUR",
      amount: 84.1,
      expected: 31.5,
      lower: 24.8,
      upper: 38.9,
    },
  },
  "domain.verified": {
    description: "A custom domain was found to be the site's.",
    data: domainVerified,
    example: {
      id: "6740d0f2a4b1c3d2e5f60732",
      domain: "help.tarnside.example",
      verifiedAt: "2026-11-20T10:15:30.000Z",
    },
  },
  "webhook.test": {
    description: "What the button “Send a test event” sends, whatever the endpoint listens to.",
    data: webhookTest,
    example: { message: "This is a test from Sidedesk.", webhookId: "6740d0f2a4b1c3d2e5f60740" },
  },
} as const satisfies Record<string, WebhookEventSource>;
export type WebhookEventName = keyof typeof webhookEvents;

/** The whole body of a delivery. `data` of an owner's own event is whatever the owner sent. */
export const webhookBody = (type: string, data: z.ZodType = z.record(z.string(), z.unknown())) =>
  z.strictObject({ id, type: z.literal(type), timestamp: time, data });
