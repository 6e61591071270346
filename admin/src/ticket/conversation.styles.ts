import { css } from "lit";

export const conversationStyles = css`
  :host {
    display: grid;
    min-block-size: 0;
    min-inline-size: 0;
  }
  .talk {
    overflow-y: auto;
    display: flex;
    flex-direction: column-reverse;
    min-block-size: 0;
  }
  .talk:focus-visible {
    outline-offset: -3px;
  }
  .thread {
    padding: var(--sd-4) var(--sd-5) var(--sd-5);
    gap: var(--sd-5);
    margin-block-end: auto;
  }
  .bubble {
    font: 400 var(--sd-type-body);
    line-height: 1.5;
    justify-self: stretch;
    max-inline-size: var(--sd-measure);
  }
  .bubble :is(ul, ol) {
    padding-inline-start: 1.4em;
    list-style: revert;
  }
  .bubble pre {
    margin-inline: 0;
    padding: var(--sd-2) var(--sd-3);
    border-radius: var(--sd-radius-s);
    background: var(--sd-sunken);
    overflow-x: auto;
    white-space: pre-wrap;
  }
  .bubble pre code {
    padding: 0;
    background: none;
    line-height: inherit;
  }
  .bubble blockquote {
    margin-inline: 0;
    padding-inline-start: var(--sd-3);
    border-inline-start: 3px solid var(--sd-border-strong);
    color: var(--sd-muted);
  }
  .bubble table {
    border-collapse: collapse;
  }
  .bubble :is(td, th) {
    padding: 2px 8px;
    border: 1px solid var(--sd-border);
    text-align: start;
  }
  .bubble mark {
    background: none;
    color: var(--sd-primary-text);
    font-weight: 600;
  }
  .more {
    margin-block-start: calc(4px - var(--sd-5));
  }
  .more .bubble {
    border-start-start-radius: var(--sd-radius-m);
  }
  .older {
    display: grid;
    place-items: center;
    min-block-size: 36px;
  }
  .plain {
    white-space: pre-wrap;
  }
  .entry-customer .bubble {
    background: var(--sd-canvas);
    border-color: transparent;
  }
  .entry-staff .bubble {
    background: var(--sd-primary-soft);
    border-color: transparent;
  }
  .entry-note .bubble {
    background: var(--sd-warning-soft);
    border: 1px solid var(--sd-warning-line);
  }
  .entry-note .entry-by > .status {
    color: var(--sd-warning);
  }
  .entry-system {
    justify-content: flex-start;
    padding-inline-start: 40px;
    text-align: start;
  }
  .sk-face {
    inline-size: 32px;
    block-size: 32px;
    border-radius: 50%;
  }
  .sk-name {
    inline-size: 140px;
    block-size: 12px;
  }
  .sk-bubble {
    display: grid;
    gap: 10px;
    inline-size: 100%;
    background: var(--sd-canvas);
    border-color: transparent;
  }
  .sk-text {
    block-size: 12px;
  }
  .sk-text + .sk-text {
    inline-size: 60%;
    margin: 0;
  }
  @media (max-width: 767.98px) {
    .thread {
      padding-inline: var(--sd-4);
    }
    .entry-system {
      padding-inline-start: 0;
    }
  }
  @media (forced-colors: active) {
    .bubble {
      border: 1px solid CanvasText;
    }
    .entry-note .bubble {
      border-style: double;
      border-width: 3px;
    }
  }
`;
