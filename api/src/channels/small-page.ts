import { createHash } from "node:crypto";
import type { Context } from "koa";
import { escapeHtml } from "../core/http/pages.ts";

const styles = `html{color-scheme:light dark;font:15px/23px -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;background:Canvas;color:CanvasText}
body{max-width:52rem;margin:0 auto;padding:24px 16px}h1{font-size:21px;line-height:28px;margin:0 0 16px}a{color:LinkText}
table{border-collapse:collapse;width:100%}th,td{text-align:start;padding:10px 8px;border-bottom:1px solid color-mix(in srgb,CanvasText 15%,transparent);overflow-wrap:anywhere}
th,dt,.quiet{color:color-mix(in srgb,CanvasText 70%,transparent);font-weight:400;font-size:13px}dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px}dd{margin:0;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:16px;border:1px solid color-mix(in srgb,CanvasText 15%,transparent);border-radius:10px}
iframe{width:100%;height:36rem;border:1px solid color-mix(in srgb,CanvasText 15%,transparent);border-radius:10px;background:#fff}
button{font:600 14px/20px inherit;padding:10px 18px;border:0;border-radius:7px;background:#0d5f85;color:#fff;cursor:pointer}button:focus-visible,a:focus-visible{outline:2px solid;outline-offset:2px}`;
const hash = createHash("sha256").update(styles).digest("base64");

/** A page of our own without any script: the unsubscribe page and the local mailbox. `body` is HTML, escaped by whoever made it. */
export function sendPage(ctx: Context, title: string, body: string): void {
  ctx.set(
    "Content-Security-Policy",
    `default-src 'none'; style-src 'sha256-${hash}'; frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  );
  ctx.set("Referrer-Policy", "no-referrer");
  ctx.set("Cache-Control", "no-store");
  ctx.type = "text/html";
  ctx.body = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${styles}</style></head>
<body><main>${body}</main></body></html>
`;
}
