import { renderInput, renderOutput } from "@sidedesk/contract";
import { z } from "zod";
import { ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { useReply, type ReplyValues } from "../knowledge/index.ts";
import { getSite } from "../sites/index.ts";
import { getTicket, type TicketDocument } from "../tickets/index.ts";
import type { BulkCaller } from "./bulk.model.ts";

const params = z.strictObject({ id: z.string().min(1).max(128) });

/** Stands here because a reply knows nothing of tickets: it is told what to say. */
export const renderRoutes = [
  route({
    method: "POST",
    path: "/v1/replies/:id/render",
    summary: "A canned reply for one ticket, as Markdown; counts as a use",
    tag: "Replies",
    callers: ["staff", "server"] as const,
    role: "agent",
    params,
    body: renderInput,
    status: 200,
    output: renderOutput,
    handle: async ({ caller, params: { id }, body }) => {
      const ticket = await getTicket(caller.siteId, body.ticketId);
      return ok({ body: await useReply(caller, id, await valuesOf(caller, ticket)) });
    },
  }),
];

const firstOf = (name: string): string => name.trim().split(/\s+/)[0] ?? "";

async function valuesOf(caller: BulkCaller, { customer, number, subject }: TicketDocument): Promise<ReplyValues> {
  const site = await getSite(caller.siteId);
  const { name, email } = customer;
  // Who never gave a name is called by what stands before the @: better than nothing, worse than "there".
  const isGuess = name === email.split("@")[0];
  const staff = caller.kind === "staff" ? caller.name : "";
  return {
    "customer.name": isGuess ? { guess: name } : name,
    "customer.firstName": isGuess ? { guess: name } : firstOf(name),
    "customer.email": email,
    "ticket.number": number,
    "ticket.subject": subject,
    "staff.name": staff,
    "staff.firstName": firstOf(staff),
    "site.name": site.name,
  };
}
