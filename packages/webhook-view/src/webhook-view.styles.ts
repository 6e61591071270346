import { css } from "lit";

export const webhookViewStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
  }
  .frame {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--sd-5);
    container: hooks / inline-size;
  }
  .page-head {
    display: flex;
    flex-wrap: wrap;
    align-items: flex-end;
    justify-content: space-between;
    gap: var(--sd-3);
  }
  .page-head > div {
    flex: 1 1 280px;
    min-inline-size: 0;
  }
  h1 {
    font: 600 var(--sd-type-title);
    letter-spacing: var(--sd-tight);
  }
  h1:focus-visible {
    outline: none;
  }
  .page-head p {
    color: var(--sd-muted);
  }
  .hooks {
    display: grid;
    grid-template-columns: 300px minmax(0, 1fr);
    gap: var(--sd-5);
    align-items: start;
  }
  .hook {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    gap: 2px;
    inline-size: 100%;
    padding: var(--sd-3) var(--sd-4);
    border: 0;
    background: none;
    color: inherit;
    text-align: start;
    cursor: pointer;
  }
  li:first-child > .hook {
    border-start-start-radius: var(--sd-radius-m);
    border-start-end-radius: var(--sd-radius-m);
  }
  li:last-child > .hook {
    border-end-start-radius: var(--sd-radius-m);
    border-end-end-radius: var(--sd-radius-m);
  }
  li + li > .hook {
    border-block-start: 1px solid var(--sd-border);
  }
  .hook:hover {
    background: var(--sd-hover);
  }
  .hook[aria-current] {
    background: var(--sd-primary-soft);
  }
  .hook b {
    font-weight: 600;
    overflow-wrap: anywhere;
  }
  .hook:focus-visible {
    outline-offset: -3px;
  }
  .main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--sd-5);
    min-inline-size: 0;
    scroll-margin-block-start: 120px; /* below the portal's bar */
  }
  .top {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--sd-3);
    padding: var(--sd-4) var(--sd-5) var(--sd-5);
  }
  .top h2 {
    font: 600 var(--sd-type-lead);
    letter-spacing: var(--sd-tight);
    overflow-wrap: anywhere;
  }
  .frame > .banner {
    border-radius: var(--sd-radius-m);
  }
  .top .banner {
    border-radius: var(--sd-radius-s);
  }
  .facts {
    display: grid;
    grid-template-columns: 110px minmax(0, 1fr);
    gap: 10px var(--sd-4);
    align-items: center;
  }
  .facts dt {
    color: var(--sd-muted);
    align-self: start;
    padding-block-start: 2px;
  }
  .told:empty {
    display: none;
  }
  .bars {
    display: flex;
    align-items: end;
    gap: 2px;
    block-size: 28px;
  }
  .bars i {
    inline-size: 5px;
    border-radius: 1px;
    background: var(--sd-success);
    opacity: 0.75;
  }
  .bars i.bad {
    background: var(--sd-error);
    opacity: 1;
  }
  .bars-sk {
    inline-size: 166px;
    block-size: 28px;
  }
  .replay {
    display: grid;
    gap: 6px;
    font: 400 var(--sd-type-dense);
  }
  .replay progress {
    inline-size: 100%;
    block-size: 6px;
    accent-color: var(--sd-primary);
  }
  @container hooks (max-width: 959.98px) {
    .hooks {
      grid-template-columns: 236px minmax(0, 1fr);
      gap: var(--sd-4);
    }
  }
  @container hooks (max-width: 719.98px) {
    .hooks {
      grid-template-columns: minmax(0, 1fr);
    }
    .page-head .button {
      inline-size: 100%;
    }
    .top {
      padding: var(--sd-4);
    }
    .top .push {
      margin-inline-start: 0;
    }
    .facts {
      grid-template-columns: minmax(0, 1fr);
      gap: 4px;
    }
    .facts dd {
      margin-block-end: var(--sd-2);
    }
    .facts .button-quiet {
      margin-inline-start: calc(-1 * var(--sd-2)); /* on a line of its own, its sign begins where words do */
    }
  }
  @media (forced-colors: active) {
    .hook[aria-current] {
      outline: 2px solid Highlight;
      outline-offset: -3px;
    }
    .bars i {
      forced-color-adjust: none;
      background: CanvasText;
    }
    .bars i.bad {
      background: Mark;
    }
  }
`;
