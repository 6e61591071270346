import { css } from "lit";

export const replyPickerStyles = css`
  :host {
    display: contents;
  }
  .panel {
    inline-size: min(640px, calc(100vw - 16px));
    max-inline-size: none;
    padding: 0;
    overflow: hidden;
  }
  .panel:popover-open {
    display: grid;
    grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr);
    block-size: min(400px, calc(100dvh - 120px));
  }
  .find {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
    padding: var(--sd-2) var(--sd-3);
    border-block-end: 1px solid var(--sd-border);
    color: var(--sd-muted);
  }
  .find input {
    flex: 1;
    min-inline-size: 0;
    min-block-size: max(28px, var(--sd-target));
    border: 0;
    background: none;
    color: var(--sd-text);
    font: var(--sd-type-input, 400 var(--sd-type-body));
  }
  .find:focus-within {
    outline: 2px solid var(--sd-ring);
    outline-offset: -2px;
    border-radius: var(--sd-radius-m) var(--sd-radius-m) 0 0;
  }
  .find input:focus-visible {
    outline: none;
  }
  .both {
    display: grid;
    grid-template-columns: minmax(0, 5fr) minmax(0, 6fr);
    min-block-size: 0;
  }
  .list {
    overflow-y: auto;
    padding: var(--sd-1);
    min-block-size: 0;
  }
  .option {
    display: grid;
    gap: 1px;
    padding: 6px var(--sd-2);
    border-radius: var(--sd-radius-s);
    cursor: pointer;
  }
  .option[aria-selected="true"] {
    background: var(--sd-primary-soft);
  }
  .option b {
    font-weight: 600;
  }
  .option:hover:not([aria-selected="true"]) {
    background: var(--sd-hover);
  }
  .top {
    display: flex;
    align-items: baseline;
    gap: var(--sd-2);
    min-inline-size: 0;
  }
  .top kbd {
    margin-inline-start: auto;
    flex: none;
  }
  .shown {
    overflow-y: auto;
    padding: var(--sd-3) var(--sd-4);
    border-inline-start: 1px solid var(--sd-border);
    background: var(--sd-canvas);
    min-block-size: 0;
  }
  .foot {
    display: flex;
    align-items: center;
    gap: var(--sd-3);
    min-block-size: max(36px, var(--sd-target));
    padding-inline: var(--sd-3);
    border-block-start: 1px solid var(--sd-border);
    color: var(--sd-muted);
    font: 400 var(--sd-type-meta);
  }
  .foot a {
    display: inline-flex;
    align-items: center;
    min-block-size: var(--sd-target);
    margin-inline-start: auto;
    color: var(--sd-primary-text);
  }
  .both > .empty,
  .both > .sk-rows {
    grid-column: 1 / -1;
  }
  .empty {
    padding: var(--sd-5);
    align-content: center;
  }
  @media (max-width: 767.98px) {
    .both {
      grid-template: minmax(0, 3fr) minmax(0, 2fr) / minmax(0, 1fr);
    }
    .shown {
      border-inline-start: 0;
      border-block-start: 1px solid var(--sd-border);
    }
    .option {
      min-block-size: 44px;
      align-content: center;
    }
    .hints {
      display: none;
    }
  }
  @media (forced-colors: active) {
    .option[aria-selected="true"] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
