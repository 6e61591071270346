import { css } from "lit";

export const paneStyles = css`
  :host {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    background: var(--sd-canvas);
    min-inline-size: 0;
    min-block-size: 0;
  }
  header {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
    min-block-size: 56px;
    padding-inline: var(--sd-4) var(--sd-2);
    border-block-end: 1px solid var(--sd-border);
  }
  header h2 {
    font: 600 var(--sd-type-body);
  }
  ul {
    block-size: 100%;
    overflow-x: hidden;
  }
  li {
    inline-size: 100%;
    padding: 0 var(--sd-2) 0;
  }
  li:first-child {
    padding-block-start: 0;
  }
  .next {
    display: grid;
    grid-template-columns: 16px minmax(0, 1fr) auto;
    gap: 1px var(--sd-2);
    min-block-size: 53px;
    padding: var(--sd-2);
    border-radius: var(--sd-radius-s);
    color: inherit;
    text-decoration: none;
  }
  .next:hover {
    background: color-mix(in oklab, var(--sd-canvas), var(--sd-text) 5%);
  }
  .next:focus-visible {
    outline-offset: -3px;
  }
  .next[aria-current] {
    background: var(--sd-surface);
    box-shadow:
      var(--sd-shadow-1),
      inset 0 0 0 1px var(--sd-border);
  }
  .next > :nth-child(2) {
    grid-column: 2 / 4;
  }
  .next .meta {
    grid-column: 2;
    grid-row: 2;
    align-self: center;
  }
  .next .sla {
    grid-column: 3;
    grid-row: 2;
  }
  .next .chip {
    min-block-size: 18px;
    padding-inline: 6px;
  }
  .next .chip-bare {
    padding-inline: 0;
  }
  .sk-rows {
    padding: var(--sd-3);
  }
  @media (forced-colors: active) {
    .next[aria-current] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
