import { css } from "lit";
import { base } from "./base.styles.ts";
import { tokens } from "./tokens.styles.ts";

/*
 * A host page's rules reach our host elements and, through inheritance, what lies inside. An `!important` declaration
 * of a shadow root wins over an `!important` one of the page, so everything that inherits is set here once and hard.
 * `color-scheme` and custom properties stay the page's: they carry light or dark and the owner's theme.
 */
const shield = css`
  :host {
    display: block !important;
    visibility: visible !important;
    opacity: 1 !important;
    color: var(--sd-text) !important;
    font: 400 var(--sd-type-body) !important;
    font-style: normal !important;
    letter-spacing: normal !important;
    word-spacing: normal !important;
    text-align: start !important;
    text-indent: 0 !important;
    text-transform: none !important;
    text-shadow: none !important;
    text-decoration: none !important;
    white-space: normal !important;
    overflow-wrap: normal !important;
    line-break: auto !important;
    hyphens: manual !important;
    cursor: auto !important;
    pointer-events: auto !important;
    user-select: auto !important;
    list-style: none !important;
    quotes: auto !important;
    writing-mode: horizontal-tb !important;
    -webkit-font-smoothing: antialiased;
    -webkit-text-size-adjust: 100%;
  }
  :host([hidden]) {
    display: none !important;
  }
`;

/** Styles of an element that stands directly in somebody else's page: tokens, reset, and a shield against its rules. */
export const hostStyles = [tokens, base, shield];
