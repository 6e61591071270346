import { css } from "lit";

/** Status, chip, tag, count, dot, and the clock: an arc of the time left. */
export const facts = css`
  .status,
  .chip,
  .tag {
    vertical-align: middle;
  }
  .status {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    font: 600 var(--sd-type-meta);
    color: var(--tone);
    white-space: nowrap;
  }
  .chip {
    display: inline-flex;
    align-items: center;
    gap: 5px;
    min-block-size: 22px;
    padding-inline: 7px 8px;
    border-radius: var(--sd-round);
    background: var(--tone-soft, var(--sd-sunken));
    color: var(--tone, var(--sd-muted));
    font: 600 var(--sd-type-meta);
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .chip-solid {
    background: var(--tone);
    color: var(--sd-on-role);
  }
  .tag {
    display: inline-flex;
    align-items: center;
    gap: 4px;
    min-block-size: 20px;
    padding-inline: 6px;
    border-radius: var(--sd-radius-xs);
    background: color-mix(in oklab, var(--sd-text) 8%, transparent);
    color: var(--sd-muted);
    font: 400 var(--sd-type-meta);
    white-space: nowrap;
  }
  .count {
    display: inline-grid;
    place-items: center;
    min-inline-size: 18px;
    block-size: 18px;
    padding-inline: 5px;
    border-radius: var(--sd-round);
    background: var(--sd-primary);
    color: var(--sd-on-primary);
    font: 600 var(--sd-type-micro);
    font-variant-numeric: tabular-nums;
  }
  /* A figure that the name beside it says in words already: drawn, so that name and visible text do not disagree. */
  .count[data-count]::before {
    content: attr(data-count);
  }
  .count-alert {
    background: var(--sd-error);
    color: var(--sd-on-role);
  }
  .dot {
    inline-size: 8px;
    block-size: 8px;
    border-radius: 50%;
    background: var(--tone, var(--sd-primary));
    flex: none;
  }

  .sla svg:not(.icon) {
    inline-size: 14px;
    block-size: 14px;
    flex: none;
    rotate: -90deg;
    fill: none;
    stroke: currentColor;
    stroke-width: 2.5;
  }
  .sla .icon {
    inline-size: 14px;
    block-size: 14px;
  }
  .sla circle:first-child {
    opacity: 0.25;
  }

  @media (forced-colors: active) {
    .chip,
    .count,
    .tag {
      border: 1px solid CanvasText;
    }
    .dot {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;
