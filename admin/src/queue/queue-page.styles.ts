import { css } from "lit";

export const queuePage = css`
  .stage {
    grid-template-rows: auto auto auto minmax(0, 1fr) auto;
  }
  .jump {
    position: relative;
    display: block;
    inline-size: 220px;
  }
  .jump .icon {
    position: absolute;
    inset-inline-start: 9px;
    inset-block: 0;
    margin-block: auto;
    color: var(--sd-faint);
    pointer-events: none;
  }
  .jump .kbd {
    position: absolute;
    inset-inline-end: 6px;
    inset-block: 0;
    margin-block: auto;
    pointer-events: none;
  }
  .jump .input {
    padding-inline: 32px 30px;
  }
  .jump .input::-webkit-search-cancel-button {
    display: none;
  }
  .jump .wipe {
    position: absolute;
    inset-block: 0;
    inset-inline-end: 2px;
    margin-block: auto;
  }
  .list > .empty {
    align-content: center;
  }
  .list {
    position: relative;
    display: grid;
    grid-template-rows: minmax(0, 1fr);
    min-block-size: 0;
  }
  .news {
    position: absolute;
    inset-inline: 0;
    inset-block-start: 0;
  }
  .fresh {
    position: absolute;
    inset-block-start: 44px;
    inset-inline: 0;
    margin-inline: auto;
    inline-size: max-content;
    border-radius: var(--sd-round);
    box-shadow: var(--sd-shadow-2);
    z-index: var(--sd-z-sticky);
  }
  .foot {
    display: flex;
    align-items: center;
    gap: var(--sd-4);
    min-block-size: 36px;
    padding-inline: var(--sd-5);
    border-block-start: 1px solid var(--sd-border);
    color: var(--sd-muted);
    font: 400 var(--sd-type-meta);
  }
  .foot span {
    display: inline-flex;
    align-items: center;
    gap: 6px;
  }
  .find {
    display: none;
  }
  .problem-line {
    padding: var(--sd-2) var(--sd-5);
  }
  @media (max-width: 767.98px) {
    .jump {
      flex: 1;
      inline-size: auto;
      min-inline-size: 0;
    }
    .jump .kbd,
    .foot {
      display: none;
    }
    h1 {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .chip-live {
      display: none;
    }
    .new-word {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .stage-head .push {
      margin: 0;
      flex: 1;
      min-inline-size: 0;
    }
  }
  @media (max-width: 767.98px) {
    .export {
      display: none;
    }
  }
  @media print {
    :is(.jump, .fresh) {
      display: none;
    }
    .list {
      display: block;
    }
  }
`;
