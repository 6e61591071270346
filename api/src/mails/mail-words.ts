import type { NoticeType, TicketPriority, TicketStatus } from "@sidedesk/contract";

/** What a mail about something says, with `{name}` where something is put in. */
interface About {
  subject: string;
  heading: string;
  text: string;
}

/** Everything that mails say, in one language. `subject` in braces is the ticket's, `by` whoever did it. */
export interface MailWords {
  /** Under every mail that can be stopped. */
  stop: string;
  /** Stands in for a name that nobody gave. */
  somebody: string;
  statuses: Record<TicketStatus, string>;
  priorities: Record<TicketPriority, string>;
  facts: Record<"ticket" | "customer" | "priority" | "due", string>;
  received: About & { due: string; soon: string; reason: string };
  replied: About & { preview: string; answer: string; read: string };
  status: { text: string };
  solved: About & { preview: string; ask: string; button: string };
  /** What the owner tells, in their own words. */
  notice: { open: string; reason: string };
  /** Several in one; `count` is two or more. */
  digest: About & { reason: string; staffReason: string };
  /** To whoever asked. */
  customer: { open: string; reason: string; endpoint: string };
  staff: { open: string; reason: string; webhooks: string };
  assigned: About;
  team: About;
  customerReplied: About;
  mentioned: About;
  warning: About;
  breached: About;
  webhook: Record<"exhausted" | "halfway" | "disabled", { subject: string; text: string }>;
  /** What became of a budget; `share` is a percentage, `period` a month. */
  budget: Record<"passed" | "reached" | "expected" | "nearing", { subject: string; text: string }>;
  /** A day that cost more or less than `lower` to `upper`. */
  anomaly: Record<"more" | "less", { subject: string; text: string }>;
  costs: Record<
    "reason" | "budget" | "period" | "limit" | "spent" | "forecast" | "service" | "day" | "amount" | "usual",
    string
  >;
  invitation: About & { preview: string; once: string; button: string; reason: string };
  reset: About & { button: string; reason: string };
  /** Under each link that sets a password or confirms an address. */
  linkOnce: string;
  /** To an address that somebody calls theirs. */
  verification: About & { button: string; reason: string };
  /** To who wanted to register a second time. */
  registered: About & { button: string; reason: string };
  changed: About & { help: string; button: string; reason: string };
  test: About & { reason: string };
  /** The page behind `stop`. */
  stopPage: Record<
    | "title"
    | "ask"
    | "which"
    | "customer"
    | "staff"
    | "button"
    | "done"
    | "stopped"
    | "again"
    | "resumed"
    | "settings"
    | "notValid"
    | "elsewhere",
    string
  >;
  /** What chat rooms and phones are told; statuses by their names for staff. */
  alert: {
    statuses: Record<TicketStatus, string>;
    titles: Record<
      "created" | "priority" | "status" | "warning" | "breached" | "costs",
      { one: string; many: string }
    > & { clocks: string };
    raised: string;
    due: string;
    wasDue: string;
    category: string;
    customer: string;
    more: string;
    open: string;
    test: string;
    arrives: string;
    /** Of one day, and what is counted. */
    figures: string;
    counts: Record<"created" | "solved" | "missed" | "open" | "late" | "unassigned", string>;
  };
  /** The types of notices, as settings call them. */
  types: Record<NoticeType, string>;
  /** What previews speak of. */
  sample: Record<"subject" | "answer" | "notice" | "customer" | "staff" | "team", string>;
}
