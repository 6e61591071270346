import { msg, str } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { figure } from "@sidedesk/ui/format";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { paths } from "../router.ts";
import { locale } from "../shell/localization.ts";
import type { TicketList } from "../shell/ticket-list.ts";
import { problemWords } from "../shell/words.ts";

/** No ticket in the view: in the usual one that is good news, elsewhere filters may be too narrow. */
export function nothingFound(isPlain: boolean): TemplateResult {
  return html`<div class="empty" role="status">
    ${emptyArt()}
    <h2>${isPlain ? msg("Nothing is open") : msg("No ticket fits")}</h2>
    <p>
      ${isPlain ? msg("New tickets appear here by themselves, those that are due first at the top.") : msg("Nothing matches these filters and this search.")}
    </p>
    ${
      isPlain
        ? html`<a class="button" href=${paths.queue("?status=all&sort=-createdAt")}>${msg("Show all tickets")}</a>`
        : html`<a class="button" href=${paths.queue()}>${msg("Clear filters")}</a>`
    }
  </div>`;
}

export function queueProblem(problem: unknown, retry: () => void): TemplateResult {
  const { words, reference } = problemWords(problem);
  return html`<div class="empty" role="alert">
    ${emptyArt("broken")}
    <h2>${msg("The queue could not be loaded")}</h2>
    <p>${words}</p>
    <button class="button button-primary" type="button" @click=${retry}>${msg("Try again")}</button>
    ${reference ? html`<p class="meta">${msg("Reference")} <span class="mono">${reference}</span></p>` : nothing}
  </div>`;
}

/** What the keys do, and how many rows there are. */
export function queueFoot(list: TicketList, showKeys: () => void): TemplateResult {
  const { length, hasMore } = list;
  const count = figure(length, locale());
  return html`<footer class="foot">
    <span><kbd class="kbd">j</kbd><kbd class="kbd">k</kbd>${msg("move")}</span
    ><span><kbd class="kbd">x</kbd>${msg("select")}</span><span><kbd class="kbd">Enter</kbd>${msg("open")}</span
    ><span><kbd class="kbd">/</kbd>${msg("search")}</span
    ><button class="button button-quiet button-s" type="button" @click=${showKeys}>
      <kbd class="kbd">?</kbd>${msg("all keys")}</button
    ><span class="push num">${hasMore ? msg(str`${count} loaded, more below`) : msg(str`${count} shown`)}</span>
  </footer>`;
}
