import { css } from "lit";

/** Labels, inputs, selects, search and tick box. */
export const fields = css`
  .field {
    display: grid;
    gap: 6px;
    align-content: start;
    min-inline-size: 0;
  }
  .field > label,
  .label {
    font: 600 var(--sd-type-dense);
  }
  .optional {
    font-weight: 400;
    color: var(--sd-faint);
  }
  .hint {
    font: 400 var(--sd-type-meta);
    color: var(--sd-muted);
  }
  .input {
    inline-size: 100%;
    min-block-size: var(--sd-control);
    padding: 0 var(--sd-3);
    border: var(--sd-hair) solid var(--sd-border-strong);
    border-radius: var(--sd-radius-s);
    background: var(--sd-surface);
    color: var(--sd-text);
    font: var(--sd-type-input);
  }
  textarea.input {
    padding-block: var(--sd-2);
    resize: vertical;
    min-block-size: 104px;
    line-height: 1.5;
  }
  select.input {
    appearance: none;
    padding-inline-end: var(--sd-8);
  }
  .select {
    position: relative;
    display: grid;
  }
  .select .icon {
    position: absolute;
    inset-inline-end: var(--sd-3);
    inset-block: 0;
    margin-block: auto;
    pointer-events: none;
    color: var(--sd-muted);
  }
  .input::placeholder {
    color: var(--sd-faint);
    opacity: 1;
  }
  .input:focus-visible {
    outline-offset: -1px;
    border-color: var(--sd-ring);
    border-radius: var(--sd-radius-s);
  }
  .input[aria-invalid="true"] {
    border-color: var(--sd-error);
    box-shadow: inset 0 0 0 1px var(--sd-error);
  }
  .problem {
    display: flex;
    gap: 6px;
    font: 400 var(--sd-type-meta);
    color: var(--sd-error);
  }
  .problem .icon {
    inline-size: 14px;
    block-size: 14px;
    margin-block-start: 1px;
  }
  .searchbox {
    position: relative;
  }
  .searchbox .icon {
    position: absolute;
    inset-inline-start: var(--sd-3);
    inset-block: 0;
    margin-block: auto;
    color: var(--sd-faint);
    pointer-events: none;
  }
  .searchbox .input {
    padding-inline-start: 36px;
  }
  .check {
    appearance: none;
    position: relative;
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    flex: none;
    border: 1.5px solid var(--sd-border-strong);
    border-radius: var(--sd-radius-xs);
    background: var(--sd-surface);
    cursor: pointer;
  }
  .check::before {
    content: "";
    position: absolute;
    inset: calc((16px - var(--sd-target)) / 2 - 1.5px);
  } /* the target, not the drawing */
  .check:checked {
    background: var(--sd-primary);
    border-color: var(--sd-primary-edge);
  }
  .check:checked::after {
    content: "";
    position: absolute;
    inset-inline-start: 4px;
    inset-block-start: 1px;
    inline-size: 4px;
    block-size: 8px;
    border: solid var(--sd-on-primary);
    border-width: 0 2px 2px 0;
    transform: rotate(45deg);
  }

  @media (forced-colors: active) {
    .check:checked {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;
