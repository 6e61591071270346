import { css } from "lit";

export const doorStyles = css`
  .threshold {
    display: grid;
    gap: var(--sd-5);
    inline-size: 100%;
    max-inline-size: 420px;
    margin-inline: auto;
    padding: var(--sd-6);
  }
  .threshold form {
    display: grid;
    gap: var(--sd-4);
  }
  /* It waits for something to say, and takes no room meanwhile. */
  [role="alert"]:empty {
    margin-block-end: calc(-1 * var(--sd-4));
  }
  .threshold > [role="alert"]:empty {
    margin-block-end: calc(-1 * var(--sd-5));
  }
  .threshold .art {
    inline-size: 96px;
    block-size: 72px;
  }
  h1 {
    font: 600 var(--sd-type-display);
    letter-spacing: -0.02em;
    overflow-wrap: anywhere;
  }
  h1:focus-visible {
    outline: none;
  }
  h1 + p,
  .aside {
    color: var(--sd-muted);
    font: 400 var(--sd-type-body);
    overflow-wrap: anywhere;
  }
  h1 + p {
    margin-block-start: var(--sd-2);
  }
  .threshold .input,
  .threshold .button-primary {
    min-block-size: 44px;
  }
  .secret {
    position: relative;
    display: grid;
  }
  .secret .input {
    padding-inline-end: 96px;
  }
  .secret .button {
    position: absolute;
    inset-block: 4px;
    inset-inline-end: 4px;
    min-block-size: 0;
    max-inline-size: 88px;
  }
  .ways {
    display: flex;
    flex-wrap: wrap;
    justify-content: space-between;
    gap: 0 var(--sd-4);
  }
  .ways > * {
    display: inline-flex;
    align-items: center;
    min-block-size: 44px;
    padding: 0;
    border: 0;
    background: none;
    color: var(--sd-primary-text);
    font: 600 var(--sd-type-dense);
    text-decoration: none;
    cursor: pointer;
  }
  .ways > :hover {
    text-decoration: underline;
    text-underline-offset: 0.18em;
  }
  @media (max-width: 767.98px) {
    .threshold {
      max-inline-size: none;
      padding: var(--sd-5) var(--sd-4);
    }
  }
`;
