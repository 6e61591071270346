import { css } from "lit";

/** What the list of customers and the page of one share. */
export const customerStyles = css`
  .stage-head {
    flex-wrap: wrap;
    column-gap: var(--sd-3);
  }
  .stage-head .searchbox {
    flex: 0 1 320px;
    margin-inline-start: auto;
  }
  .stage-body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--sd-4);
    align-content: start;
    padding: var(--sd-5);
    background: var(--sd-canvas);
  }
  h2 {
    font: 600 var(--sd-type-body);
  }
  .meta {
    font: 400 var(--sd-type-meta);
    color: var(--sd-muted);
  }
  .people-list {
    margin: 0;
    padding: 0;
    list-style: none;
    overflow: hidden;
  }
  .people-list li + li {
    border-block-start: 1px solid var(--sd-border);
  }
  .person {
    display: grid;
    grid-template-columns: auto minmax(0, 1.2fr) minmax(0, 1.4fr) minmax(0, 0.8fr) 110px;
    align-items: center;
    gap: var(--sd-3);
    min-block-size: max(48px, var(--sd-target));
    padding: 4px var(--sd-4);
    color: var(--sd-text);
    text-decoration: none;
  }
  .person:hover {
    background: var(--sd-hover);
  }
  .person:focus-visible {
    outline-offset: -3px;
  }
  .person .truncate {
    unicode-bidi: isolate;
  }
  .person time {
    text-align: end;
  }
  .cols {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(280px, 380px);
    gap: var(--sd-4);
    align-items: start;
  }
  .pad {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--sd-3);
    padding: var(--sd-4);
  }
  .side {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--sd-4);
  }
  .who {
    display: flex;
    align-items: center;
    gap: var(--sd-3);
    min-inline-size: 0;
  }
  .who h1 {
    overflow-wrap: anywhere;
  }
  .facts {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 6px var(--sd-3);
    align-items: baseline;
    margin: 0;
    padding-inline: var(--sd-4);
  }
  .facts dt {
    color: var(--sd-muted);
  }
  .facts dd {
    margin: 0;
    overflow-wrap: anywhere;
    unicode-bidi: isolate;
  }
  .asked {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: var(--sd-3);
    min-block-size: max(44px, var(--sd-target));
    padding: 6px var(--sd-4);
    color: var(--sd-text);
    text-decoration: none;
  }
  .asked:hover {
    background: var(--sd-hover);
  }
  .asked:focus-visible {
    outline-offset: -3px;
  }
  .asked .mono {
    color: var(--sd-muted);
  }
  .back {
    color: var(--sd-muted);
    text-decoration: none;
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: var(--sd-target);
  }
  textarea.input {
    resize: vertical;
    min-block-size: 96px;
  }
  @media (max-width: 1099.98px) {
    .cols {
      grid-template-columns: minmax(0, 1fr);
    }
  }
  @media (max-width: 767.98px) {
    .stage-body {
      padding: var(--sd-4);
    }
    .stage-head {
      padding-block: var(--sd-2);
      padding-inline-end: var(--sd-4);
      row-gap: var(--sd-2);
    }
    .stage-head h1 {
      flex: 1;
    }
    .stage-head .searchbox {
      flex: 1 1 100%;
      order: 1;
    }
    .person {
      grid-template-columns: auto minmax(0, 1fr);
      row-gap: 2px;
      padding-block: var(--sd-2);
    }
    .person .avatar {
      grid-row: span 3;
      align-self: start;
    }
    .person .from-host {
      display: none;
    }
    .person .mail,
    .person time {
      grid-column: 2;
      text-align: start;
    }
    .asked {
      grid-template-columns: auto minmax(0, 1fr);
      row-gap: 2px;
      padding-block: var(--sd-2);
    }
    .asked time {
      grid-column: 2;
    }
  }
`;
