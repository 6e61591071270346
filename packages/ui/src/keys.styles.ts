import { css } from "lit";

/** A key of the keyboard. */
export const keys = css`
  .kbd {
    display: inline-grid;
    place-items: center;
    min-inline-size: 20px;
    block-size: 20px;
    padding-inline: 5px;
    border: 1px solid var(--sd-border);
    border-block-end-width: 2px;
    border-radius: var(--sd-radius-xs);
    background: var(--sd-surface);
    color: var(--sd-muted);
    font: 400 var(--sd-type-micro);
  }
`;
