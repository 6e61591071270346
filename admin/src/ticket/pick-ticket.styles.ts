import { css } from "lit";

export const pickTicketStyles = css`
  dialog {
    overflow: hidden;
  }
  dialog[open] {
    display: grid;
  }
  form {
    display: grid;
    grid-template: auto auto minmax(0, 1fr) auto auto / minmax(0, 1fr);
    min-block-size: 0;
  }
  .find {
    padding: var(--sd-4) var(--sd-5) var(--sd-2);
  }
  .list {
    block-size: 264px;
    max-block-size: 40dvh;
    overflow-y: auto;
    padding: 0 var(--sd-3) var(--sd-2);
  }
  .option {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) auto;
    align-items: center;
    gap: 0 var(--sd-2);
    min-block-size: 44px;
    padding: var(--sd-1) var(--sd-2);
    border-radius: var(--sd-radius-s);
    cursor: pointer;
  }
  .option:hover {
    background: var(--sd-hover);
  }
  .option[aria-selected="true"] {
    background: var(--sd-primary-soft);
  }
  .option .about {
    grid-column: 2 / -1;
  }
  .what {
    display: grid;
    gap: var(--sd-2);
    padding: var(--sd-3) var(--sd-5);
    border-block-start: 1px solid var(--sd-border);
    background: var(--sd-canvas);
    min-block-size: 84px;
    align-content: center;
  }
  .what b {
    unicode-bidi: isolate;
  }
  .empty {
    padding: var(--sd-5);
  }
  @media (max-width: 479.98px) {
    footer .button {
      flex: 1;
    }
  }
  @media (forced-colors: active) {
    .option[aria-selected="true"] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
