import { emailEntry, emailPage, emailQuery, mailPreview, mailPreviewQuery } from "@sidedesk/contract";
import { z } from "zod";
import { accepted, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { listEmails, retryEmail } from "./email-log.ts";
import { previewKind, previewMail } from "./mail-preview.ts";

const tag = "Operations";
const params = z.strictObject({ id: z.string().min(1).max(128) });

export const emailLogRoutes = [
  route({
    method: "GET",
    path: "/v1/email-log",
    summary: "Mails of the site and what became of them, newest first",
    tag,
    callers: ["staff"],
    role: "admin",
    query: emailQuery,
    status: 200,
    output: emailPage,
    handle: async ({ caller, query }) => ok(await listEmails(caller.siteId, query)),
  }),
  route({
    method: "POST",
    path: "/v1/email-log/:id/retry",
    summary: "Send a failed mail again, now",
    tag,
    callers: ["staff"],
    role: "admin",
    params,
    status: 202,
    output: emailEntry,
    errors: ["conflict"],
    handle: async ({ caller, params }) => accepted(await retryEmail(caller.siteId, params.id)),
  }),
  route({
    method: "GET",
    path: "/v1/email-log/:id/preview",
    summary: "What a mail says, without the links that let somebody in",
    tag,
    callers: ["staff"],
    role: "admin",
    params,
    status: 200,
    output: mailPreview,
    handle: async ({ caller, params }) => ok(await previewMail(caller.siteId, params.id)),
  }),
  route({
    method: "GET",
    path: "/v1/sites/:slug/channels/email/preview",
    summary: "What a kind of mail looks like with the site's settings",
    tag: "Set-up",
    callers: ["staff"],
    role: "admin",
    site: "path",
    params: z.object({ slug: z.string() }),
    query: mailPreviewQuery,
    status: 200,
    output: mailPreview,
    handle: async ({ caller, query }) => ok(await previewKind(caller.siteId, query.kind)),
  }),
];
