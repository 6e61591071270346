import { css } from "lit";

/** Reset, focus ring, icons, tones and the small text helpers every other part stands on. */
export const base = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  h3,
  h4,
  p,
  ul,
  ol,
  dl,
  dd,
  figure {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h1,
  h2,
  h3,
  h4 {
    font: 600 var(--sd-type-body);
  }
  button,
  input,
  select,
  textarea {
    font: inherit;
    color: inherit;
    letter-spacing: inherit;
  }
  a {
    color: var(--sd-primary-text);
    text-underline-offset: 0.18em;
    text-decoration-thickness: from-font;
  }
  code,
  .mono {
    font-family: var(--sd-family-mono);
    font-size: 0.92em;
  }
  time,
  .num {
    font-variant-numeric: tabular-nums;
  }
  [hidden] {
    display: none !important;
  }
  .sr {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  :focus-visible {
    outline: var(--sd-ring-width) solid var(--sd-ring);
    outline-offset: var(--sd-ring-gap);
    border-radius: var(--sd-radius-xs);
  }

  .icon {
    inline-size: var(--sd-icon);
    block-size: var(--sd-icon);
    flex: none;
    fill: none;
    stroke: currentColor;
    stroke-width: 2;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  .icon-l {
    inline-size: var(--sd-icon-l);
    block-size: var(--sd-icon-l);
    stroke-width: 1.75;
  }
  .glyph {
    inline-size: 16px;
    block-size: 16px;
    flex: none;
    color: var(--tone, currentColor);
  }
  .flips:dir(rtl) {
    transform: scaleX(-1);
  }

  /* Tone: one property says which state colour a thing wears. */
  [data-tone="primary"] {
    --tone: var(--sd-primary-text);
    --tone-soft: var(--sd-primary-soft);
    --tone-line: var(--sd-primary-line);
  }
  [data-tone="success"] {
    --tone: var(--sd-success);
    --tone-soft: var(--sd-success-soft);
    --tone-line: var(--sd-success-line);
  }
  [data-tone="error"] {
    --tone: var(--sd-error);
    --tone-soft: var(--sd-error-soft);
    --tone-line: var(--sd-error-line);
  }
  [data-tone="warning"] {
    --tone: var(--sd-warning);
    --tone-soft: var(--sd-warning-soft);
    --tone-line: var(--sd-warning-line);
  }
  [data-tone="info"] {
    --tone: var(--sd-info);
    --tone-soft: var(--sd-info-soft);
    --tone-line: var(--sd-info-line);
  }
  [data-tone="ai"] {
    --tone: var(--sd-ai);
    --tone-soft: var(--sd-ai-soft);
    --tone-line: var(--sd-ai-line);
  }
  [data-tone="muted"] {
    --tone: var(--sd-muted);
    --tone-soft: var(--sd-sunken);
    --tone-line: var(--sd-border);
  }

  .meta {
    font: 400 var(--sd-type-meta);
    color: var(--sd-muted);
  }
  .meta,
  .people,
  .tag,
  bdi {
    unicode-bidi: isolate;
  } /* names and words people typed keep their own direction */
  .faint {
    color: var(--sd-faint);
  }
  .strong {
    font-weight: 600;
    color: var(--sd-text);
  }
  .truncate {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    min-inline-size: 0;
  }
  .row {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
    min-inline-size: 0;
  }
  .row-wrap {
    flex-wrap: wrap;
  }
  .push {
    margin-inline-start: auto;
  }
`;
