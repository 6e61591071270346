import { css } from "lit";

export const newTicketStyles = css`
  :host {
    display: contents; /* nothing of it stands in the page: the dialog lies above */
  }
  dialog {
    inline-size: min(600px, calc(100vw - 24px));
    max-block-size: calc(100dvh - 24px);
    padding: 0;
    border: 1px solid var(--sd-border);
    border-radius: var(--sd-radius-l);
    background: var(--sd-surface);
    color: var(--sd-text);
    box-shadow: var(--sd-shadow-3);
  }
  dialog::backdrop {
    background: var(--sd-scrim);
  }
  header {
    display: flex;
    align-items: center;
    justify-content: space-between;
    padding: var(--sd-3) var(--sd-3) var(--sd-3) var(--sd-5);
    border-block-end: 1px solid var(--sd-border);
    position: sticky;
    inset-block-start: 0;
    background: var(--sd-surface);
    z-index: 1;
  }
  header h2 {
    font: 600 var(--sd-type-lead);
    letter-spacing: var(--sd-tight);
  }
  .body {
    display: grid;
    gap: var(--sd-4);
    padding: var(--sd-5);
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(220px, 100%), 1fr));
    gap: var(--sd-4);
    align-items: start;
  }
  footer {
    display: flex;
    justify-content: flex-end;
    gap: var(--sd-2);
    padding: var(--sd-3) var(--sd-5);
    border-block-start: 1px solid var(--sd-border);
    position: sticky;
    inset-block-end: 0;
    background: var(--sd-surface);
  }
`;
