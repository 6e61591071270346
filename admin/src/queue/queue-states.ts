import { msg } from "@lit/localize";
import { html, nothing, type TemplateResult } from "lit";
import { emptyArt } from "@sidedesk/ui/surfaces";
import { paths } from "../router.ts";
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
