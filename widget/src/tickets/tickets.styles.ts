import { css } from "lit";

export const ticketsStyles = css`
  .list-tools {
    display: flex;
    flex-wrap: wrap;
    gap: var(--sd-2);
    padding: var(--sd-3);
    border-block-end: 1px solid var(--sd-border);
  }
  .list-tools .segmented {
    flex-basis: 100%;
  }
  .list-tools .searchbox {
    flex: 9 0 120px; /* what the order leaves of its line, or a line of its own */
  }
  .list-tools .select {
    flex: auto;
  }
  .list-tools select {
    min-inline-size: 0;
    field-sizing: content;
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
