import { css } from "lit";

/** Buttons with a word, buttons with an icon, and the ring of a button at work. */
export const buttons = css`
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--sd-2);
    min-block-size: var(--sd-control);
    min-inline-size: var(--sd-target);
    padding-inline: var(--sd-3);
    border: var(--sd-hair) solid var(--sd-border-strong);
    border-radius: var(--sd-radius-s);
    background: var(--sd-surface);
    color: var(--sd-text);
    font: 600 var(--sd-type-body);
    text-decoration: none;
    white-space: nowrap;
    cursor: pointer;
    transition:
      background-color var(--sd-fast),
      border-color var(--sd-fast),
      transform var(--sd-fast);
  }
  .button:hover {
    background: var(--sd-hover);
  }
  .button:active {
    transform: translateY(0.5px);
  }
  .button:disabled {
    opacity: 0.55;
    cursor: not-allowed;
  }
  .button-primary {
    background: var(--sd-primary);
    border-color: var(--sd-primary-edge);
    color: var(--sd-on-primary);
  }
  .button-primary:hover {
    background: var(--sd-primary-hover);
    border-color: var(--sd-primary-hover);
  }
  .button-primary:active {
    background: var(--sd-primary-press);
  }
  .button-quiet {
    border-color: transparent;
    background: transparent;
    color: var(--sd-primary-text);
  }
  .button-s {
    min-block-size: var(--sd-control-s);
    padding-inline: var(--sd-2);
    gap: 6px;
    font: 600 var(--sd-type-meta);
  }
  .icon-button {
    display: inline-grid;
    place-items: center;
    position: relative;
    flex: none;
    inline-size: var(--sd-control);
    block-size: var(--sd-control);
    padding: 0;
    border: 0;
    border-radius: var(--sd-radius-s);
    background: transparent;
    color: var(--sd-muted);
    cursor: pointer;
    text-decoration: none;
  }
  .icon-button:hover {
    background: var(--sd-hover);
    color: var(--sd-text);
  }
  .icon-button-s {
    inline-size: var(--sd-control-s);
    block-size: var(--sd-control-s);
  }

  /* A button at work keeps its width and its word; the ring says it is busy. */
  .spin {
    inline-size: 14px;
    block-size: 14px;
    flex: none;
    border-radius: 50%;
    border: 2px solid currentColor;
    border-inline-end-color: transparent;
    animation: spin 0.8s linear infinite;
  }
  @keyframes spin {
    to {
      rotate: 1turn;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spin {
      animation: none;
      border-inline-end-color: currentColor;
      border-style: dotted;
    }
  }

  @media (forced-colors: active) {
    .button-primary {
      forced-color-adjust: none;
      background: ButtonText;
      color: ButtonFace;
      border: 1px solid ButtonText;
    }
  }
`;
