import { css } from "lit";

export const ticketsStyles = css`
  .list-tools {
    display: grid;
    grid-template-columns: minmax(80px, 1fr) minmax(0, auto);
    gap: var(--sd-2);
    padding: var(--sd-3);
    border-block-end: 1px solid var(--sd-border);
  }
  .list-tools .segmented {
    display: flex;
    grid-column: 1 / -1;
  }
  .list-tools .input {
    min-inline-size: 0;
    field-sizing: content; /* the order is read whole; search takes what is left */
    text-overflow: ellipsis;
  }
  .group-head {
    display: flex;
    justify-content: space-between;
    padding: var(--sd-4) var(--sd-4) var(--sd-1);
    font: 600 var(--sd-type-meta);
    color: var(--sd-muted);
  }
  .more {
    display: grid;
    justify-items: center;
    padding: var(--sd-3);
  }
`;
