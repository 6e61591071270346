import { config } from "../core/config.ts";
import { changeCustomer } from "./customer.model.ts";
import { forgetStaff, StaffModel } from "./staff.model.ts";
import { signToken, verifyToken } from "./tokens.ts";

/** Who gets a site's mail. */
export type MailReader = { siteId: string } & ({ customerId: string } | { staffId: string });

const days = 365;

/** The one-click address of `List-Unsubscribe` (RFC 8058). */
export async function makeUnsubscribeLink(reader: MailReader): Promise<string> {
  const expiresAt = new Date(Date.now() + days * 86_400_000);
  const who = "customerId" in reader ? { sub: reader.customerId } : { sub: reader.staffId, staff: true };
  const token = await signToken("unsubscribe", { ...who, site: reader.siteId }, expiresAt);
  return `${config().SIDEDESK_URL}/v1/unsubscribe?token=${token}`;
}

/** Whom an unsubscribe link was sent to. @throws AppError 401 */
export async function readUnsubscribeLink(token: string): Promise<MailReader> {
  const { sub, site, staff } = await verifyToken("unsubscribe", token);
  return { siteId: String(site), ...(staff ? { staffId: String(sub) } : { customerId: String(sub) }) };
}

/** Stops, or resumes, a site's mail to somebody. What they need to get in is sent all the same. */
export async function setUnsubscribed(reader: MailReader, unsubscribed: boolean): Promise<void> {
  const { siteId } = reader;
  if ("customerId" in reader) return changeCustomer(siteId, reader.customerId, { unsubscribed });
  await StaffModel.updateOne(
    { _id: reader.staffId, "memberships.siteId": siteId },
    { $set: { "memberships.$.unsubscribed": unsubscribed } },
  );
  forgetStaff();
}
