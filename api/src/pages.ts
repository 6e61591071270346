import type { Middleware } from "koa";
import { entryOf } from "./core/http/assets.ts";
import { appPage, escapeHtml, pagePolicy } from "./core/http/pages.ts";
import { AppError } from "./core/errors.ts";
import { findSiteBySlug, publicKeyOf } from "./sites/index.ts";

/** The frames of portal and console: a page each that loads one module. `/` leads to the console. */
export function pages(): Middleware {
  return async function servePages(ctx, next) {
    if (ctx.method !== "GET" && ctx.method !== "HEAD") return next();
    const slug = /^\/portal\/([a-z0-9-]{1,63})\/?$/.exec(ctx.path)?.[1];
    const isAdmin = ctx.path === "/admin" || ctx.path.startsWith("/admin/");
    if (ctx.path === "/") {
      ctx.state.route = "/";
      return ctx.redirect("/admin");
    }
    if (!slug && !isAdmin) return next();
    ctx.state.route = isAdmin ? "/admin" : "/portal/:siteSlug";
    ctx.set("Content-Security-Policy", pagePolicy);
    ctx.set("Referrer-Policy", "no-referrer");
    ctx.set("Cache-Control", "no-cache");
    ctx.type = "text/html";
    ctx.body = isAdmin ? adminPage() : await portalPage(slug ?? "");
  };
}

const adminPage = (): string =>
  appPage({
    title: "Sidedesk",
    lang: "en",
    body: "<sidedesk-console></sidedesk-console>",
    module: entryOf("admin", "main"),
  });

async function portalPage(slug: string): Promise<string> {
  const site = await findSiteBySlug(slug);
  if (!site) throw new AppError("not_found", "There is no such portal.");
  // The public key lets a visitor who is not signed in read the site's configuration and send the public form.
  const key = await publicKeyOf(site.id);
  const keyAttribute = key ? ` site-key="${escapeHtml(key)}"` : "";
  return appPage({
    title: site.name,
    lang: site.locale,
    body: `<sidedesk-portal site="${escapeHtml(slug)}"${keyAttribute}></sidedesk-portal>`,
    module: entryOf("widget", "portal"),
  });
}
