import { readFileSync } from "node:fs";
import { dirname } from "node:path";
import { createRequire } from "node:module";
import { errorTable } from "@sidedesk/contract";
import type { Middleware } from "koa";
import send from "koa-send";
import { appPage, escapeHtml, pagePolicy } from "./pages.ts";

const swaggerFolder = dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
const served = ["swagger-ui.css", "swagger-ui-bundle.js"];
const start = `window.ui = SwaggerUIBundle({ url: "/v1/openapi.json", dom_id: "#docs", deepLinking: true, persistAuthorization: false });`;
const docsPage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Sidedesk API</title>
<link rel="icon" href="/favicon.svg" type="image/svg+xml"><link rel="stylesheet" href="/docs/swagger-ui.css"></head>
<body><div id="docs"></div><script src="/docs/swagger-ui-bundle.js"></script><script src="/docs/start.js"></script></body></html>`;
const errorCss = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}code{font-size:.95em}section{border-top:1px solid #8884;padding:.5rem 0}section:target{outline:2px solid;outline-offset:8px}`;
const errorsPage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>Errors of the Sidedesk API</title>
<link rel="stylesheet" href="/docs/errors.css"></head><body><main><h1>Errors</h1><p>Every answer of 400 and above is <code>application/problem+json</code> (RFC 9457); its <code>type</code> leads to the section here.</p>
${Object.entries(errorTable)
  .map(
    ([code, { status, title, description }]) =>
      `<section id="${code}"><h2><code>${code}</code></h2><p><strong>${status}</strong> ${escapeHtml(title)}</p><p>${escapeHtml(description).replace(/`([^`]+)`/g, "<code>$1</code>")}</p></section>`,
  )
  .join("\n")}</main></body></html>`;
// Swagger UI sets style attributes and draws data: images; scripts stay our own.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'";
// The gallery shows each element in a frame of its own, which is itself.
const galleryPolicy = pagePolicy.replace("frame-ancestors 'none'", "frame-ancestors 'self'");
const galleryPage = appPage({ title: "Elements", lang: "en", body: "", module: "/docs/elements/gallery.js" });
const mark = readFileSync(new URL("../../../favicon.svg", import.meta.url), "utf8");

/** `/docs` (the API, browsable), `/docs/errors` (a section per code), `/docs/elements` (the gallery), `/favicon.svg`. */
export function docs(): Middleware {
  const texts: Record<string, [type: string, body: string]> = {
    "/docs": ["text/html", docsPage],
    "/docs/": ["text/html", docsPage],
    "/docs/start.js": ["text/javascript", start],
    "/docs/errors": ["text/html", errorsPage],
    "/docs/errors.css": ["text/css", errorCss],
    "/docs/elements": ["text/html", galleryPage],
    "/docs/elements/stage": ["text/html", galleryPage],
    "/favicon.svg": ["image/svg+xml", mark],
  };
  return async function serveDocs(ctx, next) {
    const text = texts[ctx.path];
    const file = served.find((name) => ctx.path === `/docs/${name}`);
    if (!text && !file) return next();
    ctx.state.route = "docs";
    ctx.set("Content-Security-Policy", ctx.path.startsWith("/docs/elements") ? galleryPolicy : policy);
    ctx.set("Cache-Control", "public, max-age=300");
    if (text) [ctx.type, ctx.body] = text;
    else await send(ctx, file ?? "", { root: swaggerFolder });
  };
}
