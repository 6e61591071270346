import DKIM from "nodemailer/lib/dkim";
import MailComposer from "nodemailer/lib/mail-composer";
import type MimeNode from "nodemailer/lib/mime-node";
import { buffer } from "node:stream/consumers";
import { config } from "../core/config.ts";
import type { ComposedMail } from "./compose-mail.ts";
import { deskAddress } from "./mail-sender.ts";
import { base64Lines, quotedPrintable } from "./transfer-encoding.ts";

/**
 * A mail as bytes, signed if the operator has a key, and its envelope. Bounces come back to an address of the desk's own, whose domain
 * the mail server answers for; the signature is the sender's domain's, which is what receivers compare (DMARC).
 */
export async function messageOf({
  returnPath,
  ...mail
}: ComposedMail): Promise<{ envelope: { from: string; to: string[] }; message: Buffer }> {
  const envelope = { from: returnPath ?? deskAddress(), to: [mail.to.address] };
  const plain = Buffer.from(written(new MailComposer(mail).compile()));
  const { SIDEDESK_DKIM_KEY: privateKey, SIDEDESK_DKIM_SELECTOR: keySelector } = config();
  if (!privateKey) return { envelope, message: plain };
  const domainName = mail.from.address.slice(mail.from.address.lastIndexOf("@") + 1);
  return { envelope, message: await buffer(new DKIM({ domainName, keySelector, privateKey }).sign(plain)) };
}

/**
 * A tree of parts as text. Nodemailer has made the tree and writes each head; through its streams, one for each part and
 * each encoding, a mail costs several times as much.
 */
function written(node: MimeNode): string {
  const head = node.buildHeaders();
  if (node.childNodes.length === 0) return `${head}\r\n\r\n${encoded(node)}`;
  const parts = node.childNodes.map((child) => `--${node.boundary}\r\n${written(child)}\r\n`);
  return `${head}\r\n\r\n${parts.join("")}--${node.boundary}--\r\n`;
}

function encoded(node: MimeNode): string {
  const text = (typeof node.content === "string" ? node.content : "").replaceAll(/\r\n?|\n/g, "\r\n");
  const encoding = node.getTransferEncoding();
  if (encoding === "quoted-printable") return quotedPrintable(text);
  return encoding === "base64" ? base64Lines(text) : text;
}
