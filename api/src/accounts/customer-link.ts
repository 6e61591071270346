import { config } from "../core/config.ts";
import { AppError } from "../core/errors.ts";
import { getSite } from "../sites/index.ts";
import { findCustomer, type CustomerRecord } from "./customer.model.ts";
import { signToken, verifyToken } from "./tokens.ts";

/** A mailed link to a ticket works for this long; seconds. */
export const linkSeconds = 30 * 86_400;
const fromNow = (seconds: number): Date => new Date(Date.now() + seconds * 1000);

/**
 * The address that opens a ticket from a mail. The token stands in the fragment, so neither server logs nor the `Referer`
 * header of a page it leads to ever hold it.
 */
export async function makeTicketLink({
  siteId,
  customerId,
  number,
}: {
  siteId: string;
  customerId: string;
  number: string;
}): Promise<string> {
  const { slug } = await getSite(siteId);
  const token = await signToken("ticket-link", { sub: customerId, site: siteId }, fromNow(linkSeconds));
  return `${config().SIDEDESK_URL}/portal/${slug}#ticket=${number}&token=${token}`;
}

/** Who a mailed link was sent to. @throws AppError 401 */
export async function readTicketLink(token: string): Promise<CustomerRecord> {
  const claims = await verifyToken("ticket-link", token);
  const customer = await findCustomer(String(claims["site"]), String(claims.sub));
  if (!customer) throw new AppError("unauthenticated", "This link is not valid.");
  return customer;
}
