import { msg } from "@lit/localize";
import { icon } from "@sidedesk/ui/icon";
import { arrowLeftIcon, xIcon } from "@sidedesk/ui/icons";
import { html, nothing, type TemplateResult } from "lit";
import { announce } from "./events.ts";

/** Closes the sheet on small screens, where there is no launcher. Only inside the panel. */
export function closeButton(from: HTMLElement, framed: boolean): TemplateResult | typeof nothing {
  if (!framed) return nothing;
  return html`<button
    class="icon-button sheet-only"
    type="button"
    aria-label=${msg("Close help")}
    @click=${() => announce(from, "dismiss")}
  >
    ${icon(xIcon, { large: true })}
  </button>`;
}

export function backButton(from: HTMLElement, framed: boolean, label: string): TemplateResult | typeof nothing {
  if (!framed) return nothing;
  return html`<button
    class="icon-button"
    type="button"
    data-focus
    aria-label=${label}
    @click=${() => announce(from, "back")}
  >
    ${icon(arrowLeftIcon, { large: true, flips: true })}
  </button>`;
}
