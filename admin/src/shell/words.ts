import { msg, str } from "@lit/localize";
import { ApiError, NetworkError } from "@sidedesk/client";
import type { Ticket, TicketPriority, TicketSort, TicketStatus } from "@sidedesk/contract";
import { timeNow } from "@sidedesk/ui/clock";
import { figure, shortDate } from "@sidedesk/ui/format";
import { drawers, glyph, type ClockState, type Glyph, type Tone } from "@sidedesk/ui/marks";
import { locale } from "./localization.ts";

/** A status as staff read it. */
export function statusWord(status: TicketStatus): string {
  switch (status) {
    case "open":
      return msg("Open");
    case "in_progress":
      return msg("In progress");
    case "waiting_customer":
      return msg("Waiting on customer");
    case "waiting_ai":
      return msg("Waiting on AI");
    case "resolved":
      return msg("Resolved");
    case "closed":
      return msg("Closed");
  }
}

const statusLook: Record<TicketStatus, [Glyph, Tone]> = {
  open: ["open", "info"],
  in_progress: ["progress", "primary"],
  waiting_customer: ["waiting", "warning"],
  waiting_ai: ["ai", "ai"],
  resolved: ["done", "success"],
  closed: ["shut", "muted"],
};
export const statusTone = (status: TicketStatus): Tone => statusLook[status][1];
export const statusMark = (status: TicketStatus, label?: string) => glyph(...statusLook[status], label);

export function priorityWord(priority: TicketPriority): string {
  switch (priority) {
    case "low":
      return msg("Low");
    case "medium":
      return msg("Medium");
    case "high":
      return msg("High");
    case "critical":
      return msg("Critical");
  }
}
const levels = { low: 1, medium: 2, high: 3, critical: 4 } as const;
export const priorityMark = (priority: TicketPriority, label?: string) => drawers(levels[priority], label);
export function priorityName(priority: TicketPriority): string {
  switch (priority) {
    case "low":
      return msg("Low priority");
    case "medium":
      return msg("Medium priority");
    case "high":
      return msg("High priority");
    case "critical":
      return msg("Critical priority");
  }
}

export function sortWord(sort: TicketSort | null): string {
  switch (sort) {
    case "slaDueAt":
      return msg("due first");
    case "-createdAt":
      return msg("newest first");
    case "createdAt":
      return msg("oldest first");
    case "-updatedAt":
      return msg("changed last");
    case "-priority":
      return msg("most urgent first");
    default:
      return msg("best match");
  }
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** A length of time in at most two units, short enough for a column: "14 min", "2 h 10 min", "23 h", "1 d 10 h". */
export function span(milliseconds: number): string {
  const length = Math.abs(milliseconds);
  const n = (unit: number, within = Infinity) => figure(Math.floor((length % within) / unit), locale());
  if (length < hour) return msg(str`${n(minute)} min`);
  if (length < 3 * hour && Math.floor((length % hour) / minute)) return msg(str`${n(hour)} h ${n(minute, hour)} min`);
  if (length < day) return msg(str`${n(hour)} h`);
  if (length < 7 * day && Math.floor((length % day) / hour)) return msg(str`${n(day)} d ${n(hour, day)} h`);
  return msg(str`${n(day)} d`);
}

/** How long ago, up to a day; then the date. */
export function since(at: string): string {
  const passed = Math.max(minute, timeNow() - Date.parse(at));
  return passed < day ? span(passed < hour ? passed : Math.floor(passed / hour) * hour) : shortDate(at, locale());
}

/** As `span`, of at least a minute: "0 min" says nothing. */
export const wholeSpan = (milliseconds: number): string => span(Math.max(minute, milliseconds));

/** How long an answer took. */
export const answerSpan = (from: string, to: string): string => wholeSpan(Date.parse(to) - Date.parse(from));

export interface DueFact {
  /** `late` has ended: the answer came, after it was due. */
  state: ClockState | "late";
  tone: Tone;
  words: string;
  /** Without "left" and "over", for narrow places. */
  short: string;
  /** How much of the time is left, 0 to 100. */
  share: number;
}

type Promised = Pick<Ticket, "slaState" | "slaDueAt" | "createdAt" | "firstRespondedAt" | "resolvedAt" | "closedAt">;

/** The promise on a ticket as of now: the desk's state, run on by our own clock until its next word. */
export function dueFact(ticket: Promised, now = timeNow()): DueFact | null {
  const fact = (state: DueFact["state"], tone: Tone, words: string, short: string, share = 100): DueFact => ({
    state,
    tone,
    words,
    short,
    share,
  });
  const ended = ticket.firstRespondedAt ?? ticket.resolvedAt ?? ticket.closedAt;
  if (ticket.slaState === "met") {
    const took = ended ? answerSpan(ticket.createdAt, ended) : "";
    return fact("met", "success", took ? msg(str`${took}, in time`) : msg("Answered"), msg("Answered"));
  }
  if (ticket.slaState === "paused") return fact("paused", "muted", msg("Paused"), "");
  if (!ticket.slaDueAt) return null;
  if (ticket.slaState === "breached" && ended) {
    const late = answerSpan(ticket.slaDueAt, ended);
    return fact("late", "error", msg(str`${late} late`), late, 0);
  }
  const left = Date.parse(ticket.slaDueAt) - now;
  const words = wholeSpan(Math.abs(left));
  if (left <= 0) return fact("breached", "error", msg(str`${words} over`), words, 0);
  const all = Date.parse(ticket.slaDueAt) - Date.parse(ticket.createdAt);
  const share = all > 0 ? Math.min(100, (left / all) * 100) : 0;
  return ticket.slaState === "warning" || share <= 25
    ? fact("warning", "warning", msg(str`${words} left`), words, share)
    : fact("ok", "muted", msg(str`${words} left`), words, share);
}

/** What went wrong, in words, and the reference to give to whoever looks after the desk. */
export function problemWords(error: unknown): { words: string; reference: string } {
  if (error instanceof ApiError) {
    const { problem, retryAfter } = error;
    if (problem.status === 429 && retryAfter)
      return {
        words: msg(str`Too many at once. Try again in ${span(retryAfter * 1000)}.`),
        reference: problem.requestId,
      };
    if (problem.code === "forbidden")
      return { words: msg("Your role does not allow this."), reference: problem.requestId };
    return { words: problem.errors?.[0]?.message ?? (problem.detail || problem.title), reference: problem.requestId };
  }
  if (error instanceof NetworkError)
    return { words: msg("The desk cannot be reached. Nothing was lost; try again."), reference: "" };
  return { words: msg("Something went wrong on this page. Reload it; drafts are kept."), reference: "" };
}

/** The same in one line. */
export function problemText(error: unknown): string {
  const { words, reference } = problemWords(error);
  return reference ? `${words} (${reference})` : words;
}
