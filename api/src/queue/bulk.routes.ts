import { bulkDone, bulkInput, bulkOutput, bulkStarted } from "@sidedesk/contract";
import { z } from "zod";
import { accepted, ok } from "../core/http/answer.ts";
import { notFound } from "../core/errors.ts";
import { route } from "../core/http/route.ts";
import { findBulk } from "./bulk.model.ts";
import { presentBulk } from "./bulk.presenter.ts";
import { changeMany, undoBulk } from "./change-many.ts";

const callers = ["staff", "server"] as const;
const tag = "Tickets";
const params = z.strictObject({ id: z.string().min(1).max(128) });

export const bulkRoutes = [
  route({
    method: "POST",
    path: "/v1/support/tickets/bulk",
    summary: "Change many tickets: up to 500 by id, or all that a filter finds in the background (202)",
    tag,
    callers,
    role: "agent",
    body: bulkInput,
    status: 200,
    mayGoOn: true,
    output: z.union([bulkDone, bulkStarted]),
    handle: async ({ caller, body }) => {
      const done = await changeMany(caller, body);
      return "changed" in done ? ok(done) : accepted(done);
    },
  }),
  route({
    method: "GET",
    path: "/v1/support/tickets/bulk/:id",
    summary: "How far a change of many tickets is, and what was refused",
    tag,
    callers,
    params,
    status: 200,
    output: bulkOutput,
    handle: async ({ caller, params: { id } }) => {
      const bulk = await findBulk(caller.siteId, id);
      if (!bulk) throw notFound("change");
      return ok(await presentBulk(bulk));
    },
  }),
  route({
    method: "POST",
    path: "/v1/support/tickets/bulk/:id/undo",
    summary: "Give each ticket back what it had, within an hour",
    tag,
    callers,
    role: "agent",
    params,
    status: 202,
    output: bulkOutput,
    errors: ["conflict"],
    handle: async ({ caller, params: { id } }) => accepted(await presentBulk(await undoBulk(caller, id))),
  }),
];
