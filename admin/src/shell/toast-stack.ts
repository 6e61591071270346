import { consume } from "@lit/context";
import { msg } from "@lit/localize";
import { css, html, nothing } from "lit";
import { BaseElement } from "@sidedesk/ui";
import { base } from "@sidedesk/ui/base.styles";
import { icon } from "@sidedesk/ui/icon";
import { circleAlertIcon, xIcon } from "@sidedesk/ui/icons";
import { dense } from "./console.styles.ts";
import { toastsContext } from "./contexts.ts";
import { Watch } from "./store.ts";
import type { Toasts } from "./toasts.ts";

const styles = css`
  :host {
    position: fixed;
    inset-block-end: var(--sd-12);
    inset-inline: var(--sd-4);
    z-index: var(--sd-z-toast);
    pointer-events: none;
  }
  .all {
    display: grid;
    justify-items: end;
    gap: var(--sd-2);
  }
  .toast {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
    max-inline-size: 264px; /* over the facts of a ticket, never over what one writes */
    padding: 6px 6px 6px var(--sd-4);
    border-radius: calc(var(--sd-radius-m) + 2px);
    background: var(--sd-text);
    color: var(--sd-background);
    box-shadow: var(--sd-shadow-3);
    pointer-events: auto;
    animation: toast var(--sd-base) var(--sd-ease-out);
  }
  @keyframes toast {
    from {
      opacity: 0;
      translate: 0 8px;
    }
  }
  button {
    display: inline-grid;
    place-items: center;
    min-block-size: var(--sd-control);
    min-inline-size: var(--sd-control);
    padding-inline: var(--sd-2);
    border: 0;
    border-radius: var(--sd-radius-s);
    background: none;
    color: inherit;
    font: 600 var(--sd-type-dense);
    cursor: pointer;
  }
  button:hover {
    background: color-mix(in oklab, currentColor 16%, transparent);
  }
  :focus-visible {
    outline-color: currentColor;
  }
  @media (max-width: 767.98px) {
    :host {
      inset-block-end: calc(68px + env(safe-area-inset-bottom));
    }
    :host(.above-composer) {
      inset-block-end: calc(152px + env(safe-area-inset-bottom));
    }
    .all {
      justify-items: center;
    }
    .toast {
      max-inline-size: 100%;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .toast {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .toast {
      border: 1px solid CanvasText;
    }
  }
`;

/**
 * @summary Short messages at the end of the page. One polite live region for all of them.
 */
export class ToastStack extends BaseElement {
  static override styles = [base, dense, styles];

  @consume({ context: toastsContext }) private toasts!: Toasts;

  constructor() {
    super();
    new Watch(this, () => this.toasts);
  }

  override render() {
    return html`<div class="all" role="status" aria-live="polite">
      ${this.toasts.all.map(
        (toast) =>
          html`<div class="toast">
            ${toast.isProblem ? icon(circleAlertIcon) : nothing}<span>${toast.words}</span>${
              toast.action
                ? html`<button
                    type="button"
                    @click=${() => {
                      this.toasts.close(toast.id);
                      toast.action?.run();
                    }}
                  >
                    ${toast.action.label}
                  </button>`
                : nothing
            }<button type="button" aria-label=${msg("Close")} @click=${() => this.toasts.close(toast.id)}>
              ${icon(xIcon)}
            </button>
          </div>`,
      )}
    </div>`;
  }
}
customElements.define("desk-toasts", ToastStack);
