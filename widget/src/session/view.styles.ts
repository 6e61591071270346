import { css } from "lit";

/** A view with a head and a body that scrolls: fills the panel when framed, a bounded card when it stands alone. */
export const viewStyles = css`
  :host {
    display: grid !important;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
    background: var(--sd-surface);
    min-block-size: 0;
  }
  :host([hidden]) {
    display: none !important;
  }
  :host(:not([framed])) {
    max-block-size: var(--sidedesk-max-height, 704px);
    min-block-size: 240px;
    border: var(--sd-hair) solid var(--sd-border);
    border-radius: var(--sd-radius-m);
    overflow: hidden;
  }
  :host(:not([framed])) .sheet-only {
    display: none !important;
  }
  .panel-body {
    position: relative;
  }
  .panel-head :is(h1, h2) {
    flex: 1;
    min-inline-size: 0;
  }
  :is(h1, h2):focus-visible {
    outline: none;
  }
`;
