import { config } from "../core/config.ts";
import { newId } from "../core/data/ids.ts";
import type { Sweep } from "../core/jobs/sweeps.ts";
import { log } from "../core/log.ts";
import { claimMailbox, keepMailbox, mailboxId, releaseMailbox } from "./mailbox.model.ts";
import type { Watch } from "./watch-mailbox.ts";

interface Reading {
  id: string;
  holder: string;
  watch: Watch;
}
let reading: Reading | undefined;

/** Sees to it that one process reads the mailbox: takes it when it is free, and keeps it while the connection holds. */
export const mailboxSweep: Sweep = {
  name: "inbound.mailbox",
  everySeconds: 3,
  run: async () => {
    const { SIDEDESK_INBOUND_IMAP_URL: url } = config();
    if (!url) return;
    if (reading) {
      if (!(await keepMailbox(reading.id, reading.holder))) await stopReading();
      return;
    }
    const id = mailboxId(url);
    const holder = newId();
    const mailbox = await claimMailbox(id, holder);
    if (!mailbox) return;
    // Loaded by whoever reads, and by nobody else.
    const { watchMailbox } = await import("./watch-mailbox.ts");
    const watch = watchMailbox(mailbox, holder, url);
    const mine: Reading = { id, holder, watch };
    reading = mine;
    void watch.ended
      .then(() => null)
      .catch((error: unknown) => {
        log.warn({ err: error }, "the mailbox cannot be read; trying again");
        return whyOf(error);
      })
      .then(async (error) => {
        if (reading === mine) reading = undefined;
        await releaseMailbox(id, holder, error);
      })
      .catch((error: unknown) =>
        log.warn({ err: error }, "the mailbox could not be let go of; its lease ends by itself"),
      );
  },
  stop: () => stopReading(),
};

async function stopReading(): Promise<void> {
  const mine = reading;
  reading = undefined;
  if (!mine) return;
  await mine.watch.stop();
  await releaseMailbox(mine.id, mine.holder, null);
}

/** What the server said, rather than that a command failed. */
function whyOf(error: unknown): string {
  const { responseText, message } = error as { responseText?: string; message?: string };
  return responseText || message || String(error);
}
