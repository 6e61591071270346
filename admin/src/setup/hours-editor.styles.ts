import { css } from "lit";

export const hoursStyles = css`
  :host {
    display: block;
  }
  .days {
    border: 1px solid var(--sd-border);
    border-radius: var(--sd-radius-m);
  }
  .day {
    display: grid;
    grid-template-columns: 112px minmax(0, 1fr);
    gap: var(--sd-3);
    align-items: start;
    padding: var(--sd-2) var(--sd-4);
  }
  .day + .day {
    border-block-start: 1px solid var(--sd-border);
  }
  .day h3 {
    font: 600 var(--sd-type-dense);
    line-height: max(32px, var(--sd-target));
  }
  .shifts {
    display: grid;
    gap: var(--sd-2);
  }
  .shift {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--sd-2);
    min-block-size: max(32px, var(--sd-target));
  }
  .shift .input {
    inline-size: 118px;
    min-block-size: max(32px, var(--sd-target));
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: var(--sd-2);
  }
  .date {
    inline-size: 170px;
    flex: none !important;
  }
  @media (max-width: 479.98px) {
    .day {
      grid-template-columns: minmax(0, 1fr);
      gap: 0;
      padding-inline: var(--sd-3);
    }
    .shift .input {
      inline-size: 0;
      flex: 1 1 96px;
    }
  }
`;
