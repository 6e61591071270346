import { css } from "lit";

/** A row of the list of requests; the portal's home uses it too. */
export const ticketRowStyles = css`
  .request {
    display: grid;
    grid-template-columns: 16px minmax(0, 1fr) auto;
    gap: 1px var(--sd-3);
    inline-size: 100%;
    min-block-size: var(--sd-row);
    padding: 10px var(--sd-4);
    border: 0;
    background: none;
    text-align: start;
    position: relative;
    cursor: pointer;
  }
  .request:hover {
    background: var(--sd-hover);
  }
  .request > .glyph {
    margin-block-start: 3px;
  }
  .request strong {
    font: 400 var(--sd-type-read);
    line-height: 1.4;
  }
  .request time {
    font: 400 var(--sd-type-meta);
    color: var(--sd-muted);
    padding-block-start: 2px;
  }
  .request .says {
    grid-column: 2 / 4;
    color: var(--sd-muted);
    font: 400 var(--sd-type-dense);
  }
  .stars {
    display: inline-flex;
    vertical-align: -2px;
    color: var(--sd-warning);
  }
  .stars .icon {
    display: block;
    inline-size: 14px;
    block-size: 14px;
  }
  .stars .on .icon {
    fill: currentColor;
  }
  .request .facts {
    grid-column: 2 / 4;
    margin-block-start: 6px;
  }
  .request[data-new] strong {
    font-weight: 600;
  }
  .request[data-new]::before {
    content: "";
    position: absolute;
    inset-block: 10px;
    inset-inline-start: 0;
    inline-size: 3px;
    border-start-end-radius: 2px;
    border-end-end-radius: 2px;
    background: var(--sd-primary-text);
  }
  .request:focus-visible {
    outline-offset: -3px;
    border-radius: var(--sd-radius-m);
  }
`;
