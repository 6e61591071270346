import { css } from "lit";

export const formStyles = css`
  .ask-form {
    display: grid;
    gap: var(--sd-4);
    padding: var(--sd-4);
    align-content: start;
  }
  .follow {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
    padding-inline-start: var(--sd-3);
    border: 1px solid var(--sd-border);
    font: 400 var(--sd-type-dense);
  }
  .follow,
  .errors,
  .banner {
    border-radius: var(--sd-radius-m);
  }
  .follow span {
    flex: 1;
  }
  .pair {
    display: grid;
    grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
    gap: var(--sd-3);
  }
  .counter {
    display: flex;
    justify-content: space-between;
    gap: var(--sd-2);
  }
  .panel-foot {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
    padding: var(--sd-3) var(--sd-4);
    border-block-start: 1px solid var(--sd-border);
  }
  .panel-foot .button {
    flex: 1;
    min-block-size: 44px;
  }
  .errors {
    display: grid;
    gap: 2px;
    padding: var(--sd-3) var(--sd-4);
    background: var(--sd-error-soft);
    border: 1px solid var(--sd-error-line);
    font: 400 var(--sd-type-dense);
  }
  .errors button {
    display: flex;
    align-items: center;
    min-block-size: max(24px, var(--sd-target));
    padding: 0;
    border: 0;
    background: none;
    color: var(--sd-error);
    text-align: start;
    text-decoration: underline;
    text-underline-offset: 0.18em;
    cursor: pointer;
  }
  .tick {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
    min-block-size: var(--sd-target);
  }
  .done {
    display: grid;
    justify-items: center;
    align-content: center;
    gap: var(--sd-2);
    padding: var(--sd-6);
    text-align: center;
    overflow-wrap: anywhere;
  }
  .done-art {
    display: grid;
    place-items: center;
    inline-size: 72px;
    block-size: 72px;
    border-radius: 30%;
    background: var(--sd-success-soft);
    color: var(--sd-success);
    margin-block-end: var(--sd-3);
  }
  .done-art[data-tone="warning"] {
    background: var(--sd-warning-soft);
    color: var(--sd-warning);
  }
  .done-art .icon {
    inline-size: 34px;
    block-size: 34px;
  }
  .done h2 {
    font: 600 var(--sd-type-title);
    letter-spacing: var(--sd-tight);
    text-wrap: balance;
  }
  .done p {
    color: var(--sd-muted);
    max-inline-size: 32ch;
  }
  .form-files {
    display: grid;
    gap: var(--sd-2);
  }
  .drop {
    display: flex;
    align-items: center;
    justify-content: center;
    gap: var(--sd-2);
    min-block-size: 48px;
    inline-size: 100%;
    border: 1px dashed var(--sd-border-strong);
    border-radius: var(--sd-radius-s);
    background: none;
    color: var(--sd-muted);
    cursor: pointer;
  }
  .drop:hover {
    border-color: var(--sd-ring);
  }
  .receipt {
    inline-size: 100%;
    margin-block-start: var(--sd-5);
    text-align: start;
  }
  .receipt > div {
    display: flex;
    justify-content: space-between;
    align-items: center;
    gap: var(--sd-3);
    min-block-size: 44px;
    padding-inline: var(--sd-4);
  }
  .receipt > div + div {
    border-block-start: 1px solid var(--sd-border);
  }
  .receipt dt {
    color: var(--sd-muted);
  }
`;
