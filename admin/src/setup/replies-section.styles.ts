import { css } from "lit";

export const repliesStyles = css`
  :host {
    max-inline-size: 880px;
  }
  .tools {
    display: flex;
    gap: var(--sd-2);
    align-items: center;
    flex-wrap: wrap;
  }
  .tools .input {
    flex: 1 1 200px;
    inline-size: auto;
  }
  .row-line .grow b {
    unicode-bidi: isolate;
  }
  .editor {
    display: grid;
    gap: var(--sd-4);
    padding: var(--sd-4);
  }
  .beside {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(280px, 100%), 1fr));
    gap: var(--sd-4);
  }
  .beside textarea {
    min-block-size: 180px;
  }
  .shown {
    padding: var(--sd-3);
    border: 1px solid var(--sd-border);
    border-radius: var(--sd-radius-m);
    background: var(--sd-canvas);
    min-block-size: 180px;
  }
  .variables {
    display: flex;
    flex-wrap: wrap;
    gap: var(--sd-1);
    align-items: center;
  }
  .variables button {
    font-family: var(--sd-family-mono);
  }
  .only-me {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
    min-block-size: var(--sd-target);
  }
  .field > .label {
    font: 600 var(--sd-type-dense);
  }
  .row-line kbd {
    margin-inline-start: var(--sd-2);
  }
  @media (max-width: 479.98px) {
    .row-line > .grow {
      flex-basis: 100%;
    }
  }
  h2:focus {
    outline: none;
  }
`;
