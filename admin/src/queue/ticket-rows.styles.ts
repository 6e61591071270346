import { css } from "lit";

/**
 * Rows of one height whose columns are fixed, so that nothing shifts when something changes; cards on small screens.
 * `contain` keeps what happens in a row from being anybody else's layout: that is what scrolling stands on.
 */
export const queueRows = css`
  :host {
    display: block;
    min-block-size: 0;
  }
  .table {
    --edge: calc(var(--sd-5) - var(--sd-2));
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    grid-template-columns: minmax(0, 1fr);
    block-size: 100%;
  }
  .rows {
    block-size: 100%;
    overflow: hidden auto;
    overflow-anchor: none;
    contain: strict;
  }
  .space {
    position: relative;
    contain: size layout;
  }
  .band {
    position: absolute;
    inset-block-start: 0;
    inset-inline: 0;
    will-change: transform;
  }
  .head,
  .row-line {
    display: grid;
    grid-template-columns: 36px 34px minmax(0, 1fr) var(--columns);
    align-items: center;
    padding-inline: var(--edge);
  }
  .head {
    min-block-size: 32px;
    border-block-end: 1px solid var(--sd-border);
    color: var(--sd-muted);
    font: 400 var(--sd-type-meta);
  }
  .head > *,
  .row-line > * {
    padding-inline: var(--sd-2);
    min-inline-size: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .row-line {
    position: relative;
    block-size: var(--row);
    box-sizing: border-box;
    contain: strict;
    border-block-end: 1px solid var(--sd-border);
    cursor: pointer;
  }
  .row-line:hover {
    background: var(--sd-hover);
  }
  .row-line.ticked {
    background: var(--sd-primary-soft);
  }
  .row-line.cursor,
  .row-line:has(a:focus-visible) {
    background: var(--sd-primary-soft);
    box-shadow:
      inset 3px 0 var(--sd-ring),
      inset 0 1px var(--sd-ring),
      inset 0 -1px var(--sd-ring);
  }
  .row-line.cursor:dir(rtl) {
    box-shadow:
      inset -3px 0 var(--sd-ring),
      inset 0 1px var(--sd-ring),
      inset 0 -1px var(--sd-ring);
  }
  .row-line.touched {
    animation: tint 1.2s var(--sd-ease-out);
  }
  @keyframes tint {
    from {
      background: var(--sd-primary-soft);
    }
  }
  :is(.head, .row-line) > :is(.c-check, .c-prio, .c-assignee) {
    overflow: visible;
  }
  .c-check,
  .c-prio {
    line-height: 0;
  }
  .check:indeterminate {
    background: var(--sd-primary);
    border-color: var(--sd-primary-edge);
  }
  .check:indeterminate::after {
    content: "";
    position: absolute;
    inset: 6px 2px;
    background: var(--sd-on-primary);
  }
  .c-subject {
    display: flex;
    align-items: center;
  }
  .c-subject a {
    color: inherit;
    text-decoration: none;
    font-weight: 600;
    overflow: hidden;
    text-overflow: ellipsis;
    outline: 0;
  }
  .tags {
    display: flex;
    flex: none;
    gap: 6px;
    max-inline-size: 50%; /* what it is about comes first */
    padding-inline-start: 6px;
  }
  .tags .tag {
    display: block;
    line-height: 20px;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .c-who {
    display: flex;
    align-items: baseline;
    gap: 6px;
  }
  .c-who > span {
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .c-who .people {
    flex: none;
    max-inline-size: 100%;
    font-weight: 400;
  }
  .c-status .status {
    font-weight: 400;
    color: var(--sd-text);
  }
  .end {
    text-align: end;
    font-variant-numeric: tabular-nums;
  }
  .row-line > :is(.end, .c-category, .c-team, .c-number) {
    color: var(--sd-muted);
  }
  .avatar-none .icon {
    inline-size: 12px;
    block-size: 12px;
  }
  .compact .row-line {
    font: 400 var(--sd-type-meta);
  }
  .compact .avatar {
    scale: 0.85;
  }
  .end-line,
  .sk {
    display: grid;
    align-items: center;
    block-size: var(--row);
    border-block-end: 1px solid var(--sd-border);
  }
  .end-line {
    place-items: center;
    border: 0;
    color: var(--sd-muted);
  }
  .sk {
    padding-inline: calc(var(--edge) + 78px) var(--sd-5);
  }
  .sk i {
    block-size: 12px;
    inline-size: var(--wide, 50%);
  }
  @media (max-width: 767.98px) {
    .head {
      display: none;
    }
    .table {
      grid-template-rows: 0 minmax(0, 1fr);
    }
    .row-line {
      grid-template: auto auto auto / 16px minmax(0, 1fr) auto;
      gap: 4px var(--sd-3);
      align-content: center;
      padding-inline: var(--sd-4);
      touch-action: pan-y;
      -webkit-touch-callout: none;
    }
    .row-line > * {
      padding: 0;
    }
    .row-line .c-check,
    .row-line .tags {
      display: none;
    }
    .row-line .c-prio {
      grid-area: 1 / 1;
    }
    .row-line .c-subject {
      grid-area: 1 / 2;
      font: 400 var(--sd-type-body);
    }
    .row-line .c-updated {
      grid-area: 1 / 3;
      font: 400 var(--sd-type-meta);
    }
    .row-line .c-who {
      grid-area: 2 / 2 / 3 / 4;
    }
    .row-line .c-due {
      grid-area: 3 / 2;
      min-block-size: 22px;
    }
    .row-line .c-assignee {
      grid-area: 3 / 3;
      justify-self: end;
    }
    .sk {
      padding-inline: calc(var(--sd-4) + 28px) var(--sd-4);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .row-line.touched {
      animation: none;
      background: var(--sd-primary-soft);
    }
  }
  @media (forced-colors: active) {
    .check:indeterminate::after {
      forced-color-adjust: none;
      background: CanvasText;
    }
    .row-line.touched {
      outline: 2px dashed Highlight;
      outline-offset: -2px;
    }
    .row-line.cursor,
    .row-line:has(a:focus-visible) {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
    .row-line.ticked {
      border-inline-start: 4px solid Highlight;
      padding-inline-start: calc(var(--edge) - 4px);
    }
  }
  /* On paper: the rows that are drawn, and no room for those that are not. */
  @media print {
    .rows {
      block-size: auto;
      max-block-size: 4000px;
      contain: none;
    }
    .space {
      block-size: auto !important;
      contain: none;
    }
    .band {
      position: static;
      transform: none !important;
    }
    .row-line {
      break-inside: avoid;
    }
  }
`;
