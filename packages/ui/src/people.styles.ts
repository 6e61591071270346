import { css } from "lit";

/** Avatars, stacks of them, and our own mark on its ground. */
export const people = css`
  .avatar {
    display: inline-grid;
    place-items: center;
    position: relative;
    flex: none;
    inline-size: 32px;
    block-size: 32px;
    border-radius: 50%;
    background: light-dark(oklch(0.9 0.05 var(--hue)), oklch(0.38 0.06 var(--hue)));
    color: light-dark(oklch(0.36 0.09 var(--hue)), oklch(0.93 0.04 var(--hue)));
    font: 600 var(--sd-type-meta);
    letter-spacing: 0.01em;
    text-transform: uppercase;
  }
  .avatar-s {
    inline-size: 22px;
    block-size: 22px;
    font-size: calc(9.5 * var(--sd-u));
  }
  .avatar-ai {
    background: var(--sd-ai-soft);
    color: var(--sd-ai);
    box-shadow: inset 0 0 0 1px var(--sd-ai-line);
    border-radius: 32%;
  }
  .avatar-none {
    background: transparent;
    color: var(--sd-faint);
    box-shadow: inset 0 0 0 1.5px var(--sd-border);
  }
  .stack {
    display: inline-flex;
  }
  .stack .avatar {
    margin-inline-start: -5px;
    box-shadow: 0 0 0 2px var(--stack-ground, var(--sd-surface));
  }
  .stack .avatar:first-child {
    margin-inline-start: 0;
  }
  .mark {
    display: inline-grid;
    place-items: center;
    inline-size: 28px;
    block-size: 28px;
    flex: none;
    border-radius: 30%;
    background: var(--sd-primary);
    color: var(--sd-on-primary);
  }
  .mark svg {
    inline-size: 62%;
    block-size: 62%;
    fill: currentColor;
  }

  @media (forced-colors: active) {
    .avatar {
      border: 1px solid CanvasText;
    }
    .mark {
      forced-color-adjust: none;
      background: ButtonText;
      color: ButtonFace;
      border: 1px solid ButtonText;
    }
  }
`;
