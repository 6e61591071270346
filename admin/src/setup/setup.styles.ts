import { css } from "lit";

export const setupStyles = css`
  .frame {
    display: grid;
    grid-template-columns: minmax(172px, max-content) minmax(0, 1fr);
    min-block-size: 0;
  }
  .sections {
    display: grid;
    gap: 1px;
    align-content: start;
    padding: var(--sd-4) var(--sd-2);
    border-inline-end: 1px solid var(--sd-border);
  }
  @media (max-width: 767.98px) {
    .frame {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: auto minmax(0, 1fr);
    }
    .sections {
      grid-auto-flow: column;
      justify-content: start;
      overflow-x: auto;
      scroll-padding-inline: var(--sd-3);
      padding: var(--sd-2) var(--sd-3);
      border: 0;
      border-block-end: 1px solid var(--sd-border);
    }
  }
`;

/** A section of the set-up: forms at reading width, lists below. */
export const sectionStyles = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--sd-6);
    align-content: start;
    max-inline-size: 720px;
  }
  h2 {
    font: 600 var(--sd-type-body);
  }
  section,
  form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--sd-3);
    align-content: start;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(180px, 1fr));
    gap: var(--sd-3);
    align-items: end;
  }
  .row-line {
    display: flex;
    align-items: center;
    gap: var(--sd-3);
    min-block-size: 48px;
    padding: 6px var(--sd-4);
  }
  .row-line + .row-line {
    border-block-start: 1px solid var(--sd-border);
  }
  .row-line > .grow {
    flex: 1;
    min-inline-size: 0;
    display: grid;
    grid-template-columns: minmax(0, 1fr);
  }
  .code {
    display: block;
    margin: 0;
    padding: var(--sd-3) var(--sd-4);
    border: 1px solid var(--sd-border);
    border-radius: var(--sd-radius-m);
    background: var(--sd-canvas);
    font: 400 var(--sd-type-dense);
    font-family: var(--sd-family-mono);
    white-space: pre-wrap;
    overflow-wrap: anywhere;
  }
  .once {
    display: grid;
    gap: var(--sd-2);
    padding: var(--sd-4);
    border: 1px solid var(--sd-success-line);
    border-radius: var(--sd-radius-m);
    background: var(--sd-success-soft);
  }
  .toggle {
    display: flex;
    align-items: center;
    gap: var(--sd-3);
    min-block-size: max(32px, var(--sd-target));
    inline-size: fit-content;
    cursor: pointer;
  }
  .line {
    display: flex;
    gap: var(--sd-2);
    align-items: center;
    flex-wrap: wrap;
  }
  .line > .input {
    flex: 1 1 220px;
    inline-size: auto;
  }
  dialog {
    padding: var(--sd-5);
    max-inline-size: min(420px, calc(100vw - 32px));
    color: var(--sd-text);
  }
  dialog::backdrop {
    background: var(--sd-scrim);
  }
  @media (max-width: 479.98px) {
    .row-line {
      flex-wrap: wrap;
    }
    .row-line > .grow {
      flex-basis: calc(100% - 92px);
    }
    .row-line > .icon-button:nth-last-child(2) {
      margin-inline-start: auto;
    }
  }
`;
