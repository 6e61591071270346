import { css } from "lit";

/** Card, menu, banner, skeleton and empty state. */
export const surfaces = css`
  .card {
    background: var(--sd-surface);
    border: var(--sd-hair) solid var(--sd-border);
    border-radius: var(--sd-radius-m);
  }
  .menu {
    background: var(--sd-raised);
    border: var(--sd-hair) solid var(--sd-border);
    border-radius: var(--sd-radius-m);
    box-shadow: var(--sd-shadow-2);
  }
  .banner {
    display: flex;
    align-items: flex-start;
    gap: var(--sd-2);
    padding: var(--sd-2) var(--sd-4);
    background: var(--tone-soft);
    color: var(--sd-text);
    font: 400 var(--sd-type-dense);
  }
  .banner .icon {
    color: var(--tone);
    margin-block-start: 1px;
  }
  .banner a,
  .banner button {
    color: inherit;
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 0.18em;
    background: none;
    border: 0;
    padding: 14px 0;
    margin-block: -14px;
    cursor: pointer;
  }
  .skeleton {
    display: block;
    border-radius: var(--sd-radius-xs);
    background: linear-gradient(100deg, var(--sd-sunken) 40%, var(--sd-hover) 50%, var(--sd-sunken) 60%) 0 / 300% 100%;
    animation: sheen 1.6s linear infinite;
  }
  @keyframes sheen {
    from {
      background-position: 100% 0;
    }
    to {
      background-position: 0 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .skeleton {
      animation: none;
    }
  }
  .empty {
    display: grid;
    justify-items: center;
    gap: var(--sd-2);
    padding: var(--sd-8) var(--sd-6);
    text-align: center;
    text-wrap: balance;
    color: var(--sd-muted);
  }
  .empty svg.art {
    inline-size: 96px;
    block-size: 72px;
    margin-block-end: var(--sd-2);
  }
  .empty :is(h2, h3) {
    font: 600 var(--sd-type-lead);
    letter-spacing: var(--sd-tight);
    color: var(--sd-text);
  }

  .sk-row {
    display: grid;
    grid-template-columns: 16px 1fr 40px;
    gap: 6px var(--sd-3);
    padding: 12px var(--sd-4);
  }
  .sk-row .skeleton {
    block-size: 12px;
  }
  .sk-row .skeleton:first-child {
    block-size: 16px;
    border-radius: 50%;
  }
  .sk-row .skeleton:nth-child(4) {
    grid-column: 2;
    block-size: 10px;
  }
  .empty p {
    max-inline-size: 34ch;
  }
  .empty .button {
    margin-block-start: var(--sd-2);
  }
  .art {
    stroke: var(--sd-border-strong);
    fill: var(--sd-canvas);
    stroke-width: 1.5;
  }
  .art .brand {
    fill: var(--sd-primary);
    stroke: none;
  }

  @media (forced-colors: active) {
    .card,
    .menu {
      border: 1px solid CanvasText;
    }
    .skeleton {
      border: 1px solid GrayText;
    }
  }
`;
