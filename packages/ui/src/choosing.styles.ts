import { css } from "lit";

/** Segmented buttons and tabs. */
export const choosing = css`
  .segmented {
    display: inline-flex;
    gap: 2px;
    padding: 3px;
    border-radius: calc(var(--sd-radius-s) + 3px);
    background: var(--sd-sunken);
  }
  .segmented > * {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    flex: 1;
    min-block-size: max(calc(var(--sd-control) - 6px), var(--sd-target));
    min-inline-size: var(--sd-target);
    padding-inline: var(--sd-3);
    border: 0;
    border-radius: var(--sd-radius-s);
    background: none;
    color: var(--sd-muted);
    font: 600 var(--sd-type-dense);
    text-decoration: none;
    white-space: nowrap;
    cursor: pointer;
  }
  .segmented > [aria-pressed="true"],
  .segmented > [aria-selected="true"],
  .segmented > [aria-current] {
    background: var(--sd-raised);
    color: var(--sd-text);
    box-shadow: var(--sd-shadow-1);
  }
  .segmented-s > * {
    min-block-size: max(calc(var(--sd-control-s) - 4px), var(--sd-target));
    font: 600 var(--sd-type-meta);
    padding-inline: 10px;
  }
  .tabs {
    display: flex;
    gap: var(--sd-5);
    border-block-end: var(--sd-hair) solid var(--sd-border);
    overflow-x: auto;
    scrollbar-width: none;
  }
  .tabs > * {
    flex: none;
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 6px;
    min-block-size: max(40px, var(--sd-target));
    min-inline-size: var(--sd-target);
    border: 0;
    padding: 0;
    background: none;
    color: var(--sd-muted);
    font: 600 var(--sd-type-dense);
    text-decoration: none;
    white-space: nowrap;
    cursor: pointer;
    box-shadow: inset 0 0 0 transparent;
  }
  .tabs > [aria-selected="true"],
  .tabs > [aria-current] {
    color: var(--sd-text);
    box-shadow: inset 0 -2px var(--sd-primary-text);
  }

  @media (forced-colors: active) {
    .segmented > [aria-pressed="true"] {
      border: 1px solid CanvasText;
    }
    .tabs > [aria-selected="true"],
    .tabs > [aria-current] {
      text-decoration: underline;
    }
  }
`;
