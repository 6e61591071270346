import { css } from "lit";

/** The frame: rail, page and, on small screens, the deck below. */
export const appStyles = css`
  :host {
    display: block;
    block-size: 100dvh;
    color: var(--sd-text);
  }
  .console {
    display: grid;
    grid-template-columns: 216px minmax(0, 1fr);
    block-size: 100dvh;
    background: var(--sd-surface);
  }
  .rail-slim {
    grid-template-columns: 56px minmax(0, 1fr);
  }
  .middle {
    display: flex;
    flex-direction: column;
    min-inline-size: 0;
    min-block-size: 0;
  }
  .middle > .page {
    flex: 1;
    min-block-size: 0;
  }
  .middle > .banner {
    align-items: center;
    padding-inline: var(--sd-5);
  }
  .wait {
    display: grid;
    place-items: center;
    flex: 1;
    block-size: 100%;
    color: var(--sd-muted);
  }
  desk-deck {
    display: none;
  }
  @media (max-width: 767.98px) {
    .console,
    .rail-slim {
      grid-template-columns: minmax(0, 1fr);
      grid-template-rows: minmax(0, 1fr) auto;
    }
    desk-rail {
      display: none;
    }
    desk-deck {
      display: block;
    }
  }
`;
