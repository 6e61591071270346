import { inSession } from "../core/data/transaction.ts";
import { emails, type EmailDocument } from "./email.model.ts";
import { suppressAddress } from "./suppression.model.ts";

/** A mail that was sent, by its id alone: for addresses and ids that say whose it is by themselves. */
export const findMail = (id: string): Promise<EmailDocument | null> => emails().findOne({ _id: id }, inSession());

/** Nobody is there: mailbox or host do not exist. A full mailbox or a refused text says nothing about the address. */
const isGone = (status: string): boolean => /^5\.(0\.0|1\.\d{1,3}|4\.[14]|2\.1)$/.test(status);

/**
 * Notes that a mail came back, as part of the open transaction: the log shows it as failed, and an address that does not exist
 * gets no more mail.
 *
 * @returns the customer it was for, if it was for one
 */
export async function noteBounce(
  siteId: string,
  emailId: string,
  bounce: { status: string; isPermanent: boolean; diagnostic: string },
): Promise<string | null> {
  const { status, isPermanent, diagnostic } = bounce;
  const message = `It came back: ${[status, diagnostic].filter(Boolean).join(" ") || "no reason given"}`;
  const email = await emails().findOne({ _id: emailId, siteId }, inSession());
  if (!email) return null;
  await emails().updateOne(
    { _id: emailId, siteId, state: "succeeded" },
    { $set: { state: "failed", lastError: { message, at: new Date() } } },
    inSession(),
  );
  if (isPermanent && isGone(status)) await suppressAddress(siteId, email.to, message);
  return email.customerId;
}
