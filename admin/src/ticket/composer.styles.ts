import { css } from "lit";

export const composerStyles = css`
  :host {
    display: block;
    border-block-start: 1px solid var(--sd-border);
    padding-block-start: var(--sd-3);
  }
  .composer {
    margin-block-start: 0;
    gap: 0;
    padding: 0;
    overflow: hidden;
  }
  .composer-note {
    background: var(--sd-warning-soft);
    border-color: var(--sd-warning);
  }
  .tabs {
    padding-inline: var(--sd-3);
    gap: var(--sd-4);
    align-items: center;
    overflow: visible;
  }
  .tabs > button {
    min-block-size: max(36px, var(--sd-target));
  }
  .tabs > button:focus-visible {
    outline-offset: -2px;
  }
  .to {
    font: 400 var(--sd-type-dense);
    overflow: hidden;
    text-overflow: ellipsis;
    display: block;
    flex: 0 1 auto;
    min-block-size: 0;
    min-inline-size: 0;
  }
  .composer textarea {
    padding: var(--sd-3);
    min-block-size: 64px;
    max-block-size: 40dvh;
    field-sizing: content;
    display: block;
    line-height: 1.5;
  }
  .composer textarea:placeholder-shown {
    direction: inherit; /* what is empty has no words that say so */
  }
  .composer-note textarea::placeholder {
    color: var(--sd-muted);
  }
  .uploads {
    padding: 0 var(--sd-3) var(--sd-2);
  }
  .uploads small {
    white-space: normal; /* why a file cannot be sent is read to its end */
  }
  .panel {
    position: relative;
  }
  .preview {
    margin: var(--sd-3);
    max-block-size: 40dvh;
    overflow-y: auto;
    line-height: 1.5;
  }
  .preview mark {
    background: none;
    color: var(--sd-primary-text);
    font-weight: 600;
  }
  .composer:has(.mentions) {
    overflow: visible;
  }
  .mentions {
    position: absolute;
    inset-block-end: calc(100% - 8px);
    inset-inline-start: var(--sd-3);
    inline-size: max-content;
    min-inline-size: min(280px, calc(100% - 24px));
    max-inline-size: calc(100% - 24px);
    padding: var(--sd-1);
    z-index: var(--sd-z-menu);
  }
  .mentions [aria-selected="true"] {
    background: var(--sd-hover);
  }
  .missed {
    display: grid;
    gap: var(--sd-2);
    padding: var(--sd-3);
    background: var(--sd-warning-soft);
    border-block-end: 1px solid var(--sd-warning-line);
  }
  .missed p {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
  }
  .missed .icon {
    color: var(--sd-warning);
  }
  .missed blockquote {
    margin: 0;
    max-block-size: 80px;
    overflow: auto;
    padding-inline-start: var(--sd-3);
    border-inline-start: 3px solid var(--sd-warning-line);
    white-space: pre-wrap;
  }
  textarea[hidden] {
    display: none !important;
  }
  @media (forced-colors: active) {
    .mentions [aria-selected="true"] {
      outline: 2px solid Highlight;
      outline-offset: -2px;
    }
  }
  .problem {
    padding: 0 var(--sd-3) var(--sd-2);
    font: 400 var(--sd-type-dense);
  }
  .composer-bar {
    display: flex;
    align-items: center;
    padding: 6px;
    gap: var(--sd-3);
    border-block-start: 1px solid var(--sd-border);
  }
  .composer-bar .icon-button {
    inline-size: var(--sd-control-s);
    block-size: var(--sd-control-s);
  }
  .composer-note .composer-bar,
  .composer-note .tabs {
    border-color: var(--sd-warning-line);
  }
  .hint-bar {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    padding-inline-start: 6px;
  }
  .banner-quiet {
    display: flex;
    gap: var(--sd-2);
    align-items: center;
    padding: 0 var(--sd-5) var(--sd-3);
    color: var(--sd-muted);
  }
  @media (max-width: 767.98px) {
    .tabs > button {
      min-block-size: 44px;
    }
    .composer textarea {
      min-block-size: 48px;
    }
    .wide {
      display: none;
    }
  }
`;
