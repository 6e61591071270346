import {
  page,
  historyEntry,
  ticketInput,
  ticketOutput,
  ticketPage,
  ticketPatch,
  ticketQuery,
  commentQuery,
} from "@sidedesk/contract";
import { z } from "zod";
import { AppError } from "../core/errors.ts";
import { created, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { createTicket } from "./create-ticket.ts";
import { listTickets } from "./list-tickets.ts";
import { ticketHistory } from "./ticket-history.ts";
import { getTicket } from "./ticket.model.ts";
import { ownOnly } from "./ticket.policy.ts";
import { presentFor } from "./ticket.presenter.ts";
import { updateTicket } from "./update-ticket.ts";

const callers = ["customer", "staff", "server"] as const;
const tag = "Tickets";
/** By id or number. */
export const ticketParams = z.strictObject({ id: z.string().min(1).max(128) });

export const ticketRoutes = [
  route({
    method: "POST",
    path: "/v1/support/tickets",
    summary: "Open a ticket",
    tag,
    callers,
    role: "agent",
    body: ticketInput,
    status: 201,
    output: ticketOutput,
    limit: "customerWrites",
    handle: async ({ caller, body }) => created(await presentFor(await createTicket(caller, body), caller)),
  }),
  route({
    method: "GET",
    path: "/v1/support/tickets",
    summary: "Tickets, filtered, searched and sorted",
    tag,
    callers,
    query: ticketQuery,
    status: 200,
    output: ticketPage,
    handle: async ({ caller, query }) => ok(await listTickets(caller, query)),
  }),
  route({
    method: "GET",
    path: "/v1/support/tickets/:id",
    summary: "One ticket, by id or number",
    tag,
    callers,
    params: ticketParams,
    status: 200,
    output: ticketOutput,
    handle: async ({ caller, params }) =>
      ok(await presentFor(await getTicket(caller.siteId, params.id, ownOnly(caller)), caller)),
  }),
  route({
    method: "PATCH",
    path: "/v1/support/tickets/:id",
    summary: "Change a ticket; customers solve, close or reopen their own",
    tag,
    callers,
    role: "agent",
    params: ticketParams,
    body: ticketPatch,
    status: 200,
    output: ticketOutput,
    errors: ["illegal_transition", "version_conflict"],
    handle: async ({ caller, params, body }) =>
      ok(await presentFor(await updateTicket(caller, params.id, body), caller)),
  }),
  route({
    method: "DELETE",
    path: "/v1/support/tickets/:id",
    summary: "Never possible: a ticket is a record",
    tag,
    callers,
    role: "viewer", // for nobody else either
    params: ticketParams,
    status: 405,
    errors: ["ticket_immutable"],
    handle: () => {
      throw new AppError("ticket_immutable", "A ticket is a record of what was agreed. Close it instead.", {
        headers: { Allow: "GET, PATCH" },
      });
    },
  }),
  route({
    method: "GET",
    path: "/v1/support/tickets/:id/history",
    summary: "Who did what when, oldest first",
    tag,
    callers,
    params: ticketParams,
    query: commentQuery,
    status: 200,
    output: page(historyEntry),
    handle: async ({ caller, params, query }) => ok(await ticketHistory(caller, params.id, query)),
  }),
];
