import { commentInput, commentOutput, conversationQuery, page, previewInput, previewOutput } from "@sidedesk/contract";
import { created, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { addComment } from "./add-comment.ts";
import { presentComment } from "./comment.presenter.ts";
import { listComments } from "./list-comments.ts";
import { safeHtml } from "./markdown.ts";
import { findMentioned } from "./mentions.ts";
import { ticketParams } from "./ticket.routes.ts";

const callers = ["customer", "staff", "server"] as const;
const tag = "Tickets";

export const commentRoutes = [
  route({
    method: "GET",
    path: "/v1/support/tickets/:id/comments",
    summary: "The conversation, oldest first unless asked otherwise; notes for staff only",
    tag,
    callers,
    params: ticketParams,
    query: conversationQuery,
    status: 200,
    output: page(commentOutput),
    handle: async ({ caller, params, query }) => ok(await listComments(caller, params.id, query)),
  }),
  route({
    method: "POST",
    path: "/v1/support/tickets/:id/comments",
    summary: "Answer, or note something for staff",
    tag,
    callers,
    role: "agent",
    params: ticketParams,
    body: commentInput,
    status: 201,
    output: commentOutput,
    limit: "customerWrites",
    errors: ["illegal_transition"],
    handle: async ({ caller, params, body }) =>
      created(await presentComment(await addComment(caller, params.id, body))),
  }),
  route({
    method: "POST",
    path: "/v1/support/preview",
    summary: "What a message will look like, by the rules that messages are shown by",
    tag,
    callers: ["customer", "staff", "server"],
    role: "agent",
    body: previewInput,
    status: 200,
    output: previewOutput,
    limit: "customerWrites",
    handle: async ({ caller, body }) => {
      const isNote = caller.kind !== "customer" && body.visibility === "internal";
      return ok({ html: safeHtml(body.body, isNote ? await findMentioned(caller.siteId, body.body) : undefined) });
    },
  }),
];
