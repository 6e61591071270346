import { replyInput, replyOutput, replyPage, replyPatch, replyQuery } from "@sidedesk/contract";
import { z } from "zod";
import { created, noContent, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { createReply, deleteReply, updateReply } from "./change-replies.ts";
import { listReplies } from "./list-replies.ts";
import { presentReply } from "./reply.presenter.ts";

const callers = ["staff", "server"] as const;
const tag = "Replies";
const params = z.strictObject({ id: z.string().min(1).max(128) });

export const replyRoutes = [
  route({
    method: "GET",
    path: "/v1/replies",
    summary: "Canned replies: the site's and one's own",
    tag,
    callers,
    query: replyQuery,
    status: 200,
    output: replyPage,
    handle: async ({ caller, query }) => ok(await listReplies(caller, query)),
  }),
  route({
    method: "POST",
    path: "/v1/replies",
    summary: "Keep a canned reply",
    tag,
    callers,
    role: "agent",
    body: replyInput,
    status: 201,
    output: replyOutput,
    errors: ["conflict", "limit_reached"],
    handle: async ({ caller, body }) => created(presentReply(await createReply(caller, body))),
  }),
  route({
    method: "PATCH",
    path: "/v1/replies/:id",
    summary: "Change a canned reply",
    tag,
    callers,
    role: "agent",
    params,
    body: replyPatch,
    status: 200,
    output: replyOutput,
    errors: ["conflict"],
    handle: async ({ caller, params: { id }, body }) => ok(presentReply(await updateReply(caller, id, body))),
  }),
  route({
    method: "DELETE",
    path: "/v1/replies/:id",
    summary: "Delete a canned reply",
    tag,
    callers,
    role: "agent",
    params,
    status: 204,
    handle: async ({ caller, params: { id } }) => {
      await deleteReply(caller, id);
      return noContent();
    },
  }),
];
