import { css } from "lit";

export const statePartStyles = css`
  .pad {
    display: grid;
    gap: 2px;
    padding: var(--sd-3) var(--sd-4);
  }
  .scroll {
    overflow-x: auto;
  }
  .table :is(td, th) {
    padding-inline: var(--sd-4);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
`;
