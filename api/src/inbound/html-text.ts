import { compile, type HtmlToTextOptions } from "html-to-text";

const most = 200_000;

/** What mail programs put around what they quote: it goes before the text is looked at. */
const quotes = [
  "div.gmail_quote",
  "div.gmail_quote_container",
  "blockquote.gmail_quote",
  'blockquote[type="cite"]',
  "div.yahoo_quoted",
  "div.protonmail_quote",
  "div.moz-cite-prefix",
  "div#mail-editor-reference-message-container",
  "div#divRplyFwdMsg",
  'div[name="quote"]',
  "div.gmail_signature",
  "div.moz-signature",
  "pre.moz-signature",
  "div#Signature",
  "div#ms-outlook-mobile-signature",
];

const options = (skipped: readonly string[], images: "skip" | "image" = "skip"): HtmlToTextOptions => ({
  wordwrap: false,
  limits: { maxInputLength: most, maxDepth: 60, maxChildNodes: 5000, ellipsis: "" },
  formatters: {
    marked: (elem, walk, builder, { trailing }) => {
      builder.addLiteral(String(trailing));
      walk(elem.children, builder);
      builder.addLiteral(String(trailing));
    },
  },
  selectors: [
    {
      selector: "a",
      options: { hideLinkHrefIfSameAsText: true, ignoreHref: false, linkBrackets: [" (", ")"], noAnchorUrl: true },
    },
    { selector: "img", format: images, options: { linkBrackets: ["[", "]"] } },
    ...["h1", "h2", "h3", "h4", "h5", "h6"].map((selector) => ({ selector, options: { uppercase: false } })),
    { selector: "table", options: { uppercaseHeaderCells: false } },
    { selector: "b", format: "marked", options: { trailing: "**" } },
    { selector: "strong", format: "marked", options: { trailing: "**" } },
    { selector: "script", format: "skip" },
    { selector: "style", format: "skip" },
    { selector: "title", format: "skip" },
    ...skipped.map((selector) => ({ selector, format: "skip" })),
  ],
});

const reply = compile(options(quotes));
const whole = compile(options([]));
const pictures = compile(options(quotes, "image"));

/** A mail's HTML as text that reads well as Markdown: without what it quotes as far as its marks say, or as a whole. */
export const textOfHtml = (html: string, part: "reply" | "whole"): string =>
  (part === "reply" ? reply : whole)(html)
    .replace(/\*\*(\s*)\*\*/g, "$1")
    .replace(/\u00a0/g, " ")
    .replace(/[ \t]+$/gm, "")
    .replace(/\n{3,}/g, "\n\n")
    .trim();

/** Which of the pictures that come with a mail its author shows, by their content ids; not those of what is quoted. */
export const shownImages = (html: string): Set<string> =>
  new Set([...pictures(html).matchAll(/\[cid:([^\]\s]{1,200})\]/gi)].map(([, cid]) => cid ?? ""));
