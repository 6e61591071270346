import { css } from "lit";

export const portalStyles = css`
  :host {
    display: block !important;
    min-block-size: 100dvh;
    background: var(--sd-canvas);
  }
  .portal-bar {
    position: sticky;
    inset-block-start: 0;
    z-index: var(--sd-z-bar);
    display: flex;
    align-items: center;
    gap: var(--sd-1);
    min-block-size: 60px;
    padding-inline: var(--sd-6);
    background: var(--sd-surface);
    border-block-end: 1px solid var(--sd-border);
  }
  .portal-brand {
    min-block-size: 44px;
    min-inline-size: 0;
    display: inline-flex;
    align-items: center;
    gap: var(--sd-3);
    margin-inline-end: var(--sd-6);
    color: inherit;
    font: 600 var(--sd-type-lead);
    letter-spacing: var(--sd-tight);
    text-decoration: none;
    white-space: nowrap;
  }
  .portal-nav {
    display: flex;
    align-self: stretch;
    gap: var(--sd-5);
    margin-inline-end: auto;
  }
  .portal-nav a {
    display: inline-flex;
    align-items: center;
    min-inline-size: var(--sd-target);
    color: var(--sd-muted);
    font: 600 var(--sd-type-dense);
    text-decoration: none;
  }
  .portal-nav a:hover {
    color: var(--sd-text);
  }
  .portal-nav a[aria-current] {
    color: var(--sd-text);
    box-shadow: inset 0 -2px var(--sd-primary-text);
  }
  .portal-me {
    display: inline-flex;
    align-items: center;
    gap: var(--sd-2);
  }
  .portal-way {
    margin-inline-start: auto;
  }
  .portal-main {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: var(--sd-5);
    max-inline-size: 1120px;
    margin-inline: auto;
    padding: var(--sd-8) var(--sd-6) var(--sd-12);
  }
  .sheet {
    max-inline-size: 760px;
    inline-size: 100%;
    margin-inline: auto;
  }
  .sheet.wide {
    max-inline-size: none;
  }
  .sheet.tall > * {
    block-size: calc(100dvh - 60px - 2 * var(--sd-8));
    min-block-size: 420px;
    max-block-size: none;
  }
  .hint {
    font: 400 var(--sd-type-read);
    color: var(--sd-muted);
  }
  .gate {
    display: grid;
    gap: var(--sd-5);
  }
  .gate h1 {
    font: 600 var(--sd-type-display);
    letter-spacing: -0.02em;
  }
  .banner {
    border-radius: var(--sd-radius-m);
  }
  @media (max-width: 767.98px) {
    .portal-bar {
      flex-wrap: wrap;
      padding-inline: var(--sd-4) var(--sd-2);
    }
    .portal-brand {
      flex: 1 1 0; /* a long name is cut; what one presses stays in its line */
      margin-inline-end: 0;
    }
    .portal-nav {
      order: 9;
      inline-size: 100%;
      min-block-size: 44px;
      gap: var(--sd-4);
      overflow-x: auto; /* four long words are wider than 320 px */
      scrollbar-width: none;
    }
    .portal-nav a {
      flex: none;
      outline-offset: -2px;
    }
    .portal-me > :is(.name, .avatar) {
      display: none; /* the room is the site's name's */
    }
    .portal-main {
      padding: var(--sd-5) var(--sd-4) var(--sd-10);
      gap: var(--sd-4);
    }
    .sheet.tall {
      margin: calc(-1 * var(--sd-5)) calc(-1 * var(--sd-4)) calc(-1 * var(--sd-10));
      inline-size: auto;
    }
    .sheet.wide {
      max-inline-size: none;
    }
    .sheet.tall > * {
      block-size: calc(100dvh - 106px);
      border-radius: 0;
      border-inline: 0;
    }
  }
  @media (forced-colors: active) {
    .portal-nav a[aria-current] {
      text-decoration: underline;
    }
  }
  @media print {
    :host {
      background: none;
    }
    .portal-bar {
      position: static;
      padding-inline: 0;
    }
    :is(.portal-nav, .portal-me, .portal-way) {
      display: none !important;
    }
    .portal-main {
      padding-inline: 0;
    }
    .sheet,
    .sheet.tall {
      max-inline-size: none;
      margin: 0;
    }
    .sheet.tall > * {
      block-size: auto;
      border: 0;
    }
  }
`;
