import { findCustomer, signToken, verifyToken } from "../accounts/index.ts";
import { config } from "../core/config.ts";
import { AppError } from "../core/errors.ts";
import type { TicketDocument } from "../tickets/index.ts";
import type { Rater } from "./rate-ticket.ts";

/** A mailed link can rate one ticket and nothing else, so it may hold for long. */
const linkDays = 90;

/** The address behind the button of a rating mail. */
export async function makeRatingLink({ _id, siteId, customer }: TicketDocument): Promise<string> {
  const expiresAt = new Date(Date.now() + linkDays * 86_400_000);
  const token = await signToken("rating", { sub: customer.id, site: siteId, ticket: _id }, expiresAt);
  return `${config().SIDEDESK_URL}/rate?token=${token}`;
}

/** Whose link it is, and to which ticket it leads. @throws AppError 401 */
export async function readRatingLink(token: string): Promise<{ rater: Rater; ticketId: string }> {
  const claims = await verifyToken("rating", token);
  const customer = await findCustomer(String(claims["site"]), String(claims.sub));
  if (!customer) throw new AppError("unauthenticated", "This link is not valid.");
  const { siteId, id: customerId, name } = customer;
  return { rater: { siteId, customerId, name }, ticketId: String(claims["ticket"]) };
}
