import { css } from "lit";

export const panelStyles = css`
  :host {
    display: block;
  }
  .panel {
    grid-template: minmax(0, 1fr) auto / minmax(0, 1fr);
    animation: arrive var(--sd-slow) var(--sd-ease-out);
    transform-origin: bottom right;
  }
  .panel:dir(rtl) {
    transform-origin: bottom left;
  }
  @keyframes arrive {
    from {
      transform: translateY(8px) scale(0.98);
    }
  }
  .view {
    display: grid;
    min-block-size: 0;
    overflow: hidden;
  }
  .view > * {
    min-block-size: 0;
    block-size: 100%;
  }
  @media (max-width: 479.98px) {
    .panel {
      inline-size: 100%;
      block-size: 100dvh;
      border-radius: 0;
      box-shadow: none;
      padding-block-end: env(safe-area-inset-bottom);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .panel {
      animation: fade 180ms;
    }
    @keyframes fade {
      from {
        opacity: 0;
      }
    }
  }
`;
