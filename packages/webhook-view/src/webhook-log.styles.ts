import { css } from "lit";

export const webhookLogStyles = css`
  :host {
    display: block;
    min-inline-size: 0;
    container: hook-log / inline-size;
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--sd-2);
    min-block-size: 48px;
    padding: 6px var(--sd-3) 6px var(--sd-4);
    border-block-end: var(--sd-hair) solid var(--sd-border);
  }
  .head h3,
  .head h2 {
    font: 600 var(--sd-type-body);
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--sd-2);
    margin-inline-start: auto;
    min-inline-size: 0;
  }
  .tools .segmented,
  .tries {
    max-inline-size: 100%;
    overflow-x: auto;
  }
  .pad {
    padding: var(--sd-2) var(--sd-4);
  }
  .scroll {
    overflow-x: auto;
  }
  .log {
    table-layout: fixed;
  }
  .log .time {
    inline-size: 132px;
  }
  .log .answer {
    inline-size: 124px;
  }
  .log .took {
    inline-size: 84px;
  }
  .log .try {
    inline-size: 84px;
  }
  .log .again {
    inline-size: 52px;
  }
  .log :is(td, th):first-child {
    padding-inline-start: var(--sd-4);
  }
  .log tbody tr:last-child td {
    border-block-end: 0;
  }
  .log .open td {
    border-block-end: 0;
    background: var(--sd-hover);
  }
  .log .attempt td {
    block-size: auto;
    padding: 0 var(--sd-4) var(--sd-4);
    background: var(--sd-hover);
  }
  .row-open {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: max(32px, var(--sd-target));
    padding: 0;
    border: 0;
    background: none;
    cursor: pointer;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .row-open .icon {
    rotate: -90deg;
  }
  .row-open:dir(rtl) .icon {
    rotate: 90deg;
  }
  .row-open[aria-expanded="true"] .icon {
    rotate: none;
  }
  .icon-button:disabled {
    opacity: 0.55;
    cursor: not-allowed;
  }
  .detail {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    justify-items: start;
    gap: var(--sd-2);
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    gap: 0 var(--sd-2);
  }
  .bytes {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: var(--sd-3);
    inline-size: 100%;
  }
  .bytes h4 {
    margin-block-end: var(--sd-1);
    font: 400 var(--sd-type-meta);
    color: var(--sd-muted);
  }
  .bytes pre {
    direction: ltr;
    text-align: start;
    margin: 0;
    padding: var(--sd-3);
    max-block-size: 320px;
    overflow: auto;
    border: 1px solid var(--sd-border);
    border-radius: var(--sd-radius-s);
    background: var(--sd-surface);
    font: 400 12px/1.5 var(--sd-family-mono);
  }
  .more {
    display: grid;
    justify-items: center;
    padding: var(--sd-2);
    border-block-start: 1px solid var(--sd-border);
  }
  .narrow {
    display: none;
  }
  @container hook-log (max-width: 619.98px) {
    .log .mid {
      inline-size: 0; /* a column that is gone would be an empty one below, where one cell spans all */
      padding: 0;
      visibility: hidden;
      font-size: 0;
    }
  }
  @container hook-log (max-width: 499.98px) {
    .log .wide {
      inline-size: 0;
      padding: 0;
      visibility: hidden;
    }
    .log .wide > * {
      display: none;
    }
    .narrow {
      display: inline-flex;
    }
    .log .time {
      inline-size: 120px;
    }
    .log .answer {
      inline-size: 104px;
    }
    .bytes {
      grid-template-columns: minmax(0, 1fr);
    }
    .tools {
      margin-inline-start: 0;
    }
  }
`;
