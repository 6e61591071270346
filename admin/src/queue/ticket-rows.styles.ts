import { css } from "lit";

/** Forty pixel rows whose columns are fixed, so that nothing shifts when something changes; cards on small screens. */
export const queueRows = css`
  .table {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
    block-size: 100%;
  }
  .rows {
    block-size: 100%;
    overflow-x: hidden;
  }
  .head,
  .row-line {
    display: grid;
    grid-template-columns: 34px minmax(0, 1fr) 186px 158px 130px 44px 74px;
    align-items: center;
    inline-size: 100%;
    padding-inline: calc(var(--sd-5) - var(--sd-2)) calc(var(--sd-5) - var(--sd-2));
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
  }
  .row-line {
    position: relative;
    block-size: 40px;
    border-block-end: 1px solid var(--sd-border);
    cursor: pointer;
  }
  .row-line > * {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .row-line:hover {
    background: var(--sd-hover);
  }
  .row-line.cursor,
  .row-line:focus-within {
    background: var(--sd-primary-soft);
    box-shadow:
      inset 3px 0 var(--sd-ring),
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
  .c-prio {
    line-height: 0;
    overflow: visible;
  }
  .row-line .c-prio,
  .row-line .c-agent {
    overflow: visible;
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
  .c-subject .tag {
    margin-inline-start: 6px;
    flex: none;
  }
  .c-who .meta {
    margin-inline-start: 6px;
  }
  .c-who .people {
    font-weight: 400;
  }
  .c-status .status {
    font-weight: 400;
    color: var(--sd-text);
  }
  .c-when {
    color: var(--sd-muted);
    text-align: end;
  }
  .avatar-none .icon {
    inline-size: 12px;
    block-size: 12px;
  }
  .end-line {
    display: grid;
    place-items: center;
    inline-size: 100%;
    block-size: 40px;
    color: var(--sd-muted);
  }
  .sk {
    display: grid;
    grid-template-columns: 34px minmax(0, 1fr) 186px 158px 130px 44px 74px;
    align-items: center;
    gap: 0;
    block-size: 40px;
    padding-inline: calc(var(--sd-5) - var(--sd-2));
    border-block-end: 1px solid var(--sd-border);
  }
  .sk > i {
    block-size: 12px;
    margin-inline: var(--sd-2);
  }
  .sk > i:first-child {
    inline-size: 16px;
    block-size: 16px;
  }
  .sk > i:nth-child(2) {
    inline-size: var(--wide, 50%);
  }
  .sk > i:nth-child(6) {
    inline-size: 22px;
    block-size: 22px;
    border-radius: 50%;
  }
  @media (max-width: 1180px) {
    .head,
    .row-line,
    .sk {
      grid-template-columns: 34px minmax(0, 1fr) 150px 152px 130px 44px 74px;
    }
    .c-who .meta {
      display: none;
    }
  }
  @media (max-width: 980px) {
    .head,
    .row-line,
    .sk {
      grid-template-columns: 34px minmax(0, 1fr) 130px 130px 44px;
    }
    .c-subject .tag,
    .c-status,
    .c-when,
    .sk > i:nth-child(4),
    .sk > i:nth-child(7) {
      display: none;
    }
  }
  @media (max-width: 767.98px) {
    .head {
      display: none;
    }
    .row-line,
    .sk {
      grid-template-columns: 16px minmax(0, 1fr) auto;
      gap: 4px var(--sd-3);
      block-size: auto;
      min-block-size: 92px;
      align-content: center;
      padding: 12px var(--sd-4);
    }
    .row-line > * {
      padding: 0;
    }
    .row-line .c-prio {
      grid-area: 1 / 1;
    }
    .row-line .c-subject {
      grid-area: 1 / 2;
      font: 400 var(--sd-type-body);
    }
    .row-line .c-when {
      display: block;
      grid-area: 1 / 3;
      font: 400 var(--sd-type-meta);
    }
    .row-line .c-who {
      grid-area: 2 / 2 / 3 / 4;
    }
    .row-line .c-who .meta {
      display: inline;
    }
    .row-line .c-clock {
      grid-area: 3 / 2;
      min-block-size: 22px;
    }
    .row-line .c-agent {
      grid-area: 3 / 3;
      justify-self: end;
    }
    .c-subject .tag {
      display: none;
    }
    .sk > i:nth-child(n + 4) {
      display: none;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .row-line.touched {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .row-line.cursor,
    .row-line:focus-within {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
