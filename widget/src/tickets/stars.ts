import { msg, str } from "@lit/localize";
import { icon } from "@sidedesk/ui/icon";
import { html, type TemplateResult } from "lit";

const starIcon = "m12 2 3 7 8 .6-6 5 2 7.4-7-4-7 4 2-7.4-6-5L9 9z";

/** A rating as stars, with its figure for those who do not see them. */
export const stars = (score: number): TemplateResult =>
  html`<span class="stars" role="img" aria-label=${msg(str`You gave ${score} of 5.`)}
    >${[1, 2, 3, 4, 5].map((at) => html`<i class=${at <= score ? "on" : ""}>${icon(starIcon)}</i>`)}</span
  >`;
