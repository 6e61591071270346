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
  invitation: About & { preview: string; once: string; button: string; reason: string };
  reset: About & { once: string; button: string; reason: string };
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
  /** The types of notices, as settings call them. */
  types: Record<NoticeType, string>;
  /** What previews speak of. */
  sample: Record<"subject" | "answer" | "notice" | "customer" | "staff" | "team", string>;
}
