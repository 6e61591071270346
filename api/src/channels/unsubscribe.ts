import type { Middleware } from "koa";
import { unsubscribe } from "../accounts/index.ts";
import { AppError } from "../core/errors.ts";
import { escapeHtml } from "../core/http/pages.ts";
import { sendPage } from "../core/http/small-page.ts";

/**
 * `/v1/unsubscribe?token=`, as mails name it. Looking at it changes nothing, since mail scanners follow every link; the
 * page's button and the one click of a mail program (RFC 8058) both send a form, and need no session.
 */
export function unsubscribePage(): Middleware {
  return async function serveUnsubscribe(ctx, next) {
    if (ctx.path !== "/v1/unsubscribe") {
      await next();
      return;
    }
    ctx.state.route = ctx.path;
    const token = new URLSearchParams(ctx.querystring).get("token") ?? "";
    if (token.length === 0 || token.length > 4096)
      throw new AppError("validation_failed", "The address is not complete.", {
        errors: [{ path: "token", message: "Take the whole address from the mail." }],
      });
    if (ctx.method === "GET" || ctx.method === "HEAD") {
      const action = `/v1/unsubscribe?token=${encodeURIComponent(token)}`;
      return sendPage(ctx, {
        title: "Stop mails",
        body: `<h1>Stop these mails?</h1><p>You can still read every answer where you sent your request.</p><form method="post" action="${escapeHtml(action)}"><button name="List-Unsubscribe" value="One-Click">Stop mails</button></form>`,
      });
    }
    if (ctx.method !== "POST")
      throw new AppError("method_not_allowed", "Here you may use GET, POST.", { headers: { Allow: "GET, POST" } });
    // The form says nothing that the address does not; it is let run out so that the connection stays usable.
    ctx.req.resume();
    await unsubscribe(token);
    sendPage(ctx, { title: "Done", body: "<h1>Done</h1><p>We send you no more mail. This page may be closed.</p>" });
  };
}
