import { msg } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { vars } from "@sidedesk/ui/vars";
import type { TicketList } from "../shell/ticket-list.ts";
import { problemWords } from "../shell/words.ts";
import type { Column } from "./columns.ts";

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

/** The heads of the columns; `box` ticks all rows, for those who may change tickets. */
export function tableHead(
  columns: readonly Column[],
  sorted: string | null,
  box: { isAll: boolean; isSome: boolean; toggle: () => void } | null,
): TemplateResult {
  return html`<div class="head" role="row">
    <span class="c-check" role="columnheader"
      >${
        box
          ? html`<input
              class="check"
              type="checkbox"
              aria-label=${msg("Select all shown")}
              .checked=${box.isAll}
              .indeterminate=${box.isSome}
              @change=${box.toggle}
            />`
          : html`<span class="sr">${msg("Selected")}</span>`
      }</span
    ><span class="c-prio" role="columnheader"><span class="sr">${msg("Priority")}</span></span
    ><span role="columnheader">${msg("Subject")}</span>${columns.map(
      ({ key, label, isQuiet, isEnd, sort }) =>
        html`<span
          class="c-${key.replace(/\W/g, "-")} ${isEnd ? "end" : ""}"
          role="columnheader"
          aria-sort=${sort?.by === sorted ? sort.how : nothing}
          title=${isQuiet ? nothing : label}
          >${isQuiet ? html`<span class="sr">${label}</span>` : label}</span
        >`,
    )}
  </div>`;
}
