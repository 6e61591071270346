import { category, submissionInput, submissionOutput } from "@sidedesk/contract";
import { z } from "zod";
import { created, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { getSite, presentCategories } from "../sites/index.ts";
import { submitTicket } from "./submit-ticket.ts";

const tag = "Tickets";

export const submissionRoutes = [
  route({
    method: "GET",
    path: "/v1/support/categories",
    summary: "The site's categories and what each asks for",
    tag,
    callers: ["public", "customer", "staff", "server"],
    status: 200,
    output: z.strictObject({ data: z.array(category) }),
    handle: async ({ caller }) => ok({ data: presentCategories((await getSite(caller.siteId)).settings) }),
  }),
  route({
    method: "POST",
    path: "/v1/support/submissions",
    summary: "The public form: no account needed",
    tag,
    callers: ["public"],
    body: submissionInput,
    status: 201,
    output: submissionOutput,
    limit: "submissions",
    handle: async ({ caller, body }) => {
      const { number, status, createdAt, slaDueAt } = await submitTicket(caller, body);
      return created({ number, status, createdAt: createdAt.toISOString(), slaDueAt: slaDueAt?.toISOString() ?? null });
    },
  }),
];
