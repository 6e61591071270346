import { css } from "lit";

/** Tables of the console. */
export const table = css`
  .table {
    inline-size: 100%;
    border-collapse: separate;
    border-spacing: 0;
    font: 400 var(--sd-type-dense);
  }
  .table th {
    position: sticky;
    inset-block-start: 0;
    z-index: var(--sd-z-sticky);
    text-align: start;
    block-size: 32px;
    padding-inline: var(--sd-2);
    background: var(--sd-surface);
    border-block-end: 1px solid var(--sd-border);
    color: var(--sd-muted);
    font: 400 var(--sd-type-meta);
    white-space: nowrap;
  }
  .table td {
    block-size: 40px;
    padding-inline: var(--sd-2);
    border-block-end: 1px solid var(--sd-border);
    vertical-align: middle;
  }
  .table tbody tr:hover {
    background: var(--sd-hover);
  }
  .table .end {
    text-align: end;
  }
`;
