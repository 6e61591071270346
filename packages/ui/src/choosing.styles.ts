import { css } from "lit";

/** Segmented buttons. */
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

  @media (forced-colors: active) {
    .segmented > [aria-pressed="true"] {
      border: 1px solid CanvasText;
    }
  }
`;
