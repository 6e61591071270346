import { linkRatingInput, ratingInput, ratingOutput } from "@sidedesk/contract";
import { created } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { ticketParams } from "../tickets/index.ts";
import { rateByLink } from "./rate-by-link.ts";
import { rateTicket } from "./rate-ticket.ts";

const tag = "Tickets";

export const ratingRoutes = [
  route({
    method: "POST",
    path: "/v1/support/tickets/:id/rating",
    summary: "Rate how a ticket was solved; changeable for 7 days",
    tag,
    callers: ["customer"],
    params: ticketParams,
    body: ratingInput,
    status: 201,
    output: ratingOutput,
    limit: "customerWrites",
    errors: ["not_resolved", "rating_closed"],
    handle: async ({ caller, params, body }) => created(await rateTicket(caller, params.id, body)),
  }),
  route({
    method: "POST",
    path: "/v1/support/ratings",
    summary: "The same by the token of a mailed link, without signing in",
    tag,
    callers: ["anyone"],
    body: linkRatingInput,
    status: 201,
    output: ratingOutput,
    errors: ["unauthenticated", "session_expired", "not_found", "not_resolved", "rating_closed"],
    handle: async ({ body }) => {
      const { rating, headers } = await rateByLink(body);
      return { ...created(rating), headers };
    },
  }),
];
