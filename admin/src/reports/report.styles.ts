import { css } from "lit";

/** What the parts of the reports share. */
export const reportStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--sd-4);
    align-content: start;
  }
  h2 {
    font: 600 var(--sd-type-body);
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--sd-2);
  }
  .line .push {
    margin-inline-start: auto;
  }
  .dates .input {
    inline-size: auto;
  }
  .figures {
    display: grid;
    grid-template-columns: repeat(5, minmax(0, 1fr));
    margin: 0;
  }
  .figure {
    display: grid;
    gap: 2px;
    align-content: start;
    padding: var(--sd-3) var(--sd-4);
  }
  .figure + .figure {
    border-inline-start: 1px solid var(--sd-border);
  }
  .figure :is(dt, dd) {
    margin: 0;
    font: 400 var(--sd-type-meta);
    color: var(--sd-muted);
  }
  .figure dd.large {
    font: 600 var(--sd-type-display);
    letter-spacing: -0.02em;
    font-variant-numeric: tabular-nums;
    color: var(--sd-text);
  }
  .cols {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: var(--sd-4);
  }
  .key {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font: 400 var(--sd-type-meta);
    color: var(--sd-muted);
  }
  .key i {
    inline-size: 12px;
    block-size: 3px;
    border-radius: 3px;
    background: var(--sd-primary-text);
  }
  .key i.second {
    background: var(--sd-muted);
  }
  .plot {
    padding: var(--sd-3) var(--sd-4) var(--sd-4);
  }
  .scroll {
    overflow: auto;
    max-block-size: 320px;
  }
  .table td,
  .table tbody th {
    padding-inline: var(--sd-3);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .table tbody th {
    position: static;
    font: 400 var(--sd-type-dense);
    color: var(--sd-text);
    background: none;
  }
  .table .wide {
    white-space: normal;
  }
  .bar-cell {
    display: inline-grid;
    grid-template-columns: 64px auto;
    gap: var(--sd-2);
    align-items: center;
  }
  .feed {
    display: grid;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .feed li {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: var(--sd-3);
    padding: var(--sd-3) var(--sd-4);
  }
  .feed li + li {
    border-block-start: 1px solid var(--sd-border);
  }
  .feed .what {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
  }
  .feed a {
    color: var(--sd-primary-text);
    unicode-bidi: isolate;
  }
  .change {
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .meta {
    font: 400 var(--sd-type-meta);
    color: var(--sd-muted);
  }
  progress {
    inline-size: 100%;
    block-size: 8px;
    accent-color: var(--sd-primary);
  }
  .job {
    display: grid;
    gap: var(--sd-2);
    padding: var(--sd-4);
  }
  .job + .job {
    border-block-start: 1px solid var(--sd-border);
  }
  .pad {
    display: grid;
    gap: var(--sd-3);
    padding: var(--sd-4);
    justify-items: start;
  }
  input[type="file"] {
    max-inline-size: 100%;
    min-block-size: var(--sd-target);
  }
  @media (max-width: 1099.98px) {
    .cols {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (max-width: 767.98px) {
    .dates {
      display: grid;
      grid-template-columns: auto minmax(0, 1fr);
      inline-size: 100%;
    }
    .dates .input {
      inline-size: 100%;
    }
    .figures {
      grid-template-columns: 1fr 1fr;
    }
    .figure:nth-child(odd) {
      border-inline-start: 0;
    }
    .figure:nth-child(n + 3) {
      border-block-start: 1px solid var(--sd-border);
    }
    .figure:last-child {
      grid-column: 1 / 3;
    }
    .feed li {
      grid-template-columns: auto minmax(0, 1fr);
    }
    .feed time {
      grid-column: 2;
    }
  }
`;
