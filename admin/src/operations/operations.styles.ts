import { css } from "lit";

export const operationsStyles = css`
  .stage-head {
    flex-wrap: wrap;
    column-gap: var(--sd-4);
  }
  .sections {
    display: flex;
    gap: var(--sd-1);
    overflow-x: auto;
    padding: 4px;
  }
  .sections a {
    display: inline-flex;
    align-items: center;
    min-block-size: max(32px, var(--sd-target));
    padding-inline: var(--sd-3);
    border-radius: var(--sd-radius-s);
    color: var(--sd-muted);
    text-decoration: none;
    white-space: nowrap;
  }
  .sections a:hover {
    background: var(--sd-hover);
    color: var(--sd-text);
  }
  .sections a[aria-current] {
    background: var(--sd-primary-soft);
    color: var(--sd-primary-text);
    font-weight: 600;
  }
  .stage-body {
    padding: var(--sd-5);
    background: var(--sd-canvas);
  }
  @media (max-width: 767.98px) {
    .stage-body {
      padding: var(--sd-4);
    }
  }
`;

/** What the parts of operations share. */
export const partStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--sd-4);
    align-content: start;
  }
  h2 {
    font: 600 var(--sd-type-body);
  }
  .meta {
    font: 400 var(--sd-type-meta);
    color: var(--sd-muted);
  }
  .line {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--sd-2);
  }
  .figures {
    display: grid;
    grid-template-columns: repeat(4, minmax(0, 1fr));
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
    font: 600 var(--sd-type-title);
    font-variant-numeric: tabular-nums;
    color: var(--sd-text);
  }
  .pair {
    display: inline-flex;
    align-items: center;
    gap: var(--sd-2);
  }
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
  .feed {
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
  .what {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
  }
  .change {
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .change b {
    font-weight: 400;
    color: var(--sd-text);
  }
  @media (max-width: 767.98px) {
    .figures {
      grid-template-columns: 1fr 1fr;
    }
    .figure:nth-child(odd) {
      border-inline-start: 0;
    }
    .figure:nth-child(n + 3) {
      border-block-start: 1px solid var(--sd-border);
    }
    .feed li {
      grid-template-columns: auto minmax(0, 1fr);
      row-gap: 2px;
    }
    .feed time {
      grid-column: 2;
    }
  }
`;
