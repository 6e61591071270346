import { css } from "lit";

/** Tabs: places or modes side by side, the present one underlined. Of the console alone. */
export const tabs = css`
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
    .tabs > [aria-selected="true"],
    .tabs > [aria-current] {
      text-decoration: underline;
    }
  }
`;
