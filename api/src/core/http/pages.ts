import { createHash } from "node:crypto";

/** Escapes text for HTML, attribute values in double quotes included. */
export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);

/** The few rules a page needs before its script adopts the real style sheets: no flash, no jump. */
const firstPaint =
  "html{color-scheme:light dark;background:Canvas}body{margin:0}noscript{display:block;padding:2rem;font:16px/1.5 system-ui,sans-serif}";
const firstPaintHash = createHash("sha256").update(firstPaint).digest("base64");

/** The policy of portal and console: nothing but our own modules; styles are constructed, never inline (but for the first paint's few rules). */
export const pagePolicy = [
  "default-src 'none'",
  "script-src 'self'",
  `style-src 'sha256-${firstPaintHash}'`,
  "connect-src 'self' ws: wss:",
  "img-src 'self' data:",
  "frame-src 'self'",
  "font-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
  "trusted-types sidedesk lit-html",
].join("; ");

/** An otherwise empty page that loads one module. */
export function appPage(page: {
  title: string;
  lang: string;
  body: string;
  module: string;
  preload?: readonly string[];
}): string {
  const preload = (page.preload ?? []).map((href) => `<link rel="modulepreload" href="${escapeHtml(href)}">`).join("");
  return `<!doctype html>
<html lang="${escapeHtml(page.lang)}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<title>${escapeHtml(page.title)}</title><link rel="icon" href="/favicon.svg" type="image/svg+xml"><style>${firstPaint}</style>${preload}<script type="module" src="${escapeHtml(page.module)}"></script></head>
<body>${page.body}<noscript>This page needs JavaScript.</noscript></body></html>
`;
}
