import { css } from "lit";

/**
 * On paper a page is as long as what it says, and what one presses is not there. Part of what all parts of the console share;
 * `!important`, as it stands before their own rules.
 */
export const print = css`
  @media print {
    :host {
      block-size: auto !important;
      overflow: visible !important;
    }
    :host(:is(desk-rail, desk-deck, desk-queue-pane, desk-composer, desk-toasts, desk-keys, desk-bulk-bar)),
    :is(.button, .icon-button, .pane-switch, .sections, .kbd) {
      display: none !important;
    }
    :is(.console, .middle, .stage, .stage-body, .three, .pane, .talk) {
      display: block !important;
      block-size: auto !important;
      border: 0 !important;
      overflow: visible !important;
      background: none !important;
    }
    .stage-body {
      padding-inline: 0;
    }
    :is(.bubble, .card) {
      border: 1px solid var(--sd-border) !important;
    }
    :is(.bubble, .card, .fact-block, .figure, tr, li) {
      break-inside: avoid;
    }
    .bubble {
      break-inside: auto; /* one may be longer than a page */
    }
    h2 {
      break-after: avoid;
    }
  }
`;
