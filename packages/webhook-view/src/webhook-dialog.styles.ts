import { css } from "lit";

/** What is rarely needed, behind a line that opens it. */
export const disclosure = css`
  .tag.mono {
    font-family: var(--sd-family-mono);
    font-size: calc(11.5 * var(--sd-u));
  }
  summary {
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: var(--sd-target);
    font: 600 var(--sd-type-dense);
    color: var(--sd-primary-text);
    cursor: pointer;
    list-style: none;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary .icon {
    rotate: -90deg;
  }
  summary:dir(rtl) .icon {
    rotate: 90deg;
  }
  details[open] > summary .icon {
    rotate: none;
  }
`;

export const webhookDialogStyles = css`
  dialog {
    font: 400 var(--sd-type-body);
    text-align: start;
  }
  .body-form {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--sd-4);
  }
  .danger {
    border-color: var(--sd-error-line);
    color: var(--sd-error);
  }
  .danger:hover {
    background: var(--sd-error-soft);
  }
  fieldset {
    display: grid;
    gap: var(--sd-2);
    min-inline-size: 0;
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    padding: 0;
    margin-block-end: 6px;
    font: 600 var(--sd-type-dense);
  }
  .ltr {
    direction: ltr;
    text-align: start;
  }
  .options {
    border: var(--sd-hair) solid var(--sd-border);
    border-radius: var(--sd-radius-m);
    max-block-size: 280px;
    overflow-y: auto;
  }
  .option {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 2px var(--sd-3);
    align-items: start;
    padding: var(--sd-2) var(--sd-3);
    min-block-size: var(--sd-target);
    cursor: pointer;
  }
  .option + .option,
  .option.all {
    border-block-start: 1px solid var(--sd-border);
  }
  .option.all {
    border-block-start: 0;
  }
  .option:hover {
    background: var(--sd-hover);
  }
  .option .check {
    margin-block-start: 2px;
  }
  .option .meta {
    grid-column: 2;
  }
  .own {
    display: flex;
    flex-wrap: wrap;
    gap: var(--sd-2);
  }
  .own .input {
    flex: 1 1 180px;
    inline-size: auto;
    min-inline-size: 0;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .chips .tag {
    padding-inline-end: 0;
    min-block-size: 26px;
  }
  .tag button {
    display: inline-grid;
    place-items: center;
    position: relative;
    inline-size: 24px;
    block-size: 24px;
    padding: 0;
    border: 0;
    background: none;
    cursor: pointer;
  }
  .tag button::before {
    content: "";
    position: absolute;
    inset: calc((24px - max(24px, var(--sd-target))) / 2);
  }
  .tag button .icon {
    inline-size: 12px;
    block-size: 12px;
  }
  details > .body {
    padding: var(--sd-3) 0 0;
  }
  .once {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--sd-2);
    padding: var(--sd-4);
    border: 1px solid var(--sd-success-line);
    border-radius: var(--sd-radius-m);
    background: var(--sd-success-soft);
  }
  .once code {
    overflow-wrap: anywhere;
    direction: ltr;
    user-select: all;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: var(--sd-2);
  }
`;
