import { css } from "lit";

/** The links to the sections of a page. */
export const sectionLinks = css`
  .sections a {
    display: flex;
    align-items: center;
    min-block-size: max(32px, var(--sd-target));
    padding-inline: var(--sd-3);
    border-radius: var(--sd-radius-s);
    color: var(--sd-muted);
    text-decoration: none;
    white-space: nowrap;
  }
  .sections a:hover {
    background: var(--sd-hover);
    color: var(--sd-text);
  }
  .sections a[aria-current] {
    background: var(--sd-primary-soft);
    color: var(--sd-primary-text);
    font-weight: 600;
  }
  @media (forced-colors: active) {
    .sections a[aria-current] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
  .stage-body {
    padding: var(--sd-5);
  }
  @media (max-width: 767.98px) {
    .stage-body {
      padding: var(--sd-4);
    }
  }
`;

/** A page whose sections stand in one line in its head. */
export const sectionsInHead = css`
  /* The heading stands where it stands on other pages, with its sections beside it or below it. */
  .stage-head {
    flex-wrap: wrap;
    gap: 0 var(--sd-4);
    padding-block: 7px;
  }
  .stage-head h1 {
    display: grid;
    align-items: center;
    min-block-size: 41px;
  }
  .sections {
    display: flex;
    gap: var(--sd-1);
    overflow-x: auto;
    padding: 4px;
    margin-inline: -4px;
  }
  .stage-body {
    background: var(--sd-canvas);
  }
`;
