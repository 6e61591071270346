import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Context, Middleware } from "koa";
import send from "koa-send";
import { AppError } from "../errors.ts";

/** The repository's top folder, from `api/src/core/http` and `api/dist/core/http` alike. */
const top = fileURLToPath(new URL("../../../../", import.meta.url));
const widgetSource = join(top, "widget");
const widgetFolder = join(widgetSource, "dist");
const adminFolder = join(top, "admin/dist");

const year = 31_536_000_000;
const hashed = /-[\w-]{8,}\.(js|css|svg|json|map)$/;

/** Serves the built loader at `/widget.js`, its modules at `/widget/`, the worker for push at `/sidedesk-push-worker.js`, the console's at `/admin/assets/`, the gallery's at `/docs/elements/`; open to every origin. */
export function assets(): Middleware {
  return async function serveAssets(ctx, next) {
    if (ctx.method !== "GET" && ctx.method !== "HEAD") return next();
    if (ctx.path === "/widget.js") return serveFile(ctx, widgetFolder, "widget.js", 300_000);
    if (ctx.path === "/sidedesk-push-worker.js") return serveFile(ctx, widgetSource, ctx.path.slice(1), 300_000);
    if (ctx.path.startsWith("/widget/"))
      return serveFile(ctx, join(widgetFolder, "modules"), ctx.path.slice("/widget/".length));
    if (ctx.path === "/docs/elements/custom-elements.json")
      return serveFile(ctx, widgetFolder, "custom-elements.json", 300_000);
    if (/^\/docs\/elements\/[\w.-]+\.js$/.test(ctx.path))
      return serveFile(ctx, join(widgetFolder, "gallery"), ctx.path.slice("/docs/elements/".length));
    if (ctx.path.startsWith("/admin/assets/"))
      return serveFile(ctx, join(adminFolder, "assets"), ctx.path.slice("/admin/assets/".length));
    return next();
  };
}

async function serveFile(ctx: Context, root: string, name: string, maxAge?: number): Promise<void> {
  ctx.state.route = "assets";
  ctx.set("Access-Control-Allow-Origin", "*");
  ctx.set("Cross-Origin-Resource-Policy", "cross-origin");
  ctx.set("Timing-Allow-Origin", "*");
  const immutable = maxAge === undefined && hashed.test(name);
  const sent = await send(ctx, name, {
    root,
    maxage: maxAge ?? (immutable ? year : 0),
    immutable,
    hidden: false,
  }).catch(() => undefined);
  if (!sent) throw new AppError("not_found", "There is no such file.");
}

const manifests = new Map<string, { at: number; entries: Record<string, string> }>();

/** The hashed file of a built entry. @throws AppError 503 while the build is missing. */
export function entryOf(what: "widget" | "admin", entry: string): string {
  const file = join(what === "widget" ? widgetFolder : adminFolder, "manifest.json");
  try {
    const at = statSync(file).mtimeMs;
    let known = manifests.get(file);
    if (known?.at !== at) {
      known = { at, entries: JSON.parse(readFileSync(file, "utf8")) as Record<string, string> };
      manifests.set(file, known);
    }
    const name = known.entries[entry];
    if (name) return `${what === "widget" ? "/widget/" : "/admin/assets/"}${name.split("/").at(-1) ?? ""}`;
  } catch {
    // Falls through to the one message that says what to do.
  }
  throw new AppError("unavailable", `The ${what} is not built. Run \`npm run build\`.`);
}
