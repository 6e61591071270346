import { html, nothing, type TemplateResult } from "lit";
import { msg, str } from "@lit/localize";
import type { Ticket } from "@sidedesk/contract";
import { waitsAgain } from "@sidedesk/contract/lifecycle";
import { timeNow } from "@sidedesk/ui/clock";
import { icon } from "@sidedesk/ui/icon";
import { checkIcon, clockAlertIcon, messageSquareIcon, pauseIcon, userPlusIcon } from "@sidedesk/ui/icons";
import { avatar } from "@sidedesk/ui/people";
import { exactTime, timeAgo } from "@sidedesk/ui/format";
import { locale } from "./localization.ts";
import { dueFact, wholeSpan, type DueFact } from "./words.ts";

/** The drawing of a clock at any size: an arc of the time left. */
export const arc = (share: number): TemplateResult =>
  html`<svg viewBox="0 0 16 16" aria-hidden="true">
    <circle cx="8" cy="8" r="6" pathLength="100" />
    <circle cx="8" cy="8" r="6" pathLength="100" stroke-dasharray="${Math.round(share)} 100" />
  </svg>`;

export const clockDrawing = (fact: DueFact): TemplateResult =>
  fact.state === "breached" || fact.state === "late"
    ? icon(clockAlertIcon)
    : fact.state === "met"
      ? icon(checkIcon)
      : fact.state === "paused"
        ? icon(pauseIcon)
        : arc(fact.share);

/** When the answer is due, as a chip. Calm states wear no ground, so that late ones are seen. */
export function dueChip(ticket: Ticket, options: { short?: boolean } = {}): TemplateResult | typeof nothing {
  const fact = dueFact(ticket);
  if (!fact) return nothing;
  const shape = fact.state === "breached" ? "chip-solid" : fact.state === "warning" ? "" : "chip-bare";
  const title = ticket.slaDueAt ? exactTime(ticket.slaDueAt, locale()) : nothing;
  const mark = options.short && fact.state === "breached" ? nothing : clockDrawing(fact);
  return chip(fact, { shape, title, mark }, options);
}

/** What is short for the eye is said in full. */
const chip = (
  { tone, words, short }: Pick<DueFact, "tone" | "words" | "short">,
  look: { shape: string; title: string | typeof nothing; mark: TemplateResult | typeof nothing },
  { short: isShort = false }: { short?: boolean },
): TemplateResult =>
  html`<span class="chip sla ${look.shape}" data-tone=${tone} title=${look.title}
    >${look.mark}${isShort ? short : words}${
      isShort && short !== words ? html`<span class="sr">${words}</span>` : nothing
    }</span
  >`;

/** What a list says of a ticket's turn: how long its customer has waited for another answer, or the promise of the first. */
export function turnChip(ticket: Ticket, options: { short?: boolean } = {}): TemplateResult | typeof nothing {
  const at = ticket.lastCustomerMessageAt;
  if (!at || !waitsAgain(ticket)) return dueChip(ticket, options);
  const waited = wholeSpan(timeNow() - Date.parse(at));
  return chip(
    { tone: "warning", words: msg(str`waiting ${waited}`), short: waited },
    { shape: "chip-bare", title: exactTime(at, locale()), mark: icon(messageSquareIcon) },
    options,
  );
}

/** Whose turn it is: whether staff have answered what the customer wrote last. */
export function lastWord(ticket: Ticket): TemplateResult {
  const asked = ticket.lastCustomerMessageAt ?? ticket.createdAt;
  const answered = ticket.lastStaffMessageAt;
  const isAnswered = answered !== null && answered >= asked;
  const at = isAnswered ? answered : asked;
  const ago = timeAgo(at, locale());
  return html`<span
    class="status last-word"
    data-tone=${isAnswered ? "success" : "warning"}
    title=${exactTime(at, locale())}
    >${icon(isAnswered ? checkIcon : messageSquareIcon)}${isAnswered ? msg(str`Answered ${ago}`) : msg(str`Customer wrote ${ago}`)}</span
  >`;
}

/** Who has the ticket, as a small avatar with a name for those who do not see it. */
export const assigneeMark = (ticket: Ticket): TemplateResult =>
  ticket.assignee
    ? html`<span role="img" aria-label=${ticket.assignee.name} title=${ticket.assignee.name}
        >${avatar(ticket.assignee.name, { size: "s" })}</span
      >`
    : html`<span role="img" aria-label=${msg("Unassigned")} title=${msg("Unassigned")}
        ><span class="avatar avatar-s avatar-none" aria-hidden="true">${icon(userPlusIcon)}</span></span
      >`;
