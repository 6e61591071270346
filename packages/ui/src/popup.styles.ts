import { css } from "lit";

/** A popup of choices, shared by select and menu. Needs `surfaces.styles` for `.menu`. */
export const popup = css`
  .popup {
    inset: auto;
    margin: 0;
    padding: var(--sd-1);
    overflow-y: auto;
    color: var(--sd-text);
    font: 400 var(--sd-type-body);
    max-inline-size: min(320px, calc(100vw - 16px));
  }
  .popup:popover-open {
    animation: popup var(--sd-base) var(--sd-ease-out);
  }
  @keyframes popup {
    from {
      translate: 0 -4px;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .popup:popover-open {
      animation: none;
    }
  }
  .choice {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
    inline-size: 100%;
    min-block-size: max(32px, var(--sd-target));
    padding: 0 var(--sd-3) 0 var(--sd-2);
    border: 0;
    border-radius: var(--sd-radius-s);
    background: none;
    color: inherit;
    text-align: start;
    text-decoration: none;
    cursor: pointer;
  }
  .choice:hover,
  .choice:focus {
    background: var(--sd-hover);
  }
  .choice:focus-visible {
    outline-offset: -2px;
    border-radius: var(--sd-radius-s);
  }
  .choice[aria-disabled="true"] {
    color: var(--sd-faint);
    cursor: not-allowed;
  }
  .choice[data-tone] {
    color: var(--tone);
  }
  .choice .tick {
    margin-inline-start: auto;
    display: inline-flex;
    gap: var(--sd-1);
    padding-inline-start: var(--sd-3);
    color: var(--sd-muted);
  }
`;
