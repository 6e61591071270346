import { css } from "lit";

/** On paper: what is listed, and what is read; nothing that one presses. */
export const centreOnPaper = css`
  @media print {
    :is(.tools, .bar, .done, .probe, .check, .button, .detail-actions, .side:has(.detail-none)) {
      display: none !important;
    }
    :is(.news, .pane) {
      display: block;
      border: 0;
    }
    :is(.rows, .side) {
      overflow: visible;
    }
    .space {
      block-size: auto !important;
    }
    .line .kind {
      opacity: 1 !important;
    }
    .line {
      position: static;
      translate: none !important;
      break-inside: avoid;
    }
  }
`;
