// Longer than most: one view's look, from its widest to its narrowest.
import { css } from "lit";

export const centreStyles = css`
  :host {
    display: grid !important;
    grid-template: auto auto minmax(0, 1fr) / minmax(0, 1fr);
    position: relative;
    min-block-size: 0;
    container-type: inline-size;
  }
  .panel-head h1 {
    flex: 1;
    min-inline-size: 0;
  }
  :is(h1, h2):focus-visible {
    outline: none;
  }
  :host(:not([framed])) .sheet-only {
    display: none !important;
  }
  .tools {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--sd-2);
    padding: var(--sd-2) var(--sd-4);
    border-block-end: var(--sd-hair) solid var(--sd-border);
  }
  .filters {
    display: flex;
    gap: 6px;
    min-inline-size: 0;
    margin-inline-end: auto;
  }
  .filter {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    flex: none;
    gap: 6px;
    min-block-size: max(32px, var(--sd-target));
    min-inline-size: var(--sd-target);
    padding-inline: var(--sd-3);
    border: 1px solid var(--sd-border);
    border-radius: var(--sd-round);
    background: var(--sd-surface);
    color: var(--sd-muted);
    font: 600 var(--sd-type-meta);
    white-space: nowrap;
    cursor: pointer;
  }
  .filter:hover {
    background: var(--sd-hover);
  }
  .filter:is([aria-selected="true"], [aria-pressed="true"]) {
    background: var(--sd-primary-soft);
    border-color: var(--sd-primary-line);
    color: var(--sd-primary-text);
  }
  .number {
    font-weight: 400;
    font-variant-numeric: tabular-nums;
  }
  .number::before {
    content: attr(data-count);
  }
  .filter .dot {
    inline-size: 6px;
    block-size: 6px;
  }
  .order .input {
    min-block-size: max(32px, var(--sd-target));
    padding-inline-end: var(--sd-8);
  }
  .news {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr) minmax(0, 1.1fr);
    min-block-size: 0;
  }
  .whole {
    grid-column: 1 / -1;
    overflow-y: auto;
  }
  .pane {
    display: flex;
    flex-direction: column;
    position: relative;
    min-block-size: 0;
    border-inline-end: var(--sd-hair) solid var(--sd-border);
  }
  /* Where nothing is listed there is nothing to choose, either. */
  .news:not([data-open]) > .pane:has(> .empty) {
    grid-column: 1 / -1;
    border: 0;
    overflow-y: auto;
  }
  .news:not([data-open]) > .pane:has(> .empty) + .side {
    display: none;
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 0 var(--sd-1);
    flex: none;
    min-block-size: 44px;
    padding-inline: var(--sd-4) var(--sd-2);
    border-block-end: var(--sd-hair) solid var(--sd-border);
    background: var(--sd-canvas);
  }
  .all {
    display: inline-flex;
    align-items: center;
    gap: var(--sd-3);
    min-inline-size: 0;
    margin-inline-end: auto;
    padding-inline-start: 10px;
    white-space: nowrap;
    font: 400 var(--sd-type-dense);
    color: var(--sd-muted);
    cursor: pointer;
  }
  /* An edge: forced colours keep no ground, drawn or plain. */
  .check:indeterminate::after {
    content: "";
    position: absolute;
    inset: 0;
    margin: auto;
    inline-size: 8px;
    block-size: 0;
    border-block-start: 2px solid var(--sd-primary);
  }
  .pill {
    position: absolute;
    inset-block-start: 52px;
    inset-inline: 0;
    inline-size: max-content;
    margin-inline: auto;
    border-radius: var(--sd-round);
    box-shadow: var(--sd-shadow-2);
    z-index: 2;
  }
  .rows {
    position: relative;
    flex: 1;
    min-block-size: 0;
    overflow-y: auto;
    overscroll-behavior: contain;
    overflow-anchor: none;
  }
  .space {
    position: relative;
    overflow: hidden;
  }
  .line {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
  }
  .line:not(.probe) > .notice {
    block-size: var(--row);
    overflow: hidden;
  }
  .line .notice {
    border-block-end: 1px solid var(--sd-border);
  }
  .line .show {
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .probe {
    visibility: hidden;
  }
  .tail {
    display: grid;
    place-items: center;
    block-size: var(--row);
    color: var(--sd-muted);
    text-align: center;
  }
  .line .check {
    grid-column: 1;
    grid-row: 1 / 4;
    place-self: center;
    z-index: 1;
    opacity: 0;
  }
  .line .kind {
    grid-column: 1;
  }
  .line:is([data-ticked], :focus-within) .check,
  [data-many] .line .check {
    opacity: 1;
  }
  .line:is([data-ticked], :focus-within) .kind,
  [data-many] .line .kind {
    opacity: 0;
  }
  @media (hover: hover) {
    .line:hover .check {
      opacity: 1;
    }
    .line:hover .kind {
      opacity: 0;
    }
  }
  .line[data-ticked] .notice,
  .line[data-current] .notice {
    background: var(--sd-primary-soft);
  }
  .line[data-current] time {
    color: var(--sd-muted);
  }
  .line[data-fresh] .notice {
    animation: fresh 1.2s var(--sd-ease-out);
  }
  @keyframes fresh {
    from {
      background: var(--sd-primary-soft);
    }
  }
  .side {
    overflow-y: auto;
    min-block-size: 0;
  }
  .detail {
    display: grid;
    gap: var(--sd-3);
    align-content: start;
    padding: var(--sd-6);
  }
  .detail-kind {
    display: flex;
    align-items: center;
    gap: var(--sd-3);
    color: var(--sd-muted);
  }
  .detail h2 {
    font: 600 var(--sd-type-title);
    letter-spacing: var(--sd-tight);
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .detail time {
    color: var(--sd-muted);
  }
  .detail-text {
    font: 400 var(--sd-type-read);
    max-inline-size: 56ch;
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .detail-actions {
    display: flex;
    flex-wrap: wrap;
    gap: var(--sd-2);
    margin-block-start: var(--sd-2);
  }
  .back {
    display: none;
    justify-self: start;
    margin-inline-start: calc(-1 * var(--sd-2));
  }
  .done > * {
    position: absolute;
    inset-block-end: var(--sd-4);
    inset-inline: var(--sd-4);
    inline-size: max-content;
    max-inline-size: calc(100% - 2 * var(--sd-4));
    margin-inline: auto;
    border-radius: var(--sd-radius-m);
    box-shadow: var(--sd-shadow-2);
    z-index: 3;
  }
  .done > p {
    display: flex;
    align-items: center;
    gap: var(--sd-3);
    padding: var(--sd-2) var(--sd-2) var(--sd-2) var(--sd-4);
    background: var(--sd-raised);
    border: var(--sd-hair) solid var(--sd-border);
  }
  .done .banner {
    background: color-mix(in oklab, var(--sd-surface), var(--tone-soft));
  }
  @container (max-width: 679.98px) {
    .tools {
      padding-inline: var(--sd-3);
    }
    /* From edge to edge, fading there: what goes on beyond it is not cut off, and is seen to go on. */
    .filters {
      flex: 1 0 100%;
      margin-inline: calc(-1 * var(--sd-3));
      padding: 3px var(--sd-3);
      overflow-x: auto;
      scroll-padding-inline: var(--sd-3);
      scrollbar-width: none;
      mask-image: linear-gradient(to right, transparent, #000 var(--sd-3) calc(100% - var(--sd-3)), transparent);
    }
    .order {
      flex: 1;
    }
    .news {
      grid-template-columns: minmax(0, 1fr);
    }
    .pane,
    .side {
      grid-area: 1 / 1;
    }
    .pane {
      border: 0;
    }
    .side,
    .detail-none {
      display: none;
    }
    [data-open] > .side {
      display: block;
    }
    [data-open] > .pane {
      visibility: hidden;
    }
    .detail {
      padding: var(--sd-3) var(--sd-4) var(--sd-6);
    }
    .back {
      display: inline-flex;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .line[data-fresh] .notice {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .filter:is([aria-selected="true"], [aria-pressed="true"]),
    .line:is([data-ticked], [data-current]) .notice {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
