import { createHash } from "node:crypto";
import type { Context } from "koa";
import { escapeHtml } from "./pages.ts";

const styles = `html{color-scheme:light dark;font:15px/23px -apple-system,BlinkMacSystemFont,"Segoe UI",Roboto,"Liberation Sans",Arial,sans-serif;background:Canvas;color:CanvasText}
body{max-width:52rem;margin:0 auto;padding:24px 16px}h1{font-size:21px;line-height:28px;margin:0 0 16px}a{color:LinkText}
table{border-collapse:collapse;width:100%}th,td{text-align:start;padding:10px 8px;border-bottom:1px solid color-mix(in srgb,CanvasText 15%,transparent);overflow-wrap:anywhere}
th,dt,.quiet{color:color-mix(in srgb,CanvasText 70%,transparent);font-weight:400;font-size:13px}dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 16px}dd{margin:0;overflow-wrap:anywhere}
pre{white-space:pre-wrap;overflow-wrap:anywhere;padding:16px;border:1px solid color-mix(in srgb,CanvasText 15%,transparent);border-radius:10px}
iframe{width:100%;height:36rem;border:1px solid color-mix(in srgb,CanvasText 15%,transparent);border-radius:10px;background:#fff}
button{font:600 14px/20px inherit;padding:10px 18px;border:0;border-radius:7px;background:#0d5f85;color:#fff;cursor:pointer}button:focus-visible,a:focus-visible{outline:2px solid;outline-offset:2px}`;
const sha256 = (text: string): string => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
const stylesHash = sha256(styles);

export interface SmallPage {
  title: string;
  /** HTML, escaped by whoever made it. */
  body: string;
  lang?: string;
  dir?: "ltr" | "rtl";
  status?: number;
  /** A few rules and a few lines of our own that the policy allows by their hashes; the page must work without the script. */
  styles?: string;
  script?: string;
}

/** A page of our own that stands alone: unsubscribing, rating, the local mailbox. Nothing on it comes from elsewhere. */
export function sendPage(ctx: Context, page: SmallPage): void {
  const { title, body, lang = "en", dir = "ltr", status = 200, script } = page;
  const added = page.styles ? ` ${sha256(page.styles)}` : "";
  ctx.set(
    "Content-Security-Policy",
    `default-src 'none'; style-src ${stylesHash}${added};${script ? ` script-src ${sha256(script)}; connect-src 'self';` : ""} frame-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  );
  ctx.set("Referrer-Policy", "no-referrer");
  ctx.set("Cache-Control", "no-store");
  ctx.status = status;
  ctx.type = "text/html";
  ctx.body = `<!doctype html>
<html lang="${lang}" dir="${dir}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${styles}</style>${page.styles ? `<style>${page.styles}</style>` : ""}</head>
<body><main>${body}</main>${script ? `<script>${script}</script>` : ""}</body></html>
`;
}
