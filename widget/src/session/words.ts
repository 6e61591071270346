import { msg, str } from "@lit/localize";
import { ApiError, NetworkError } from "@sidedesk/client";
import type { Ticket, TicketPriority, TicketStatus } from "@sidedesk/contract";
import { timeNow } from "@sidedesk/ui/clock";
import { clock, glyph, type Glyph, type Tone } from "@sidedesk/ui/marks";
import { dueTime, duration } from "@sidedesk/ui/format";
import { html, type TemplateResult } from "lit";

interface Shown {
  glyph: Glyph;
  tone: Tone;
}
const shown: Record<TicketStatus, Shown> = {
  open: { glyph: "open", tone: "info" },
  in_progress: { glyph: "progress", tone: "primary" },
  waiting_customer: { glyph: "waiting", tone: "warning" },
  waiting_ai: { glyph: "ai", tone: "ai" },
  resolved: { glyph: "done", tone: "success" },
  closed: { glyph: "shut", tone: "muted" },
};

/** A status in the words that customers read. */
export function statusWord(status: TicketStatus): string {
  return {
    open: () => msg("Received"),
    in_progress: () => msg("We're on it"),
    waiting_customer: () => msg("Your turn"),
    waiting_ai: () => msg("Looking for an answer"),
    resolved: () => msg("Solved"),
    closed: () => msg("Closed"),
  }[status]();
}

export const statusGlyph = (status: TicketStatus, named = false): TemplateResult =>
  glyph(shown[status].glyph, shown[status].tone, named ? statusWord(status) : undefined);

export const statusLine = (status: TicketStatus): TemplateResult =>
  html`<span class="status" data-tone=${shown[status].tone}>${statusGlyph(status)}${statusWord(status)}</span>`;

export function priorityWord(priority: TicketPriority): string {
  return {
    low: () => msg("Low", { desc: "urgency of a request" }),
    medium: () => msg("Normal", { desc: "urgency of a request" }),
    high: () => msg("High", { desc: "urgency of a request" }),
    critical: () => msg("Critical", { desc: "urgency of a request" }),
  }[priority]();
}

/** The promise on a request as a clock, or nothing when none is running. */
export function promiseClock(ticket: Ticket, locale: string, now = timeNow()): TemplateResult | null {
  if (!ticket.slaDueAt || ticket.slaState === "met" || ticket.slaState === "paused") return null;
  if (ticket.status === "resolved" || ticket.status === "closed" || ticket.status === "waiting_customer") return null;
  const due = Date.parse(ticket.slaDueAt);
  const share = Math.max(0, Math.min(100, ((due - now) / Math.max(1, due - Date.parse(ticket.createdAt))) * 100));
  if (due <= now) return clock("breached", msg(str`${duration(now - due, locale)} late`));
  return clock(
    ticket.slaState === "warning" ? "warning" : "ok",
    msg(str`Answer by ${dueTime(due, locale, now)}`),
    share,
  );
}

/** What went wrong, and how to go on, in words for everybody. */
export function errorWords(error: unknown): string {
  if (error instanceof NetworkError)
    return navigator.onLine ? msg("The help desk does not answer at the moment.") : msg("You are offline.");
  if (!(error instanceof ApiError) || error.status >= 500) return msg("It is a problem on our side.");
  return error.message; // in the reader's words since it was thrown (refusals.ts)
}

/** The small reference that support can look up. */
export const errorReference = (error: unknown): string =>
  error instanceof ApiError ? (error.problem.requestId ?? "") : "";
