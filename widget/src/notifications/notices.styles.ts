import { css } from "lit";

export const noticeStyles = css`
  .notice {
    display: grid;
    grid-template-columns: 36px minmax(0, 1fr) 8px;
    gap: 0 var(--sd-3);
    padding: var(--sd-3) var(--sd-4);
    position: relative;
  }
  li + li > .notice {
    border-block-start: 1px solid var(--sd-border);
  }
  .notice > .kind {
    grid-row: 1 / 4;
  }
  .notice > .show,
  .notice > p,
  .notice > time {
    grid-column: 2;
  }
  .notice .show {
    scroll-margin-block: 16px 99px; /* not behind what is below */
    padding: 0;
    border: 0;
    background: none;
    font: 400 var(--sd-type-body);
    text-align: start;
    cursor: pointer;
    overflow-wrap: anywhere;
  }
  .notice .show::after {
    content: "";
    position: absolute;
    inset: 0;
  }
  .notice .show:focus-visible {
    outline: none;
  }
  .notice .show:focus-visible::after {
    outline: var(--sd-ring-width) solid var(--sd-ring);
    outline-offset: -3px;
    border-radius: var(--sd-radius-m);
  }
  .notice[data-new] .show {
    font-weight: 600;
  }
  .notice p {
    color: var(--sd-muted);
    font: 400 var(--sd-type-dense);
  }
  .notice time {
    margin-block-start: 2px;
    font: 400 var(--sd-type-meta);
    color: var(--sd-faint);
  }
  .notice .dot {
    grid-column: 3;
    grid-row: 1 / 4;
    align-self: center;
  }
  .notice:hover {
    background: var(--sd-hover);
  }
  .kind {
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 32%;
    background: var(--tone-soft);
    color: var(--tone);
  }
  .more {
    display: grid;
    justify-items: center;
    padding: 2px;
    position: sticky; /* in sight however long the list is */
    inset-block-end: 0;
    border-block-start: 1px solid var(--sd-border);
    background: var(--sd-surface);
  }
`;
