import { css } from "lit";

export const selectStyles = css`
  :host {
    display: inline-block;
    min-inline-size: 0;
    max-inline-size: 100%;
  }
  .select-button {
    inline-size: 100%;
    justify-content: flex-start;
    font-weight: 400;
  }
  .select-button[aria-disabled="true"] {
    opacity: 0.55;
    cursor: progress;
  }
  .select-button > .icon:last-child {
    margin-inline-start: auto;
    color: var(--sd-muted);
  }
  .select-quiet {
    border-color: transparent;
    background: transparent;
    padding-inline: var(--sd-2);
  }
  .select-quiet:hover,
  .select-quiet[aria-expanded="true"] {
    background: var(--sd-hover);
  }
`;
