import type { linkRatingInput, Rating } from "@sidedesk/contract";
import type { z } from "zod";
import { consume } from "../core/http/limits.ts";
import { rateTicket } from "./rate-ticket.ts";
import { readRatingLink } from "./rating-link.ts";

/**
 * Rates by a mailed link; the link's customer is counted as if they were signed in.
 * @throws AppError 401, 404, 409, 429
 */
export async function rateByLink(
  input: z.output<typeof linkRatingInput>,
): Promise<{ rating: Rating; headers: Record<string, string> }> {
  const { token, score, comment } = input;
  const { rater, ticketId } = await readRatingLink(token);
  const { headers } = await consume("customer-writes", rater.customerId);
  return { rating: await rateTicket(rater, ticketId, { score, comment }), headers };
}
