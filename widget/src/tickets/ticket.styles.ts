import { css } from "lit";

export const ticketStyles = css`
  .ticket-head {
    border-block-end: 1px solid var(--sd-border);
  }
  .ticket-head .panel-head {
    border: 0;
    padding-block-end: 0;
    min-block-size: 52px;
  }
  .ticket-head h1 {
    font: 600 var(--sd-type-read);
    letter-spacing: normal;
    padding: 0;
  }
  .ticket-title {
    flex: 1;
    min-inline-size: 0;
  }
  :host(:not([framed])) .ticket-title {
    padding-inline-start: var(--sd-2);
  }
  .ticket-facts {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
    padding: var(--sd-1) var(--sd-4) var(--sd-2);
  }
  :host([framed]) .ticket-facts {
    padding-inline-start: calc(var(--sd-2) + var(--sd-control) + var(--sd-1));
  }
  .conversation {
    background: var(--sd-canvas);
    display: flex;
    flex-direction: column-reverse; /* opens at the newest entry */
  }
  .conversation > .thread {
    min-block-size: 100%;
    align-content: end;
    flex: none;
  }
  .older,
  .reopen {
    display: grid;
    justify-items: center;
  }
  .reopen {
    gap: var(--sd-2);
    padding: var(--sd-3) var(--sd-4);
    border-block-start: 1px solid var(--sd-border);
    text-align: center;
  }
  .conversation[data-paging] {
    overflow-anchor: none;
  }
  .joined {
    margin-block-start: -8px;
  }
  .own {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 2px var(--sd-3);
    padding-block-start: var(--sd-2);
    border-block-start: 1px solid var(--sd-border);
    font: 400 var(--sd-type-dense);
  }
  .own div {
    display: contents;
  }
  .own dt {
    color: var(--sd-muted);
  }
  .ticket-facts .icon {
    inline-size: 14px;
    block-size: 14px;
    margin-inline-end: 4px;
    vertical-align: -2px;
  }
  .wait {
    display: grid;
    gap: var(--sd-4);
    align-content: end;
    padding: var(--sd-4);
  }
  .wait .skeleton {
    block-size: 64px;
    inline-size: 72%;
    border-radius: var(--sd-radius-m);
  }
  .wait .skeleton:nth-child(odd) {
    justify-self: end;
  }
  .entry-typing > .avatar {
    margin-block-start: 0;
  }
  .entry-typing .bubble {
    grid-row: 1;
    padding-block: 8px;
  }
`;
