import { css, type CSSResult } from "lit";
import { tokens } from "./tokens.styles.ts";

const page = css`
  :root {
    --sidedesk-type: 0.0625rem; /* our own page: the reader's browser font size counts */
    -webkit-text-size-adjust: 100%;
  }
  body {
    margin: 0;
    font: 400 var(--sd-type-body);
    color: var(--sd-text);
    background: var(--sd-canvas);
    -webkit-font-smoothing: antialiased;
  }
  @media print {
    :root {
      color-scheme: light !important; /* paper is, whatever the screen was */
    }
    body {
      background: none;
    }
  }
`;

/** Adopts style sheets on the document; constructed ones pass every content policy. Each is adopted once. */
export function adoptOnDocument(...results: CSSResult[]): void {
  const sheets = results
    .map((result) => result.styleSheet)
    .filter((sheet): sheet is CSSStyleSheet => sheet !== undefined);
  const fresh = sheets.filter((sheet) => !document.adoptedStyleSheets.includes(sheet));
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, ...fresh];
}

/** Tokens and page ground for our own pages, portal and console. Never called inside a host page. */
export const adoptTokens = (): void => adoptOnDocument(tokens, page);
