import { mergeInput, ticketOutput } from "@sidedesk/contract";
import { z } from "zod";
import { noContent, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { linkTickets, presentFor, ticketParams, unlinkTickets } from "../tickets/index.ts";
import { mergeTickets } from "./merge-tickets.ts";
import { unmergeTickets } from "./unmerge-tickets.ts";

const callers = ["staff", "server"] as const;
const tag = "Tickets";
const linkParams = ticketParams.extend({ otherId: z.string().min(1).max(128) });

export const mergeRoutes = [
  route({
    method: "POST",
    path: "/v1/support/tickets/:id/merge",
    summary: "Merge a ticket into another one of the same customer; its id and number answer with that",
    tag,
    callers,
    role: "agent",
    params: ticketParams,
    body: mergeInput,
    status: 200,
    output: ticketOutput,
    errors: ["conflict"],
    handle: async ({ caller, params, body }) =>
      ok(await presentFor(await mergeTickets(caller, params.id, body.into), caller)),
  }),
  route({
    method: "POST",
    path: "/v1/support/tickets/:id/unmerge",
    summary: "Undo a merge within an hour, by the id or number of the ticket that was merged away",
    tag,
    callers,
    role: "agent",
    params: ticketParams,
    status: 200,
    output: ticketOutput,
    errors: ["conflict"],
    handle: async ({ caller, params }) => ok(await presentFor(await unmergeTickets(caller, params.id), caller)),
  }),
  route({
    method: "PUT",
    path: "/v1/support/tickets/:id/links/:otherId",
    summary: "Relate two tickets, seen from both",
    tag,
    callers,
    role: "agent",
    params: linkParams,
    status: 200,
    output: ticketOutput,
    errors: ["limit_reached"],
    handle: async ({ caller, params }) =>
      ok(await presentFor(await linkTickets(caller, params.id, params.otherId), caller)),
  }),
  route({
    method: "DELETE",
    path: "/v1/support/tickets/:id/links/:otherId",
    summary: "Take the relation of two tickets away",
    tag,
    callers,
    role: "agent",
    params: linkParams,
    status: 204,
    handle: async ({ caller, params }) => {
      await unlinkTickets(caller, params.id, params.otherId);
      return noContent();
    },
  }),
];
