import { css } from "lit";

/** On paper a request, or the list of them, is as long as it is, and what one presses is not there. */
export const sheetOnPaper = css`
  @media print {
    :host {
      display: block !important;
      max-block-size: none !important;
      overflow: visible !important;
    }
    .panel-body {
      display: block !important;
      overflow: visible;
      background: none;
    }
    :is(.icon-button, .button, .list-tools, .older, .more, sidedesk-composer, sidedesk-rating, .reopen) {
      display: none !important;
    }
    .truncate {
      white-space: normal;
    }
    :is(.panel-head, .ticket-title, .ticket-facts) {
      padding-inline: 0 !important;
    }
    .bubble {
      border: 1px solid var(--sd-border);
    }
    :is(.day, .entry-by, header) {
      break-after: avoid;
    }
    li {
      break-inside: avoid;
    }
  }
`;

/** What nobody can press on paper. */
export const goneOnPaper = css`
  @media print {
    :host {
      display: none !important;
    }
  }
`;
