import { keys } from "@sidedesk/ui/keys.styles";
import { switches } from "@sidedesk/ui/switch.styles";
import { largeAvatar } from "@sidedesk/ui/large-avatar.styles";
import { css } from "lit";
import { print } from "./print.styles.ts";

/** For the document: the console is dense where there is a mouse; a finger still gets 44 px. */
export const consolePage = css`
  @media (pointer: fine) and (min-width: 480px) {
    :root {
      --sd-control: 32px;
      --sd-control-s: 26px;
      --sd-type-input: 400 var(--sd-type-dense);
    }
  }
  html,
  body {
    block-size: 100%;
    overflow: hidden;
  }
  body {
    background: var(--sd-surface);
  }
  @media print {
    html,
    body {
      block-size: auto;
      overflow: visible;
      background: none;
    }
  }
`;

/** What every part of the console shares: 13 px, small buttons, its heads, what it alone has of the shared parts, and its way of saying that nothing is there. */
export const dense = [
  keys,
  switches,
  largeAvatar,
  print,
  css`
    :host {
      font: 400 var(--sd-type-dense);
    }
    .button {
      font: 600 var(--sd-type-dense);
    }
    .button-s {
      font: 600 var(--sd-type-meta);
    }
    :is(.button, .icon-button)[aria-disabled="true"] {
      opacity: 0.55;
      cursor: not-allowed;
    }
    h1 {
      font: 600 var(--sd-type-lead);
      letter-spacing: var(--sd-tight);
    }
    .card-head {
      display: flex;
      align-items: center;
      gap: var(--sd-2);
      min-block-size: 48px;
      padding-inline: var(--sd-4);
      border-block-end: var(--sd-hair) solid var(--sd-border);
    }
    .card-head > .button-quiet {
      margin-inline-end: calc(-1 * var(--sd-2)); /* its word, not its padding, meets the edge */
    }
    .card-head h2,
    .card-head h3 {
      font: 600 var(--sd-type-body);
    }
    .button-danger {
      border-color: var(--sd-error-line);
      color: var(--sd-error);
    }
    .button-danger:hover {
      background: var(--sd-error-soft);
    }
    .button-block {
      inline-size: 100%;
    }
    .chip-line {
      background: transparent;
      box-shadow: inset 0 0 0 1px var(--tone-line, var(--sd-border));
    }
    .chip-bare {
      background: none;
      padding-inline: 0;
      font-weight: 400;
    }
    @media (forced-colors: active) {
      .chip-bare {
        border: 0;
      }
    }
    .people {
      color: var(--sd-text);
      font-weight: 600;
    }
    /* Before anything is typed, what could be stands where the language begins. */
    [dir="auto"]:placeholder-shown {
      direction: inherit;
    }
    .later {
      opacity: 0;
      animation: later 1ms 150ms forwards;
    }
    @keyframes later {
      to {
        opacity: 1;
      }
    }
    .empty :is(h1, h2) {
      font: 600 var(--sd-type-lead);
      letter-spacing: var(--sd-tight);
      color: var(--sd-text);
    }
    .empty .art {
      fill: var(--sd-primary-soft);
      stroke: var(--sd-primary-line);
      stroke-width: 2;
      stroke-linecap: round;
    }
    .empty .art .brand {
      fill: var(--sd-primary-line);
      stroke: none;
    }
  `,
];

/** A page: a head that stays and a body that scrolls. */
export const stage = css`
  :host {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    min-inline-size: 0;
    min-block-size: 0;
    block-size: 100%;
  }
  .stage {
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    min-inline-size: 0;
    min-block-size: 0;
    position: relative;
  }
  .stage-head {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
    min-block-size: 56px;
    padding: var(--sd-2) var(--sd-5);
    border-block-end: 1px solid var(--sd-border);
  }
  .stage-body {
    overflow: auto;
    min-inline-size: 0;
  }
  @media (max-width: 767.98px) {
    .stage-head {
      padding-inline: var(--sd-4) var(--sd-2);
    }
  }
`;
