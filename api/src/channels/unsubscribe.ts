import type { Middleware } from "koa";
import { readUnsubscribeLink, setUnsubscribed } from "../accounts/index.ts";
import { AppError } from "../core/errors.ts";
import { escapeHtml } from "../core/http/pages.ts";
import { sendPage } from "../core/http/small-page.ts";
import { getSite } from "../sites/index.ts";
import { writerOf } from "./compose-mail.ts";

/**
 * `/v1/unsubscribe?token=`, as mails name it. Looking at it changes nothing, since mail scanners follow every link; the
 * page's button and the one click of a mail program (RFC 8058) both send a form, and need no session. Who has stopped the
 * mails can ask for them again with the same address.
 */
export function unsubscribePage(): Middleware {
  return async function serveUnsubscribe(ctx, next) {
    if (ctx.path !== "/v1/unsubscribe") {
      await next();
      return;
    }
    ctx.state.route = ctx.path;
    const asked = new URLSearchParams(ctx.querystring);
    const token = asked.get("token") ?? "";
    if (token.length === 0 || token.length > 4096)
      throw new AppError("validation_failed", "The address is not complete.", {
        errors: [{ path: "token", message: "Take the whole address from the mail." }],
      });
    if (!["GET", "HEAD", "POST"].includes(ctx.method))
      throw new AppError("method_not_allowed", "Here you may use GET, POST.", { headers: { Allow: "GET, POST" } });
    const reader = await readUnsubscribeLink(token);
    const { words, language: lang, dir } = writerOf(await getSite(reader.siteId));
    const { title, ask, customer, staff, button, done, stopped, again, resumed } = words.stopPage;
    const show = (heading: string, text: string, action?: { label: string; query?: string }): void => {
      const form = action
        ? `<form method="post" action="/v1/unsubscribe?token=${encodeURIComponent(token)}${action.query ?? ""}"><button name="List-Unsubscribe" value="One-Click">${escapeHtml(action.label)}</button></form>`
        : "";
      sendPage(ctx, { title, lang, dir, body: `<h1>${escapeHtml(heading)}</h1><p>${escapeHtml(text)}</p>${form}` });
    };
    if (ctx.method !== "POST") return show(ask, "staffId" in reader ? staff : customer, { label: button });
    // The form says nothing that the address does not; it is let run out so that the connection stays usable.
    ctx.req.resume();
    const isBack = asked.has("resume");
    await setUnsubscribed(reader, !isBack);
    return isBack ? show(done, resumed) : show(done, stopped, { label: again, query: "&amp;resume=1" });
  };
}
