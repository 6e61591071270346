import { msg, str } from "@lit/localize";
import type { Ticket } from "@sidedesk/contract";
import { isOpenStatus } from "@sidedesk/contract/lifecycle";
import { exactTime, timeSince } from "@sidedesk/ui/format";
import { html, nothing, type TemplateResult } from "lit";
import { lastSaid } from "../session/ticket-list.ts";
import { promiseClock, statusGlyph } from "../session/words.ts";
import { stars } from "./stars.ts";

/** Who spoke last, and what, as far as it is known; how it was rated once it is over. */
function says(ticket: Ticket): string | TemplateResult {
  if (ticket.rating && !isOpenStatus(ticket.status))
    return html`${msg("You rated the answer")} ${stars(ticket.rating.score)}`;
  if (ticket.status === "waiting_ai") return msg("Looking for an answer. A person sees this too.");
  const said = lastSaid(ticket.id);
  if (said) return said.own ? msg(str`You: ${said.text}`) : `${said.name}: ${said.text}`;
  const staffLast =
    ticket.lastStaffMessageAt &&
    (!ticket.lastCustomerMessageAt || ticket.lastStaffMessageAt > ticket.lastCustomerMessageAt);
  if (!staffLast) return ticket.commentCount ? msg("You wrote last") : ticket.description;
  return ticket.assignee ? msg(str`${ticket.assignee.name} answered`) : msg("We answered");
}

/** One request in a list: state, subject, who spoke last, and the promise while one runs. */
export function ticketRow(
  ticket: Ticket,
  options: { locale: string; isNew: boolean; choose: (ticket: Ticket) => void },
): TemplateResult {
  const { locale, isNew, choose } = options;
  const clock = promiseClock(ticket, locale);
  return html`<button
    part="row"
    class="request"
    data-key=${ticket.id}
    type="button"
    ?data-new=${isNew}
    @click=${() => choose(ticket)}
  >
    ${statusGlyph(ticket.status, true)}
    <strong class="truncate" dir="auto">${ticket.subject}</strong>
    <time datetime=${ticket.updatedAt} title=${exactTime(ticket.updatedAt, locale)}
      >${timeSince(ticket.updatedAt, locale)}</time
    >
    <span class="says truncate" dir="auto"
      >${isNew ? html`<span class="sr">${msg("New answer")}. </span>` : nothing}${says(ticket)}</span
    >
    ${
      clock || ticket.reference
        ? html`<span class="facts row row-wrap"
            >${clock}${ticket.reference ? html`<span class="tag">${ticket.reference.label ?? ticket.reference.id}</span>` : nothing}</span
          >`
        : nothing
    }
  </button>`;
}
