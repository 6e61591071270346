import { css } from "lit";

export const galleryStyles = css`
  :host {
    display: block;
    min-block-size: 100vh;
  }
  header {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
    min-block-size: 56px;
    padding-inline: var(--sd-4);
    background: var(--sd-surface);
    border-block-end: var(--sd-hair) solid var(--sd-border);
  }
  h1 {
    font: 600 var(--sd-type-lead);
    flex: 1;
  }
  h2 {
    font: 600 var(--sd-type-lead);
    letter-spacing: var(--sd-tight);
  }
  h3 {
    font: 600 var(--sd-type-body);
    margin-block-start: var(--sd-4);
  }
  a {
    color: var(--sd-link, var(--sd-primary));
    padding-block: var(--sd-1);
  }
  main {
    display: grid;
    gap: var(--sd-4);
    grid-template-columns: minmax(0, 1fr);
    max-inline-size: 1312px;
    margin-inline: auto;
    padding: var(--sd-4);
  }
  .choices {
    display: grid;
    gap: var(--sd-3);
    grid-template-columns: repeat(auto-fit, minmax(148px, 1fr));
  }
  .floor {
    overflow-x: auto;
    border: var(--sd-hair) solid var(--sd-border);
    border-radius: var(--sd-radius-m);
    background: var(--sd-sunken);
  }
  iframe {
    display: block;
    block-size: 720px;
    margin-inline: auto;
    border: 0;
    background: var(--sd-canvas);
  }
  @media (width < 480px) {
    .choices > :first-child {
      grid-column: 1 / -1;
    }
    .floor {
      margin-inline: calc(-1 * var(--sd-4)); /* 375 px are all there is */
      border-inline: 0;
      border-radius: 0;
    }
  }
  .w375 {
    inline-size: 375px;
  }
  .w480 {
    inline-size: 480px;
  }
  .w768 {
    inline-size: 768px;
  }
  .w1280 {
    inline-size: 1280px;
  }
  .full {
    inline-size: 100%;
  }
  .heard ol {
    list-style: none;
    margin: var(--sd-2) 0 0;
    padding: 0;
  }
  .docs p {
    max-inline-size: 72ch;
  }
  .scroll {
    overflow-x: auto;
    margin-block-start: var(--sd-2);
    background: var(--sd-surface);
    border: var(--sd-hair) solid var(--sd-border);
    border-radius: var(--sd-radius-m);
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font: 400 var(--sd-type-dense);
  }
  th,
  td {
    padding: var(--sd-2) var(--sd-3);
    text-align: start;
    vertical-align: top;
  }
  thead th {
    color: var(--sd-muted);
    font: 400 var(--sd-type-meta);
  }
  tbody tr {
    border-block-start: var(--sd-hair) solid var(--sd-border);
  }
  tbody th {
    font-weight: 400;
    white-space: nowrap;
  }
  td:last-child {
    min-inline-size: 220px;
  }
  code {
    font-family: var(--sd-family-mono);
    font-size: 0.93em;
  }
`;
