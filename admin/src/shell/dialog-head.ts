import { msg } from "@lit/localize";
import { html, type TemplateResult } from "lit";
import { icon } from "@sidedesk/ui/icon";
import { xIcon } from "@sidedesk/ui/icons";

/** The head of a dialog: what names it (`aria-labelledby="title"`), and the way out. */
export const dialogHead = (title: string, close: () => void): TemplateResult =>
  html`<header>
    <h2 id="title">${title}</h2>
    <button class="icon-button" type="button" aria-label=${msg("Close")} @click=${close}>${icon(xIcon)}</button>
  </header>`;
