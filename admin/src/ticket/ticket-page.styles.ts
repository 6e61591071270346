import { css } from "lit";

export const ticketPage = css`
  :host {
    display: block;
    min-block-size: 0;
    block-size: 100%;
  }
  .three {
    display: grid;
    grid-template-columns: 264px minmax(0, 1fr) 296px;
    grid-template-rows: minmax(0, 1fr);
    min-block-size: 0;
    block-size: 100%;
  }
  .pane {
    min-inline-size: 0;
    min-block-size: 0;
  }
  .pane + .pane {
    border-inline-start: 1px solid var(--sd-border);
  }
  .pane-talk {
    display: flex;
    flex-direction: column;
  }
  desk-conversation {
    flex: 1;
  }
  .pane-facts {
    display: grid;
  }
  .pane-problem {
    grid-column: 2 / -1;
    display: grid;
    place-items: center;
  }
  .talk-head {
    display: grid;
    gap: 6px;
    padding: var(--sd-3) var(--sd-5);
    border-block-end: 1px solid var(--sd-border);
  }
  .talk-head h1 {
    text-wrap: balance;
    overflow-wrap: anywhere;
    min-inline-size: 0;
  }
  .talk-head .push {
    flex: none;
  }
  .talk-head h1:focus {
    outline: 0;
  }
  .talk-head .icon-button {
    margin-block: -4px;
  }
  .sk-title {
    inline-size: 280px;
    block-size: 18px;
  }
  .pane-switch {
    display: none;
  }
  @media (max-width: 1099.98px) {
    .three {
      grid-template-columns: minmax(0, 1fr) 296px;
    }
    .pane-list {
      display: none;
    }
    .pane-talk {
      border: 0 !important;
    }
    .pane-problem {
      grid-column: 1 / -1;
    }
  }
  @media (max-width: 767.98px) {
    .three {
      grid-template-columns: minmax(0, 1fr);
    }
    .pane-facts {
      display: none;
      border: 0 !important;
    }
    .three[data-side="details"] {
      grid-template-rows: auto minmax(0, 1fr);
    }
    .three[data-side="details"] .pane-facts {
      display: grid;
    }
    .three[data-side="details"] :is(desk-conversation, desk-composer) {
      display: none;
    }
    .pane-switch {
      display: flex;
      padding: var(--sd-2) var(--sd-3);
    }
    .pane-switch .segmented {
      flex: 1;
      display: flex;
    }
    .talk-head {
      padding: var(--sd-2) var(--sd-4) var(--sd-3) var(--sd-2);
    }
    .talk-head .row-wrap {
      padding-inline-start: var(--sd-2);
    }
    .wide {
      display: none;
    }
    .resolve {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
  }
  @media (min-width: 768px) {
    .narrow {
      display: none !important;
    }
  }
`;
