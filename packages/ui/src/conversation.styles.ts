// A little over 300 lines: one part of the look, taken over whole from the mock-ups, in the order things appear in it.
import { css } from "lit";

/** A conversation: days, entries, bubbles, files, typing dots and the composer. */
export const conversation = css`
  .thread {
    display: grid;
    gap: 14px;
    padding: var(--sd-4) var(--sd-4) var(--sd-2);
    align-content: start;
  }
  .day {
    display: flex;
    align-items: center;
    gap: var(--sd-3);
    color: var(--sd-faint);
    font: 400 var(--sd-type-meta);
  }
  .day::before,
  .day::after {
    content: "";
    flex: 1;
    block-size: 1px;
    background: var(--sd-border);
  }
  .entry {
    display: grid;
    grid-template-columns: 32px minmax(0, 1fr);
    gap: 6px var(--sd-2);
  }
  .entry > .avatar {
    grid-row: 1 / 3;
    align-self: start;
    margin-block-start: 22px;
  }
  .entry-by {
    grid-column: 2;
    display: flex;
    align-items: center;
    gap: 6px;
    flex-wrap: wrap;
    font: 400 var(--sd-type-meta);
    color: var(--sd-muted);
  }
  .entry-by b {
    font-weight: 600;
    color: var(--sd-text);
  }
  .bubble {
    grid-column: 2;
    justify-self: start;
    max-inline-size: 100%;
    padding: 10px 14px;
    border-radius: var(--sd-radius-m);
    border-start-start-radius: 3px;
    background: var(--sd-surface);
    border: 1px solid var(--sd-border);
    font: 400 var(--sd-type-read);
    overflow-wrap: anywhere;
  }
  .bubble > * + * {
    margin-block-start: var(--sd-2);
  }
  .bubble code {
    line-height: 1;
    padding: 1px 4px;
    border-radius: var(--sd-radius-xs);
    background: var(--sd-sunken);
  }
  .prose {
    display: grid;
    gap: var(--sd-2);
    justify-items: start;
  }
  .prose > * {
    max-inline-size: 100%;
  }
  .prose :is(h1, h2, h3, h4, h5, h6) {
    margin: 0;
    font: 600 var(--sd-type-read);
  }
  .prose :is(ul, ol) {
    display: grid;
    gap: 2px;
    padding-inline-start: var(--sd-5);
    list-style: disc;
  }
  .prose ol {
    list-style: decimal;
  }
  .prose blockquote {
    margin: 0;
    padding-inline-start: var(--sd-3);
    border-inline-start: 3px solid var(--sd-border);
    color: var(--sd-muted);
  }
  .prose pre {
    margin: 0;
    padding: var(--sd-2) var(--sd-3);
    overflow-x: auto;
    border-radius: var(--sd-radius-s);
    background: var(--sd-sunken);
    font: 400 var(--sd-type-dense);
    inline-size: 100%;
  }
  .prose pre code {
    padding: 0;
    background: none;
    line-height: inherit;
  }
  .prose hr {
    inline-size: 100%;
    border: 0;
    border-block-start: 1px solid var(--sd-border);
  }
  .prose :is(td, th) {
    padding: 2px var(--sd-2);
    border: 1px solid var(--sd-border);
    text-align: start;
  }
  .plain {
    white-space: pre-wrap;
  }
  .entry-own.unsent .bubble {
    background: transparent;
    border: 1px dashed var(--sd-border-strong);
  }
  .entry-own.failed .bubble {
    border: 1px solid var(--sd-error-line);
    background: var(--sd-error-soft);
  }
  .entry-by button {
    display: inline-flex;
    align-items: center;
    min-block-size: var(--sd-target);
    border: 0;
    padding: 0;
    background: none;
    color: var(--sd-primary-text);
    font: 600 var(--sd-type-meta);
    text-decoration: underline;
    text-underline-offset: 0.18em;
    cursor: pointer;
  }
  .entry-by .icon {
    inline-size: 14px;
    block-size: 14px;
  }
  .entry-own {
    grid-template-columns: minmax(0, 1fr);
    justify-items: end;
    padding-inline-start: var(--sd-10);
  }
  .entry-own .entry-by,
  .entry-own .bubble {
    grid-column: 1;
    justify-self: end;
  }
  .entry-own .bubble {
    background: var(--sd-primary-soft);
    border-color: transparent;
    border-radius: var(--sd-radius-m);
    border-end-end-radius: 3px;
  }
  .entry-ai .bubble {
    background: var(--sd-ai-soft);
    border: 1px dashed var(--sd-ai-line);
  }
  .entry-ai .entry-by b {
    color: var(--sd-ai);
  }
  .entry-system {
    display: flex;
    justify-content: center;
    align-items: center;
    gap: 6px;
    color: var(--sd-muted);
    font: 400 var(--sd-type-meta);
    text-align: center;
  }
  .entry-system .icon,
  .entry-system .glyph {
    inline-size: 14px;
    block-size: 14px;
  }
  .files {
    display: flex;
    flex-wrap: wrap;
    gap: var(--sd-2);
  }
  .file {
    display: inline-flex;
    align-items: center;
    gap: var(--sd-2);
    min-block-size: 44px;
    max-inline-size: 100%;
    padding: 6px 10px;
    border: 1px solid var(--sd-border);
    border-radius: var(--sd-radius-s);
    background: var(--sd-surface);
    color: var(--sd-text);
    font: 400 var(--sd-type-dense);
    text-decoration: none;
    min-inline-size: 0;
  }
  .file small {
    display: block;
    white-space: normal; /* what went wrong is read to its end */
    font: 400 var(--sd-type-meta);
    color: var(--sd-muted);
  }
  .file .icon {
    color: var(--sd-muted);
  }
  .file > .truncate {
    min-inline-size: 0;
  }
  .file[data-scan="infected"],
  .file[data-state="wrong"] {
    border-color: var(--sd-error-line);
    background: var(--sd-error-soft);
  }
  .file[data-scan="infected"] .icon,
  .file[data-state="wrong"] > .icon {
    color: var(--sd-error);
  }
  .file[data-scan="infected"] bdi {
    text-decoration: line-through;
  }
  .uploads {
    grid-column: 1 / -1;
    padding: 4px;
    contain: inline-size; /* a long name ends in dots, and widens nothing */
  }
  .uploads progress {
    display: block;
    inline-size: 100%;
    block-size: 3px;
    margin-block-start: 3px;
    accent-color: var(--sd-primary);
  }
  .dropping {
    border-style: dashed;
    border-color: var(--sd-ring);
    background: var(--sd-primary-soft);
  }
  .shot-link {
    display: block;
    max-inline-size: 320px;
  }
  .shot {
    display: block;
    border-radius: var(--sd-radius-s);
    border: 1px solid var(--sd-border);
    background: var(--sd-sunken);
    max-inline-size: 100%;
    max-block-size: 240px;
    block-size: auto;
  }
  .typing {
    display: inline-flex;
    gap: 4px;
    align-items: center;
    block-size: 23px;
  }
  .typing i {
    inline-size: 6px;
    block-size: 6px;
    border-radius: 50%;
    background: var(--sd-faint);
    animation: typing 1.2s infinite var(--sd-ease-move);
  }
  .typing i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .typing i:nth-child(3) {
    animation-delay: 0.3s;
  }
  @keyframes typing {
    30% {
      translate: 0 -3px;
      opacity: 1;
    }
    0%,
    60%,
    100% {
      translate: 0;
      opacity: 0.5;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .typing i {
      animation: none;
    }
  }
  .composer {
    display: grid;
    gap: var(--sd-2);
    margin: var(--sd-3);
    padding: var(--sd-2);
    border: 1px solid var(--sd-border-strong);
    border-radius: var(--sd-radius-m);
    background: var(--sd-surface);
  }
  .composer:focus-within {
    border-color: var(--sd-ring);
    box-shadow: 0 0 0 1px var(--sd-ring);
  }
  .composer textarea {
    inline-size: 100%;
    border: 0;
    padding: 4px 6px;
    background: none;
    resize: none;
    font: var(--sd-type-input);
    outline: 0;
    min-block-size: 28px;
    max-block-size: 160px;
    field-sizing: content;
  }
  .composer textarea::placeholder {
    color: var(--sd-faint);
    opacity: 1;
  }
  .composer-line {
    grid-template-columns: 1fr auto;
    align-items: end;
    gap: 2px;
    padding: 4px;
  }
  .composer-line textarea {
    align-self: center;
    padding-block: calc((var(--sd-control) - 20px) / 2);
  }
  .composer-line .icon-button-send {
    background: var(--sd-primary);
    color: var(--sd-on-primary);
    border: 1px solid var(--sd-primary-edge);
  }

  @media (forced-colors: active) {
    .composer:focus-within {
      outline: 2px solid Highlight;
    }
    .icon-button-send {
      forced-color-adjust: none;
      background: ButtonText;
      color: ButtonFace;
      border: 1px solid ButtonText;
    }
  }
`;
