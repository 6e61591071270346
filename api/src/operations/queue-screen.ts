import type { QueueScreen } from "@sidedesk/contract";
import type { Middleware } from "koa";
import { findStaff, signToken, verifyToken } from "../accounts/index.ts";
import type { StaffCaller } from "../core/caller.ts";
import { AppError, forbidden, notFound } from "../core/errors.ts";
import type { HttpContext } from "../core/http/route.ts";
import type { QueueBoard } from "../core/jobs/queue-board.ts";

const path = "/admin/queues";
const cookie = "sidedesk_queues";
const seconds = 900;
// It sets style attributes and draws data: images; scripts stay our own, and nothing is sent anywhere else.
const policy =
  "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'self'; frame-ancestors 'none'";

/** Lets an owner look at the queues for a quarter of an hour, by a cookie that no script reads. */
export async function openQueueScreen({ siteId, staffId }: StaffCaller, http: HttpContext): Promise<QueueScreen> {
  const expiresAt = new Date(Date.now() + seconds * 1000);
  const token = await signToken("queue-screen", { sub: staffId, site: siteId }, expiresAt);
  http.setCookie(cookie, token, { maxAgeSeconds: seconds, path });
  return { url: path, expiresAt: expiresAt.toISOString() };
}

/** `/admin/queues`: bull-board, to be looked at, for whoever {@link openQueueScreen} let in and is an owner still. */
export function queueScreen(): Middleware {
  let board: Promise<QueueBoard> | undefined;
  return async function serveQueueScreen(ctx, next) {
    if (ctx.path !== path && !ctx.path.startsWith(`${path}/`)) return next();
    ctx.state.route = path;
    if (ctx.method !== "GET" && ctx.method !== "HEAD")
      throw new AppError("method_not_allowed", "The queues are to be looked at.", { headers: { Allow: "GET, HEAD" } });
    await assertOwner(ctx.cookies.get(cookie));
    ctx.set("Content-Security-Policy", policy);
    ctx.set("Cache-Control", "private, no-store");
    // Loaded when it is first asked for: nobody else needs it in memory.
    board ??= import("../core/jobs/queue-board.ts").then(({ createQueueBoard }) => createQueueBoard(path));
    if (!(await (await board).serve(ctx, ctx.path.slice(path.length) || "/"))) throw notFound("page of the queues");
  };
}

async function assertOwner(token: string | undefined): Promise<void> {
  if (!token) throw new AppError("unauthenticated", "Open the queues from the console's operations.");
  const { sub, site } = await verifyToken("queue-screen", token);
  const staff = await findStaff(String(site), String(sub));
  if (staff?.role !== "owner") throw forbidden("The queues are for owners.");
}
