import { css } from "lit";

/** A dialog above the page: head, what it asks, foot. `--dialog` says how wide it may be. */
export const dialogStyles = css`
  :host {
    display: contents; /* nothing of it stands in the page: the dialog lies above */
  }
  dialog {
    inline-size: min(var(--dialog, 560px), calc(100vw - 24px));
    max-block-size: calc(100dvh - 24px);
    padding: 0;
    border: 1px solid var(--sd-border);
    border-radius: var(--sd-radius-l);
    background: var(--sd-raised);
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
    gap: var(--sd-3);
    padding: var(--sd-3) var(--sd-3) var(--sd-3) var(--sd-5);
    border-block-end: 1px solid var(--sd-border);
    position: sticky;
    inset-block-start: 0;
    background: var(--sd-raised);
    z-index: 1;
  }
  h2 {
    font: 600 var(--sd-type-lead);
    letter-spacing: var(--sd-tight);
    overflow-wrap: anywhere;
  }
  .body {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--sd-4);
    padding: var(--sd-5);
  }
  footer {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    gap: var(--sd-2);
    padding: var(--sd-3) var(--sd-5);
    border-block-start: 1px solid var(--sd-border);
    position: sticky;
    inset-block-end: 0;
    background: var(--sd-raised);
  }
`;
