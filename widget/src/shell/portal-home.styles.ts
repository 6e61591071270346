import { css } from "lit";

export const portalHomeStyles = css`
  :host {
    display: grid !important;
    gap: var(--sd-5);
  }
  @media print {
    .button {
      display: none !important;
    }
    .latest > * {
      max-block-size: none !important;
    }
  }
  .banner {
    border-radius: var(--sd-radius-m);
  }
  .hello h1 {
    font: 600 var(--sd-type-display);
    letter-spacing: -0.02em;
  }
  .hello p {
    color: var(--sd-muted);
    font: 400 var(--sd-type-read);
    margin-block-start: var(--sd-1);
  }
  .grid {
    display: grid;
    grid-template-columns: minmax(0, 1.7fr) minmax(0, 1fr);
    gap: var(--sd-5);
    align-items: start;
  }
  .col {
    display: grid;
    gap: var(--sd-5);
  }
  .turn {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    gap: 2px var(--sd-4);
    align-items: center;
    padding: var(--sd-4) var(--sd-5);
    background: var(--sd-warning-soft);
    border-color: var(--sd-warning-line);
  }
  .turn .avatar {
    grid-row: 1 / 4;
    align-self: start;
  }
  .turn strong {
    font: 600 var(--sd-type-lead);
    letter-spacing: var(--sd-tight);
    grid-column: 2;
    overflow-wrap: anywhere;
  }
  .turn p {
    grid-column: 2;
    overflow-wrap: anywhere;
  }
  .turn .button {
    grid-column: 3;
    grid-row: 1 / 4;
  }
  .tally {
    display: grid;
    grid-template-columns: repeat(3, 1fr);
  }
  .tally a {
    display: grid;
    gap: 2px;
    padding: var(--sd-4) var(--sd-5);
    color: inherit;
    text-decoration: none;
  }
  .tally a + a {
    border-inline-start: 1px solid var(--sd-border);
  }
  .tally a:hover {
    background: var(--sd-hover);
  }
  .tally b {
    font: 600 var(--sd-type-display);
    letter-spacing: -0.02em;
    font-variant-numeric: tabular-nums;
    min-block-size: calc(34 * var(--sd-u));
  }
  .tally .skeleton {
    inline-size: 40px;
    block-size: calc(24 * var(--sd-u));
    margin-block: calc(5 * var(--sd-u));
  }
  .requests {
    padding-block-end: var(--sd-2);
  }
  li + li > .request {
    border-block-start: 1px solid var(--sd-border);
  }
  .request {
    padding-inline: var(--sd-5);
  }
  .head {
    display: flex;
    align-items: center;
    padding: var(--sd-4) var(--sd-5) var(--sd-2);
  }
  .head h2 {
    font: 600 var(--sd-type-lead);
    letter-spacing: var(--sd-tight);
  }
  .head a {
    display: inline-flex;
    align-items: center;
    min-block-size: var(--sd-target);
    font: 600 var(--sd-type-dense);
    text-decoration: none;
  }
  .latest > * {
    max-block-size: 420px;
  }
  .tally a:focus-visible {
    outline-offset: -3px;
    border-radius: var(--sd-radius-m);
  }
  @media (max-width: 767.98px) {
    .grid {
      grid-template-columns: minmax(0, 1fr);
      gap: var(--sd-4);
    }
    .tally a {
      padding: var(--sd-3) var(--sd-4);
    }
    .turn {
      grid-template-columns: auto minmax(0, 1fr);
      padding: var(--sd-4);
    }
    .turn .button {
      grid-column: 1 / 3;
      grid-row: auto;
      margin-block-start: var(--sd-3);
    }
    .request {
      padding-inline: var(--sd-4);
    }
  }
`;
