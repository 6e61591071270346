import { css } from "lit";

/** The way in: a form on one side, the mark large on the other. */
export const door = css`
  :host {
    display: block;
    color: var(--sd-text);
    font: 400 var(--sd-type-body);
  }
  .door {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    min-block-size: 100dvh;
    background: var(--sd-surface);
  }
  .door-form {
    display: grid;
    align-content: center;
    justify-items: center;
    gap: var(--sd-8);
    padding: var(--sd-8) var(--sd-6);
    position: relative;
    max-block-size: 100dvh;
    overflow-y: auto;
  }
  form {
    display: grid;
    gap: var(--sd-4);
    inline-size: min(100%, 340px);
  }
  h1 {
    font: 600 var(--sd-type-display);
    letter-spacing: -0.02em;
  }
  h1 + p {
    margin-block-start: 4px;
    color: var(--sd-muted);
  }
  .input,
  .button-primary {
    min-block-size: 44px;
    font: 400 max(var(--door-size, 15px), 15px) / 1.5 var(--sd-family);
  }
  .button-primary {
    font-weight: 600;
  }
  .door-brand {
    position: absolute;
    inset-block-start: var(--sd-6);
    inset-inline-start: var(--sd-6);
    display: flex;
    align-items: center;
    gap: var(--sd-3);
    font: 600 var(--sd-type-lead);
    letter-spacing: var(--sd-tight);
  }
  .pass {
    position: relative;
  }
  .pass .input {
    padding-inline-end: 48px;
  }
  .pass .icon-button {
    position: absolute;
    inset-block: 4px;
    inset-inline-end: 4px;
    inline-size: 36px;
    block-size: 36px;
  }
  .code {
    letter-spacing: 0.34em;
    text-align: center;
    font-variant-numeric: tabular-nums;
  }
  .note {
    padding: var(--sd-3) var(--sd-4);
    border-radius: var(--sd-radius-m);
    background: var(--tone-soft);
  }
  .door-side {
    position: relative;
    overflow: hidden;
    background: var(--sd-primary-soft);
    border-inline-start: 1px solid var(--sd-border);
  }
  .giant {
    position: absolute;
    inset-block-end: -12%;
    inset-inline-end: -8%;
    inline-size: 74%;
    fill: color-mix(in oklab, var(--sd-primary) 10%, transparent);
  }
  @media (max-width: 767.98px) {
    .door {
      grid-template-columns: minmax(0, 1fr);
    }
    .door-form {
      align-content: start;
      padding: 112px var(--sd-5) var(--sd-8);
    }
    .door-side {
      display: none;
    }
    .input,
    .button-primary {
      --door-size: 16px;
    }
  }
`;
