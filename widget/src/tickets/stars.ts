import { msg, str } from "@lit/localize";
import { icon } from "@sidedesk/ui/icon";
import { starIcon } from "@sidedesk/ui/icons";
import { html, type TemplateResult } from "lit";

/** A rating as stars, with its figure for those who do not see them. */
export const stars = (score: number): TemplateResult =>
  html`<span class="stars" role="img" aria-label=${msg(str`You gave ${score} of 5.`)}
    >${[1, 2, 3, 4, 5].map((at) => html`<i class=${at <= score ? "on" : ""}>${icon(starIcon)}</i>`)}</span
  >`;
