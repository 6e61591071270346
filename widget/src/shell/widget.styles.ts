import { css } from "lit";

export const widgetStyles = css`
  :host {
    all: initial !important;
    color-scheme: inherit !important;
    position: fixed !important;
    inset-block-end: max(var(--sd-5), env(safe-area-inset-bottom)) !important;
    inset-inline-end: var(--sd-5) !important;
    z-index: var(--sd-z-host) !important;
    isolation: isolate !important;
    display: block !important;
    inline-size: var(--sd-launcher) !important;
    block-size: var(--sd-launcher) !important;
    color: var(--sd-text) !important;
    font: 400 var(--sd-type-body) !important;
    text-align: start !important;
  }
  :host([theme="light"]) {
    color-scheme: light !important;
  }
  :host([theme="dark"]) {
    color-scheme: dark !important;
  }
  :host([theme="system"]) {
    color-scheme: light dark !important;
  }
  :host(:is([hidden], [launcher="none"]:not([open]))) {
    display: none !important;
  }
  /* Each lies by itself at the corner: what grew towards the page's middle would count as a shift of its layout. */
  .desk > * {
    position: absolute;
    inset-block-end: 0;
    inset-inline-end: 0;
  }
  .desk > :is(sidedesk-panel, .peek) {
    inset-block-end: calc(var(--sd-launcher) + var(--sd-3));
  }
  dialog {
    all: unset;
    position: fixed;
    inset-block-end: max(var(--sd-5), env(safe-area-inset-bottom));
    inset-inline-end: var(--sd-5);
  }
  .launcher {
    transition: background-color var(--sd-fast);
  }
  .launcher .spin {
    margin: 6px; /* as wide as the mark in whose place it turns */
  }
  .launcher:hover {
    background: var(--sd-primary-hover);
  }
  .launcher:active {
    background: var(--sd-primary-press);
  }
  .peek {
    display: grid;
    grid-template-columns: auto 1fr auto;
    gap: 2px var(--sd-3);
    inline-size: min(320px, calc(100vw - 40px));
    padding: var(--sd-3) var(--sd-2) var(--sd-3) var(--sd-3);
    background: var(--sd-raised);
    border: 1px solid var(--sd-border);
    border-radius: var(--sd-radius-m);
    box-shadow: var(--sd-shadow-3);
    color: var(--sd-text);
    animation: peek var(--sd-slow) var(--sd-ease-out);
  }
  @keyframes peek {
    from {
      translate: 0 8px;
    }
  }
  .peek > .avatar {
    grid-row: 1 / 3;
  }
  .peek p {
    grid-column: 2;
    font: 400 var(--sd-type-read);
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  .peek .icon-button {
    grid-row: 1 / 3;
    grid-column: 3;
    align-self: start;
    margin-block-start: -6px;
    z-index: 1;
  }
  .peek .show {
    border: 0;
    padding: 0;
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .peek .show::after {
    content: "";
    position: absolute;
    inset: 0;
    border-radius: var(--sd-radius-m);
  }
  .peek .show:focus-visible {
    outline: none;
  }
  .peek .show:focus-visible::after {
    outline: var(--sd-ring-width) solid var(--sd-ring);
    outline-offset: var(--sd-ring-gap);
  }
  @media (max-width: 479.98px) {
    :host([open]) .launcher {
      display: none;
    }
    .desk > sidedesk-panel {
      position: fixed;
      inset: 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .peek {
      animation-name: fade;
      animation-duration: 180ms;
    }
    @keyframes fade {
      from {
        opacity: 0;
      }
    }
  }
  @media print {
    :host {
      display: none !important;
    }
  }
`;
