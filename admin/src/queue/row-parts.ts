import { msg } from "@lit/localize";
import { html, type TemplateResult } from "lit";
import { vars } from "@sidedesk/ui/vars";
import type { TicketList } from "../shell/ticket-list.ts";
import { problemWords } from "../shell/words.ts";

/** A row whose ticket was let go of while it was far out of sight, and is fetched again. */
export const skeletonRow = (index: number): TemplateResult =>
  html`<div class="sk" role="row" aria-rowindex=${index + 2}>
    <span role="cell"><i class="skeleton"></i></span>
  </div>`;

/** The row after the last ticket: the next page on its way, or why it did not come. */
export function tailRow(list: TicketList): TemplateResult {
  const { problem } = list;
  return html`<div class="end-line" role="row">
    <span role="cell"
      >${
        problem && !list.isGrowing
          ? html`${problemWords(problem).words}
              <button class="button button-s" type="button" @click=${() => list.retry()}>${msg("Try again")}</button>`
          : html`<span class="spin"></span><span class="sr">${msg("Loading more tickets")}</span>`
      }</span
    >
  </div>`;
}

/** The table before anything is known, in its true shape. */
export function rowsSkeleton(density: string, rowHeight: number): TemplateResult {
  return html`<div
    class="table ${density}"
    role="status"
    aria-busy="true"
    aria-label=${msg("Loading tickets")}
    ${vars({ "--row": `${rowHeight}px` })}
  >
    <div class="head"></div>
    <div>
      ${[62, 48, 71, 55, 66, 50, 58, 69, 46, 60, 64, 52].map(
        (wide) =>
          html`<div class="sk" ${vars({ "--wide": `${wide}%` })}>
            <span><i class="skeleton"></i></span>
          </div>`,
      )}
    </div>
  </div>`;
}
