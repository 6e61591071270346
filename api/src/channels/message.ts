import DKIM from "nodemailer/lib/dkim";
import MailComposer from "nodemailer/lib/mail-composer";
import { buffer } from "node:stream/consumers";
import { config } from "../core/config.ts";
import type { ComposedMail } from "./compose-mail.ts";
import { deskAddress } from "./mail-sender.ts";

/**
 * A mail as bytes, signed if the operator has a key, and its envelope. Bounces come back to an address of the desk's own, whose domain
 * the mail server answers for; the signature is the sender's domain's, which is what receivers compare (DMARC).
 */
export async function messageOf({
  returnPath,
  ...mail
}: ComposedMail): Promise<{ envelope: { from: string; to: string[] }; message: Buffer }> {
  const envelope = { from: returnPath ?? deskAddress(), to: [mail.to.address] };
  const plain = await new MailComposer(mail).compile().build();
  const { SIDEDESK_DKIM_KEY: privateKey, SIDEDESK_DKIM_SELECTOR: keySelector } = config();
  if (!privateKey) return { envelope, message: plain };
  const domainName = mail.from.address.slice(mail.from.address.lastIndexOf("@") + 1);
  return { envelope, message: await buffer(new DKIM({ domainName, keySelector, privateKey }).sign(plain)) };
}
