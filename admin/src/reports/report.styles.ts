import { css } from "lit";

/** What the parts of the reports share. */
export const reportStyles = css`
  .line .push {
    margin-inline-start: auto;
  }
  .dates {
    flex-wrap: nowrap;
  }
  .dates .input {
    inline-size: auto;
  }
  .figures {
    --figures: 5;
  }
  .figure dd.large {
    font: 600 var(--sd-type-display);
    letter-spacing: -0.02em;
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
  @media (forced-colors: active) {
    .key i.second {
      background: CanvasText;
    }
  }
  .plot {
    padding: var(--sd-3) var(--sd-4) var(--sd-4);
  }
  .scroll {
    overflow: auto;
    max-block-size: 320px;
  }
  .table :is(td, th) {
    padding-inline: var(--sd-3);
  }
  .table td,
  .table tbody th {
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
    grid-template-columns: 64px 6ch; /* bars begin at one line, however wide their figures */
    gap: var(--sd-2);
    align-items: center;
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
    color: var(--sd-muted);
    font: 400 var(--sd-type-dense);
  }
  ::file-selector-button {
    min-block-size: max(var(--sd-control), var(--sd-target));
    margin-inline-end: var(--sd-3);
    padding-inline: var(--sd-3);
    border: 1px solid var(--sd-border-strong);
    border-radius: var(--sd-radius-m);
    background: var(--sd-surface);
    color: var(--sd-text);
    font: 600 var(--sd-type-dense);
    cursor: pointer;
  }
  ::file-selector-button:hover {
    background: var(--sd-hover);
  }
  .meter {
    display: block;
    block-size: 6px;
    border-radius: var(--sd-round);
    background: var(--sd-sunken);
    overflow: hidden;
  }
  .meter > span {
    display: block;
    block-size: 100%;
    inline-size: var(--value);
    border-radius: inherit;
    background: var(--tone, var(--sd-primary));
  }
  @media (forced-colors: active) {
    .meter {
      border: 1px solid CanvasText;
    }
    .meter > span {
      forced-color-adjust: none;
      background: Highlight;
    }
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
  }
`;
