import { Readable } from "node:stream";
import { failed, retry, succeeded, type JobRun, type Outcome } from "../core/jobs/define-job.ts";
import { composeMail } from "./compose-mail.ts";
import type { EmailDocument } from "./email.model.ts";
import { realLinks } from "./mail-links.ts";
import { mailTransport } from "./mail-transport.ts";
import { messageOf } from "./message.ts";
import { findRecipient, isAccountMail } from "./recipient.ts";
import { isSuppressed } from "./suppression.model.ts";

/** The line may break this often after a whole message was handed over; then nobody gets a third copy unasked. */
const mostUnknown = 2;

/** Tries to hand one mail to the mail server. */
export const run: JobRun<EmailDocument> = async (email, { signal }) => {
  const to = await findRecipient(email.siteId, email);
  if (!to) return { state: "cancelled", error: "No mail is wanted there any more." };
  if (!isAccountMail(email.kind) && (await isSuppressed(email.siteId, email.to)))
    return { state: "cancelled", error: "An earlier mail to this address came back." };
  const mail = await composeMail(email, realLinks, to.preferences);
  if ("cancelled" in mail) return { state: "cancelled", error: mail.cancelled };
  const { envelope, message } = await messageOf(mail);
  for (let again = true; ; again = false) {
    const body = Readable.from([message]);
    let handedOver = false;
    body.once("end", () => (handedOver = true));
    try {
      await mailTransport().sendMail({ envelope, raw: body, signal });
      return succeeded({ sentAt: new Date() });
    } catch (error) {
      // A pooled connection that the server had left meanwhile says nothing about the mail: try once more at once.
      if (again && !handedOver && !signal.aborted && isConnection(error)) continue;
      return outcomeOf(error, handedOver, email);
    }
  }
};

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
}
const isConnection = (error: unknown): boolean =>
  ["ECONNECTION", "ESOCKET", "ECONNRESET", "EPIPE"].includes((error as SmtpError).code ?? "") &&
  !(error as SmtpError).responseCode;

function outcomeOf(error: unknown, handedOver: boolean, email: EmailDocument): Outcome {
  const { message, code, responseCode } = error as SmtpError;
  // A refused sign-in is about our account, not about this mail: it may be set right.
  if (responseCode && responseCode >= 500 && code !== "EAUTH") return failed(message);
  if (handedOver && !responseCode) {
    const unknownOutcomes = (email.unknownOutcomes ?? 0) + 1;
    if (unknownOutcomes >= mostUnknown)
      return failed(
        `The line broke after the message was handed over, ${unknownOutcomes} times: it may have arrived. ${message}`,
        { unknownOutcomes },
      );
    return retry(message, { set: { unknownOutcomes } });
  }
  return retry(message);
}
