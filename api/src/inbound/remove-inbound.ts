import { storage } from "../attachments/index.ts";
import { inSession } from "../core/data/transaction.ts";
import type { Sweep } from "../core/jobs/sweeps.ts";
import { recipientKey } from "./recipients.ts";
import { inboundMails, type InboundDocument } from "./inbound.model.ts";

const atOnce = 100;
/** A mail whose bringer was killed before its bytes were stored, and who did not bring it again. */
const abandonedMs = 24 * 3_600_000;

/**
 * Empties what is kept of mails about some tickets, as part of the open transaction if there is one; what is left, and the
 * bytes, goes with the next sweep.
 */
export async function forgetInboundAbout(siteId: string, ticketIds: readonly string[]): Promise<void> {
  await inboundMails().updateMany(
    { siteId, ticketId: { $in: [...ticketIds] } },
    {
      $set: {
        state: "cancelled",
        outcome: "refused",
        reason: "gone",
        detail: null,
        from: null,
        subject: "",
        customerId: null,
        removeAt: new Date(0),
        "files.refused": [],
      },
      $unset: { lastError: "", takenAs: "" },
    },
    inSession(),
  );
}

/**
 * Removes every mail from somebody or about their tickets, bytes first; and of others' those that they had a copy of, once
 * judged: what came of these stays.
 */
export async function removeInboundOf(
  siteId: string,
  { customerId, email, ticketIds }: { customerId: string; email: string | null; ticketIds: readonly string[] },
): Promise<void> {
  const theirs = [
    { customerId },
    { ticketId: { $in: [...ticketIds] } },
    ...(email ? [{ "from.address": email }, { sentTo: recipientKey(email), outcome: { $ne: null } }] : []),
  ];
  for (;;) {
    const found = await inboundMails()
      .find({ siteId, $or: theirs }, { projection: { key: 1 } })
      .limit(atOnce)
      .toArray();
    if (found.length === 0) return;
    await remove(found);
  }
}

async function remove(found: readonly Pick<InboundDocument, "_id" | "key">[]): Promise<void> {
  await (await storage()).remove(found.map(({ key }) => key));
  await inboundMails().deleteMany({ _id: { $in: found.map(({ _id }) => _id) } });
}

/** Removes mails whose time is over, and what was begun and never brought to an end. Two at once do no harm. */
export const inboundSweep: Sweep = {
  name: "inbound.sweep",
  everySeconds: 60,
  run: async () => {
    const now = new Date();
    const isOver = { removeAt: { $lte: now }, state: { $in: ["succeeded", "failed", "cancelled"] } } as const;
    for (;;) {
      const found = await inboundMails()
        .find(isOver, { projection: { key: 1 } })
        .limit(atOnce)
        .toArray();
      if (found.length === 0) break;
      await remove(found);
    }
    const isAbandoned = { state: "held", receivedAt: { $lte: new Date(now.getTime() - abandonedMs) } } as const;
    await remove(
      await inboundMails()
        .find(isAbandoned, { projection: { key: 1 } })
        .limit(atOnce)
        .toArray(),
    );
  },
};
