import { css } from "lit";

export const categoriesStyles = css`
  ol {
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .category + .category {
    border-block-start: 1px solid var(--sd-border);
  }
  .category .grow {
    gap: 2px;
  }
  .order {
    display: inline-flex;
  }
  .fields {
    display: grid;
    gap: var(--sd-3);
    padding: 0 var(--sd-4) var(--sd-4) var(--sd-6);
  }
  .fields li {
    display: grid;
    grid-template-columns: minmax(0, 1fr) 128px auto auto auto;
    gap: var(--sd-2);
    align-items: center;
  }
  .fields li > .button {
    justify-self: start;
    grid-column: 1 / -1;
  }
  .fields label {
    display: inline-flex;
    align-items: center;
    gap: 6px;
    min-block-size: var(--sd-target);
  }
  .options {
    grid-row: 2;
    grid-column: 1 / 3;
    min-block-size: 72px;
  }
  .team {
    margin: 0 var(--sd-4) var(--sd-4);
    margin-inline-start: var(--sd-6);
  }
  .end {
    justify-content: flex-end;
  }
  @media (max-width: 767.98px) {
    .fields {
      padding-inline-start: var(--sd-4);
    }
    .team {
      margin-inline-start: var(--sd-4);
    }
    .fields li {
      grid-template-columns: minmax(0, 1fr) auto auto;
      padding-block-end: var(--sd-3);
      border-block-end: 1px solid var(--sd-border);
    }
    .fields li > .input:not(.options),
    .fields .select,
    .options {
      grid-row: auto;
      grid-column: 1 / -1;
    }
  }
`;
