import { emailEntry, emailPage, emailQuery } from "@sidedesk/contract";
import { z } from "zod";
import { accepted, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { listEmails, retryEmail } from "./email-log.ts";

const tag = "Operations";

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
    params: z.strictObject({ id: z.string().min(1).max(128) }),
    status: 202,
    output: emailEntry,
    errors: ["conflict"],
    handle: async ({ caller, params }) => accepted(await retryEmail(caller.siteId, params.id)),
  }),
];
