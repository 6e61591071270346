import { css } from "lit";

/** The panel of the widget: head, body and tabs, and the sheet it becomes below 480 px. */
export const panel = css`
  .panel {
    position: relative;
    display: grid;
    grid-template: auto 1fr auto / minmax(0, 1fr);
    overflow: hidden;
    isolation: isolate;
    inline-size: var(--sd-panel-width);
    block-size: min(var(--sd-panel-height), calc(100dvh - var(--sd-launcher) - 52px));
    background: var(--sd-surface);
    border-radius: var(--sd-radius-l);
    box-shadow:
      var(--sd-shadow-3),
      0 0 0 1px var(--sd-border);
  }
  .panel-head {
    display: flex;
    align-items: center;
    gap: var(--sd-1);
    min-block-size: 56px;
    padding: var(--sd-2);
    border-block-end: var(--sd-hair) solid var(--sd-border);
    background: var(--sd-surface);
  }
  .panel-head :is(h1, h2) {
    font: 600 var(--sd-type-lead);
    letter-spacing: var(--sd-tight);
  }
  .panel-head > :is(h1, h2):first-child {
    padding-inline-start: var(--sd-2);
  }
  .panel-body {
    overflow-y: auto;
    overscroll-behavior: contain;
    min-block-size: 0;
  }
  .panel-tabs {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    border-block-start: var(--sd-hair) solid var(--sd-border);
    background: var(--sd-surface);
  }
  .panel-tabs > * {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: 3px;
    min-block-size: 58px;
    position: relative;
    padding: 0;
    border: 0;
    background: none;
    color: var(--sd-muted);
    font: 400 var(--sd-type-micro);
    text-decoration: none;
    cursor: pointer;
  }
  .panel-tabs > :is([aria-current], [aria-selected="true"]) {
    color: var(--sd-primary-text);
    font-weight: 600;
  }
  .panel-tabs > :is([aria-current], [aria-selected="true"])::before {
    content: "";
    position: absolute;
    inset-block-start: -1px;
    inline-size: 28px;
    block-size: 2px;
    border-radius: 0 0 2px 2px;
    background: currentColor;
  }
  .panel-tabs .count {
    position: absolute;
    inset-block-start: 6px;
    inset-inline-start: calc(50% + 3px);
    box-shadow: 0 0 0 2px var(--sd-surface);
  }
  .panel-tabs > *:focus-visible {
    outline-offset: -4px;
  }
  @media (min-width: 480px) {
    .sheet-only {
      display: none !important;
    }
  }

  @media (forced-colors: active) {
    .panel {
      border: 1px solid CanvasText;
    }
    .panel-tabs > :is([aria-current], [aria-selected="true"]) {
      text-decoration: underline;
    }
  }
`;
