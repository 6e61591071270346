import { css } from "lit";

export const factsStyles = css`
  :host {
    display: block;
    overflow-y: auto;
    min-block-size: 0;
  }
  .fact-block {
    display: grid;
    gap: var(--sd-2);
    padding: var(--sd-4);
  }
  dl.fact-block {
    gap: 0;
  }
  .fact-block + .fact-block {
    border-block-start: 1px solid var(--sd-border);
  }
  .fact-block h2 {
    margin-block-start: var(--sd-2);
    font: 600 var(--sd-type-dense);
  }
  .fact {
    display: grid;
    grid-template-columns: 78px minmax(0, 1fr);
    align-items: center;
    min-block-size: 28px;
  }
  .fact dt {
    color: var(--sd-muted);
  }
  .own,
  .own-label {
    overflow-wrap: anywhere;
  }
  .own-label {
    padding-inline-end: var(--sd-2);
  }
  desk-select {
    display: block;
    margin-inline: -6px 0;
  }
  desk-select::part(button) {
    min-block-size: max(28px, var(--sd-target));
    padding-inline: 6px;
    gap: 6px;
    font: 400 var(--sd-type-dense);
  }
  .clock {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 0 var(--sd-3);
    align-items: center;
    padding: var(--sd-3);
    border-radius: var(--sd-radius-m);
    background: var(--tone-soft);
    color: var(--tone);
  }
  .clock svg {
    inline-size: 36px;
    block-size: 36px;
    grid-row: 1 / 3;
  }
  .clock svg:not(.icon) {
    rotate: -90deg;
    fill: none;
    stroke: currentColor;
    stroke-width: 2.2;
  }
  .clock circle:first-child {
    opacity: 0.25;
  }
  .clock b {
    font: 600 var(--sd-type-lead);
    letter-spacing: var(--sd-tight);
    font-variant-numeric: tabular-nums;
  }
  .clock > span {
    font: 400 var(--sd-type-meta);
    color: var(--sd-text);
  }
  .who-head {
    display: flex;
    gap: var(--sd-3);
    align-items: center;
    min-inline-size: 0;
  }
  .who {
    display: grid;
    min-inline-size: 0;
  }
  .past {
    display: grid;
    grid-template-columns: 16px minmax(0, 1fr) auto;
    gap: var(--sd-2);
    align-items: center;
    min-block-size: max(36px, var(--sd-target));
    color: inherit;
    text-decoration: none;
    border-radius: var(--sd-radius-s);
  }
  .past:hover .truncate {
    text-decoration: underline;
  }
  .sk-clock {
    block-size: 64px;
    border-radius: var(--sd-radius-m);
  }
  .sk-fact {
    block-size: 12px;
    margin-block: 8px;
  }
  @media (forced-colors: active) {
    .clock {
      border: 1px solid CanvasText;
    }
  }
`;
