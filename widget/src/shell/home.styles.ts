import { css } from "lit";

export const homeStyles = css`
  :host {
    display: block;
  }
  .home-scroll {
    block-size: 100%;
    background: var(--sd-canvas);
    overflow-y: auto;
    overscroll-behavior: contain;
  }
  .home-head {
    padding: var(--sd-4) var(--sd-5) 60px;
    background: var(--sd-hero);
    color: var(--sd-on-hero);
  }
  .home-head .row {
    min-block-size: 44px;
    margin-inline: 0 calc(-1 * var(--sd-2));
  }
  .home-head .mark {
    margin-inline-end: auto;
    background: var(--sd-on-hero);
    color: var(--sd-hero);
  }
  .home-head .icon-button {
    color: inherit;
  }
  .home-head .icon-button:hover {
    background: color-mix(in oklab, currentColor 14%, transparent);
  }
  .home-head :focus-visible {
    outline-color: var(--sd-on-hero);
  }
  .home-head h1 {
    font: 600 var(--sd-type-display);
    letter-spacing: -0.02em;
    margin-block: var(--sd-3) var(--sd-1);
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .home {
    display: grid;
    gap: var(--sd-3);
    padding: 0 var(--sd-3) var(--sd-4);
    margin-block-start: -44px;
    align-content: start;
  }
  .home .card {
    box-shadow: var(--sd-shadow-1);
    overflow: hidden;
  }
  .turn,
  .line {
    inline-size: 100%;
    border: 0;
    background: none;
    text-align: start;
    cursor: pointer;
  }
  .turn {
    display: grid;
    gap: var(--sd-1);
    padding: var(--sd-4);
  }
  .turn:hover,
  .line:hover {
    background: var(--sd-hover);
  }
  .turn strong {
    font: 600 var(--sd-type-read);
    overflow-wrap: anywhere;
  }
  .turn q {
    quotes: none;
    color: var(--sd-muted);
    display: -webkit-box;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 3;
    overflow: hidden;
    overflow-wrap: anywhere;
  }
  .turn > .row {
    margin-block-start: var(--sd-2);
  }
  .answer {
    color: var(--sd-primary-text);
    font-weight: 600;
  }
  .line {
    display: flex;
    align-items: center;
    gap: var(--sd-3);
    min-block-size: 58px;
    padding: var(--sd-2) var(--sd-4);
  }
  .line + .line {
    border-block-start: 1px solid var(--sd-border);
  }
  .line b {
    display: block;
    font-weight: 600;
  }
  .line .meta {
    display: block;
  }
  .line > .icon {
    color: var(--sd-muted);
  }
  .ask {
    min-block-size: 48px;
    border-radius: var(--sd-radius-m);
    font: 600 var(--sd-type-read);
    inline-size: 100%;
  }
  .start,
  .wait {
    display: grid;
    gap: var(--sd-3);
    padding: var(--sd-4);
  }
  .start p {
    color: var(--sd-muted);
  }
  .turn:focus-visible,
  .line:focus-visible {
    outline-offset: -3px;
    border-radius: var(--sd-radius-m);
  }
  .wait .skeleton {
    block-size: 14px;
  }
  .wait .skeleton:first-child {
    inline-size: 40%;
  }
  .banner {
    border-radius: var(--sd-radius-m);
    box-shadow: var(--sd-shadow-1);
  }
  h1:focus-visible {
    outline: none;
  }
`;
