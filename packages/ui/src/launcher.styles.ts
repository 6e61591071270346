import { css } from "lit";

/** The launcher: mark and word; a square without its word below 480 px. */
export const launcher = css`
  .launcher {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: var(--sd-2);
    position: relative;
    block-size: var(--sd-launcher);
    min-inline-size: var(--sd-launcher);
    padding: 0 var(--sd-5) 0 var(--sd-4);
    border: 1px solid var(--sd-primary-edge);
    border-radius: var(--sd-radius-l);
    background: var(--sd-primary);
    color: var(--sd-on-primary);
    box-shadow: var(--sd-shadow-2);
    font: 600 var(--sd-type-read);
    text-decoration: none;
    cursor: pointer;
  }
  .launcher svg.mark-only {
    inline-size: 26px;
    block-size: 26px;
    fill: currentColor;
  }
  .launcher:focus-visible {
    border-radius: var(--sd-radius-l);
  }
  .launcher .count {
    position: absolute;
    inset-block-start: -6px;
    inset-inline-end: -6px;
    min-inline-size: 22px;
    block-size: 22px;
    box-shadow: 0 0 0 2px var(--sd-surface);
  }
  .launcher-open {
    padding: 0;
    inline-size: var(--sd-launcher);
  }
  @media (max-width: 479.98px) {
    .launcher {
      inline-size: var(--sd-launcher);
      padding: 0;
    }
    .launcher .word {
      position: absolute;
      clip-path: inset(50%);
    }
  }
  @media (forced-colors: active) {
    .launcher {
      forced-color-adjust: none;
      background: ButtonText;
      color: ButtonFace;
      border: 1px solid ButtonText;
    }
  }
`;
