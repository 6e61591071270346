import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { config } from "../core/config.ts";
import { inSession } from "../core/data/transaction.ts";
import { emails } from "./email.model.ts";

/** Removes mails about some tickets, sent or not, as part of the open transaction if there is one. */
export async function removeMailsAbout(siteId: string, ticketIds: readonly string[]): Promise<void> {
  const about = { ticketId: { $in: [...ticketIds] } };
  await emails().deleteMany({ siteId, ...about }, inSession());
  await emails().updateMany(
    { siteId, "gathered.ticketId": about.ticketId },
    { $pull: { gathered: about } },
    inSession(),
  );
}

/** Removes every mail to a customer, and what went to their address before it was shown to be theirs. */
export async function removeMailsTo(siteId: string, customerId: string, email?: string): Promise<void> {
  await emails().deleteMany({ siteId, customerId }, inSession());
  if (email) await emails().deleteMany({ siteId, to: email, registrationId: { $exists: true } }, inSession());
}

/** In local mode, what the mail catcher wrote to disk, too. */
export async function removeCaughtMails(isAbout: (text: string) => boolean): Promise<void> {
  const folder = config().SIDEDESK_MAIL_DIR;
  if (!folder) return;
  for (const name of await readdir(folder).catch(() => [])) {
    const path = join(folder, name);
    if (name.endsWith(".eml") && isAbout(await readFile(path, "utf8").catch(() => ""))) await rm(path, { force: true });
  }
}
