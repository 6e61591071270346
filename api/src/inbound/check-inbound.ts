import { config } from "../core/config.ts";
import { findMailbox, mailboxId } from "./mailbox.model.ts";

/** A mailbox that nobody has looked at for so long is not being read. */
const quietSeconds = 300;

/** For the doctor. @throws Error saying what is wrong */
export async function checkInbound(): Promise<string> {
  const { SIDEDESK_INBOUND_ADDRESS: address, SIDEDESK_INBOUND_IMAP_URL: url } = config();
  const { SIDEDESK_INBOUND_SECRET: secret, SIDEDESK_INBOUND_POLL_SECONDS: pollSeconds } = config();
  if (!address) {
    if (url || secret)
      throw new Error("mails would come in, but their address is not known: set SIDEDESK_INBOUND_ADDRESS");
    return "none (SIDEDESK_INBOUND_ADDRESS is not set): mails cannot be answered";
  }
  if (!url && !secret)
    throw new Error(
      "mails ask for answers, but none can come in: set SIDEDESK_INBOUND_IMAP_URL or SIDEDESK_INBOUND_SECRET",
    );
  if (!url) return `to ${address}, over HTTP`;
  const mailbox = await findMailbox(mailboxId(url));
  if (mailbox?.error) throw new Error(`the mailbox cannot be read (${mailbox.error}); trying again`);
  const quietMs = Date.now() - (mailbox?.lookedAt?.getTime() ?? 0);
  if (quietMs > (quietSeconds + 2 * pollSeconds) * 1000)
    throw new Error("nobody has read the mailbox lately: is a process with the worker role running?");
  return `to ${address}, from a mailbox that is being read${secret ? ", and over HTTP" : ""}`;
}
