import { css } from "lit";

/** A switch: what is on or off at once. A sheet of its own, as most of the widget has none. */
export const switches = css`
  .switch {
    appearance: none;
    position: relative;
    inline-size: 34px;
    block-size: 20px;
    margin: 0;
    flex: none;
    border-radius: var(--sd-round);
    background: var(--sd-border-strong);
    cursor: pointer;
    transition: background-color var(--sd-base);
  }
  .switch::before {
    content: "";
    position: absolute;
    inset: calc((20px - var(--sd-target)) / 2) calc((34px - var(--sd-target)) / 2);
    min-inline-size: 100%;
  }
  .switch::after {
    content: "";
    position: absolute;
    inset-block-start: 2px;
    inset-inline-start: 2px;
    inline-size: 16px;
    block-size: 16px;
    border-radius: 50%;
    background: var(--sd-surface);
    transition: translate var(--sd-base) var(--sd-ease-move);
  }
  .switch:checked {
    background: var(--sd-primary);
    box-shadow: inset 0 0 0 1px var(--sd-primary-edge);
  }
  .switch:checked::after {
    translate: 14px;
    background: var(--sd-on-primary);
  }
  .switch:checked:dir(rtl)::after {
    translate: -14px;
  }
  .switch:is(:disabled, [aria-disabled="true"]) {
    opacity: 0.45;
    cursor: not-allowed;
  }

  @media (forced-colors: active) {
    .switch {
      forced-color-adjust: none;
      background: GrayText;
    }
    .switch:checked {
      background: Highlight;
    }
  }
`;
