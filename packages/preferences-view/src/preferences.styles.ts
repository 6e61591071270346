import { css } from "lit";

/** The form's own rules; its host brings base, buttons, fields, surfaces and facts. */
export const preferencesStyles = css`
  .set,
  .waiting {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    align-content: start;
    gap: var(--sd-3);
  }
  .set > h2 {
    padding: var(--sd-2) var(--sd-1) 0;
    font: 600 var(--sd-type-meta);
    color: var(--sd-muted);
  }
  .set > .banner {
    border-radius: var(--sd-radius-m);
  }
  .wish {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
    gap: 0 var(--sd-3);
    align-items: center;
    min-block-size: 52px;
    padding: var(--sd-2) var(--sd-4);
  }
  label.wish,
  .wish label {
    cursor: pointer;
  }
  .wish + .wish,
  .hours + .wish,
  .problem + .wish {
    border-block-start: 1px solid var(--sd-border);
  }
  /* What one chooses from stands below its name where the name would have no room beside it. */
  .wish:has(> .select) {
    display: flex;
    flex-wrap: wrap;
    gap: var(--sd-1) var(--sd-3);
  }
  .wish:has(> .select) > label {
    flex: 1 1 150px;
  }
  .wish > .select,
  .zone > .input {
    max-inline-size: 210px;
  }
  .zone > .button {
    justify-self: end;
  }
  .zone > :is(.button, .problem) {
    grid-column: 1 / -1;
    margin-block-start: var(--sd-1);
  }
  .zone > .button {
    max-inline-size: 100%;
    white-space: normal;
    text-align: end;
  }
  .card > .problem {
    padding: 0 var(--sd-4) var(--sd-3);
  }
  .hours {
    display: flex;
    flex-wrap: wrap;
    gap: var(--sd-2) var(--sd-4);
    padding: 0 var(--sd-4) var(--sd-3);
  }
  .hour {
    display: flex;
    align-items: center;
    gap: var(--sd-2);
  }
  .hour .input {
    inline-size: auto;
    min-inline-size: 116px;
  }
  @media (max-width: 479.98px) {
    .hour {
      flex: 1 1 100%;
      justify-content: space-between;
    }
  }
  .hours > div:empty {
    display: none;
  }
  .ways {
    inline-size: 100%;
    border-spacing: 0;
  }
  .ways :is(th, td) {
    block-size: 44px;
    padding: 0;
    border-block-end: 1px solid var(--sd-border);
    font: inherit;
    text-align: center;
  }
  .ways th[scope="row"] {
    padding-block: var(--sd-1);
  }
  .ways tr:last-child > * {
    border-block-end: 0;
  }
  .ways thead th {
    block-size: 36px;
    border-block-end: 0;
    font: 400 var(--sd-type-meta);
    color: var(--sd-muted);
  }
  .ways th:first-child {
    padding-inline-start: var(--sd-4);
    text-align: start;
    overflow-wrap: anywhere;
  }
  .ways :is(th, td):not(:first-child) {
    inline-size: 68px;
  }
  .ways label {
    display: grid;
    place-items: center;
    block-size: 44px;
    cursor: pointer;
  }
  .save {
    min-block-size: 24px;
    padding-inline: var(--sd-2);
  }
  .waiting .skeleton {
    block-size: 14px;
    inline-size: 60%;
  }
  .waiting .skeleton + .skeleton {
    inline-size: 44px;
  }
`;
