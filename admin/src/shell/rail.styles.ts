import { css } from "lit";

const word = css`
  :host([slim]) :is(.word, .num, h2, .rail-face > .icon) {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    overflow: hidden;
    clip-path: inset(50%);
  }
`;

export const railStyles = css`
  :host {
    display: block;
    min-block-size: 0;
  }
  .rail {
    display: flex;
    flex-direction: column;
    gap: var(--sd-4);
    block-size: 100%;
    padding: var(--sd-3) var(--sd-2);
    background: var(--sd-canvas);
    border-inline-end: 1px solid var(--sd-border);
    overflow-y: auto;
  }
  .rail-site,
  .rail-face,
  sd-menu::part(button) {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
    inline-size: 100%;
    min-block-size: 40px;
    border: 0;
    border-radius: var(--sd-radius-s);
    background: none;
    color: inherit;
    font: 600 var(--sd-type-body);
    text-align: start;
  }
  .rail-site {
    padding: 0 var(--sd-2);
  }
  sd-menu::part(button) {
    padding: 0 var(--sd-2);
    cursor: pointer;
  }
  sd-menu::part(button):hover {
    background: color-mix(in oklab, var(--sd-canvas), var(--sd-text) 6%);
  }
  .rail-face > .icon {
    color: var(--sd-muted);
    margin-inline-start: auto;
  }
  .rail-group {
    display: grid;
    grid-template-columns: minmax(0, 1fr); /* a long name is cut, and its count stays */
    gap: 1px;
  }
  .rail-group > h2 {
    padding: 0 var(--sd-2) var(--sd-1);
    font: 400 var(--sd-type-meta);
    color: var(--sd-faint);
  }
  a {
    display: flex;
    align-items: center;
    gap: 10px;
    position: relative;
    min-block-size: 32px;
    padding-inline: var(--sd-2);
    border-radius: var(--sd-radius-s);
    color: var(--sd-muted);
    text-decoration: none;
  }
  a:hover {
    background: color-mix(in oklab, var(--sd-canvas), var(--sd-text) 6%);
    color: var(--sd-text);
  }
  a[aria-current] {
    background: color-mix(in oklab, var(--sd-canvas), var(--sd-text) 8%);
    color: var(--sd-text);
    font-weight: 600;
  }
  a[aria-current] .icon {
    color: var(--sd-primary-text);
  }
  a .num {
    margin-inline-start: auto;
    font: 400 var(--sd-type-meta);
    color: var(--sd-faint);
  }
  a[aria-current] .num {
    color: var(--sd-muted);
  }
  .rail-end {
    display: grid;
    gap: var(--sd-1);
    margin-block-start: auto;
  }
  .me-face {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
    min-inline-size: 0;
    font: 400 var(--sd-type-dense);
  }
  .me::part(button) {
    padding-block: var(--sd-2);
  }
  /* This person is here now. */
  .me-here .avatar::after {
    content: "";
    position: absolute;
    inset-inline-end: -1px;
    inset-block-end: -1px;
    inline-size: 10px;
    block-size: 10px;
    border-radius: 50%;
    background: var(--sd-success);
    border: 2px solid var(--sd-canvas);
  }
  ${word}
  :host([slim]) .rail {
    align-items: center;
  }
  :host([slim]) a {
    justify-content: center;
    inline-size: 40px;
    min-block-size: 40px;
  }
  :host([slim]) .rail-site,
  :host([slim]) sd-menu::part(button) {
    justify-content: center;
    inline-size: 40px;
    padding-inline: 0;
  }
  :host([slim]) .rail-face {
    justify-content: center;
    gap: 0;
  }
  :host([slim]) .rail-end {
    justify-items: center;
  }
  @media (forced-colors: active) {
    a[aria-current] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
`;
