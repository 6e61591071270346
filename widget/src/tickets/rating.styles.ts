import { css } from "lit";

export const ratingStyles = css`
  :host {
    display: grid;
    justify-items: center;
    gap: var(--sd-2);
    inline-size: 100%;
  }
  fieldset {
    display: flex;
    gap: var(--sd-1);
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    margin-inline: auto;
    margin-block-end: var(--sd-2);
    padding: 0;
    font: 600 var(--sd-type-read);
  }
  label {
    position: relative;
    display: grid;
    place-items: center;
    inline-size: 44px;
    block-size: 44px;
    border: 1px solid var(--sd-border-strong);
    border-radius: var(--sd-radius-m);
    background: var(--sd-surface);
    color: var(--sd-muted);
    font: 600 var(--sd-type-read);
    cursor: pointer;
  }
  label:hover {
    background: var(--sd-hover);
  }
  label:has(:checked) {
    border-color: var(--sd-primary-text);
    background: var(--sd-primary-soft);
    color: var(--sd-primary-text);
  }
  label:has(:focus-visible) {
    outline: 2px solid var(--sd-ring);
    outline-offset: 2px;
  }
  input[type="radio"] {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: pointer;
  }
  textarea.input {
    min-block-size: 0;
  }
  @media (forced-colors: active) {
    label:has(:checked) {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
`;
