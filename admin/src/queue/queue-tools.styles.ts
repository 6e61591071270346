import { css } from "lit";

export const queueTools = css`
  .tools {
    display: flex;
    align-items: center;
    gap: 6px;
    padding: var(--sd-2) var(--sd-5);
    overflow-x: auto;
    scrollbar-width: none;
    border-block-end: 1px solid var(--sd-border);
  }
  .sort {
    margin-inline-start: auto;
    flex: none;
  }
  .sort::part(button) {
    display: inline-flex;
    align-items: center;
    min-block-size: max(28px, var(--sd-target));
    padding-inline: 9px;
    border: 1px solid var(--sd-border);
    border-radius: var(--sd-radius-s);
    background: none;
    color: var(--sd-muted);
    font: 400 var(--sd-type-meta);
    cursor: pointer;
  }
  .sort::part(button):hover {
    background: var(--sd-hover);
  }
  .sort-face {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    white-space: nowrap;
  }
  .sort-face b {
    font-weight: 600;
    color: var(--sd-text);
  }
  @media (max-width: 767.98px) {
    .tools {
      padding-inline: var(--sd-4);
    }
  }
`;
