import { viewInput, viewOutput, viewPage, viewPatch, viewQuery } from "@sidedesk/contract";
import { z } from "zod";
import { created, noContent, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { createView, deleteView, listViews, updateView } from "./change-views.ts";

const callers = ["staff", "server"] as const;
const tag = "Views";
const params = z.strictObject({ id: z.string().min(1).max(128) });

export const viewRoutes = [
  route({
    method: "GET",
    path: "/v1/views",
    summary: "Saved views of the queue: one's own and those shared; with how many tickets each shows",
    tag,
    callers,
    query: viewQuery,
    status: 200,
    output: viewPage,
    handle: async ({ caller, query }) => ok(await listViews(caller, query)),
  }),
  route({
    method: "POST",
    path: "/v1/views",
    summary: "Save a view",
    tag,
    callers,
    role: "agent",
    body: viewInput,
    status: 201,
    output: viewOutput,
    errors: ["limit_reached"],
    handle: async ({ caller, body }) => created(await createView(caller, body)),
  }),
  route({
    method: "PATCH",
    path: "/v1/views/:id",
    summary: "Change a view: whoever made it, and admins",
    tag,
    callers,
    role: "agent",
    params,
    body: viewPatch,
    status: 200,
    output: viewOutput,
    handle: async ({ caller, params: { id }, body }) => ok(await updateView(caller, id, body)),
  }),
  route({
    method: "DELETE",
    path: "/v1/views/:id",
    summary: "Delete a view: whoever made it, and admins",
    tag,
    callers,
    role: "agent",
    params,
    status: 204,
    handle: async ({ caller, params: { id } }) => {
      await deleteView(caller, id);
      return noContent();
    },
  }),
];
