import { css } from "lit";

/** A part of a page that shows what the desk says: figures, tables, a feed. */
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
  .choice-line {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
    min-inline-size: 0;
  }
  @media (max-width: 767.98px) {
    .choice-line {
      display: grid;
      grid-template-columns: 52px minmax(0, 1fr);
      inline-size: 100%;
    }
    .choice-line .input {
      inline-size: 100%;
    }
  }
  /* An address has a line of its own where there is no room beside what it follows, and no dot hangs at the end of that. */
  @media (max-width: 767.98px) {
    .between {
      display: none;
    }
    .between + bdi {
      display: block;
    }
  }
  .change {
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
`;

/** Large figures side by side; `--figures` says how many. */
export const figures = css`
  .figures {
    display: grid;
    grid-template-columns: repeat(var(--figures, 4), minmax(0, 1fr));
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
    .figure:last-child:nth-child(odd) {
      grid-column: 1 / 3;
    }
  }
`;

/** What happened, newest first: who, what, when. */
export const feed = css`
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
  .feed li > .chip {
    align-self: start;
  }
  .feed li + li {
    border-block-start: 1px solid var(--sd-border);
  }
  .feed .what {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 2px;
  }
  .feed .what > [dir] {
    justify-self: start; /* a Latin name among Arabic words, too */
  }
  .feed a {
    color: var(--sd-primary-text);
    unicode-bidi: isolate;
  }
  .feed .change b {
    font-weight: 400;
    color: var(--sd-text);
  }
  @media (max-width: 767.98px) {
    .feed li {
      grid-template-columns: auto minmax(0, 1fr);
      row-gap: 2px;
    }
    .feed li > :is(.avatar, .chip):first-child {
      grid-row: 1 / 3; /* else the line beside it is as high as it, and the time stands off */
    }
    .feed time {
      grid-column: 2;
    }
  }
`;
