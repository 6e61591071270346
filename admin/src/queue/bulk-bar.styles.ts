import { css } from "lit";

/** A bar that floats above the end of the list, in the colours of the other theme. */
export const bulkBar = css`
  :host {
    position: absolute;
    inset-block-end: 12px;
    inset-inline: 0;
    z-index: var(--sd-z-bar);
    display: grid;
    justify-items: center;
    gap: var(--sd-2);
    pointer-events: none;
  }
  .bulk,
  .refused {
    pointer-events: auto;
  }
  .bulk {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: center;
    gap: var(--sd-1);
    max-inline-size: calc(100% - 16px);
    padding: 6px;
    border-radius: calc(var(--sd-radius-m) + 2px);
    background: var(--sd-text);
    color: var(--sd-background);
    box-shadow: var(--sd-shadow-3);
  }
  .bulk > b {
    padding-inline: var(--sd-2) var(--sd-3);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .bulk > b > .num {
    margin-inline-start: var(--sd-1);
  }
  .bulk > button,
  sd-menu::part(button) {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: var(--sd-control);
    min-inline-size: var(--sd-target);
    justify-content: center;
    padding-inline: var(--sd-2);
    border: 0;
    border-radius: var(--sd-radius-s);
    background: none;
    color: inherit;
    font: 600 var(--sd-type-dense);
    white-space: nowrap;
    cursor: pointer;
  }
  .bulk > button:hover,
  sd-menu::part(button):hover {
    background: color-mix(in oklab, currentColor 16%, transparent);
  }
  .bulk .all {
    text-decoration: underline;
    text-underline-offset: 0.18em;
  }
  .face {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .bulk > :is(button, sd-menu) .kbd {
    background: none;
    border-color: color-mix(in oklab, currentColor 45%, transparent);
    color: inherit;
  }
  .bulk > :focus-visible,
  sd-menu::part(button):focus-visible {
    outline-color: var(--sd-background);
    outline-offset: -3px;
  }
  progress {
    inline-size: 160px;
    margin-inline-end: var(--sd-2);
    accent-color: currentColor;
  }
  .tag-form {
    display: grid;
    gap: var(--sd-2);
    padding: var(--sd-1);
    inline-size: 220px;
  }
  .refused {
    display: grid;
    inline-size: min(480px, calc(100% - 16px));
    color: var(--sd-text);
  }
  .refused header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: var(--sd-1) var(--sd-1) 0 var(--sd-3);
  }
  .refused ul {
    max-block-size: 160px;
    overflow-y: auto;
    padding: var(--sd-1) var(--sd-3) var(--sd-2);
    color: var(--sd-muted);
  }
  .refused li {
    padding-block: 2px;
  }
  .refused a {
    display: inline-flex;
    align-items: center;
    min-block-size: var(--sd-target);
    color: var(--sd-primary-text);
  }
  @media (max-width: 767.98px) {
    :host {
      position: fixed;
      inset-block-end: 0;
    }
    .bulk {
      max-inline-size: 100%;
      inline-size: 100%;
      border-radius: 0;
      min-block-size: calc(64px + env(safe-area-inset-bottom)); /* the deck below it does not look out */
      padding-block-end: calc(6px + env(safe-area-inset-bottom));
    }
    .bulk > progress {
      flex: 1;
    }
    .kbd,
    .face .icon,
    .bulk > button:not([aria-label]) .icon {
      display: none;
    }
    .bulk {
      gap: 0;
      padding-inline: var(--sd-3);
    }
    .bulk > b {
      margin-inline-end: auto;
    }
    /* How many, and the way out, above what can be done. */
    .bulk > :is(b, .all, .clear) {
      order: -2;
    }
    .bulk:not(:has(> progress))::before {
      content: "";
      order: -1;
      flex-basis: 100%;
    }
    .bulk > :is(button, sd-menu):not(.all, .clear) {
      flex: 1 0 auto;
    }
    .bulk > button,
    sd-menu::part(button) {
      padding-inline: 6px;
    }
    sd-menu::part(button) {
      inline-size: 100%;
    }
  }
  @media (forced-colors: active) {
    .bulk {
      border: 1px solid CanvasText;
    }
  }
`;
