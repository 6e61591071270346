import type { ErasurePreview } from "@sidedesk/contract";
import { removeAlertsAbout } from "../alerts/index.ts";
import { removeMailsAbout } from "../channels/index.ts";
import { config } from "../core/config.ts";
import { transaction } from "../core/data/transaction.ts";
import { removeEntriesAbout } from "../core/live/remove-entries.ts";
import { customerStream, staffStream } from "../core/live/streams.ts";
import { forgetInboundAbout } from "../inbound/index.ts";
import { removeNoticesAbout } from "../notifications/index.ts";
import { removePushesAbout } from "../push/index.ts";
import { markDays } from "../reports/index.ts";
import { removeTickets, withMerged, type Removable } from "../tickets/index.ts";
import { removeDeliveriesAbout } from "../webhooks/index.ts";

/** Tickets that go together: few enough that nobody waits for them, and that a transaction carries them. */
export const batchSize = 25;

export type Removed = Omit<ErasurePreview, "files">;

/**
 * Removes some tickets with everything that is kept of them but their files, in one transaction: nobody ever sees half of a
 * ticket, and a process that is killed leaves none. Files cannot be part of it, so `note` is to keep whose are still to go.
 *
 * @param find the tickets, looked up inside the transaction: one that changes meanwhile makes it run again
 * @param note writes down what went, in the same transaction
 * @returns how many tickets went
 */
export function removeBatch(
  siteId: string,
  find: () => Promise<Removable[]>,
  note: (ticketIds: string[], removed: Removed) => Promise<void>,
): Promise<number> {
  return transaction(async () => {
    const found = await find();
    if (found.length === 0) return 0;
    const list = await withMerged(siteId, found);
    const ids = list.map(({ _id }) => _id);
    const comments = await removeTickets(siteId, list);
    const notifications = await removeNoticesAbout(siteId, ids);
    await removeMailsAbout(siteId, ids);
    await forgetInboundAbout(siteId, ids);
    await removeDeliveriesAbout(siteId, ids);
    await removeAlertsAbout(siteId, ids);
    await removePushesAbout(siteId, ids);
    await removeShown(siteId, list);
    await markDays(
      siteId,
      list.map(({ createdAt }) => createdAt),
    );
    await note(ids, { tickets: ids.length, comments, notifications });
    return ids.length;
  });
}

/** What screens could still catch up on: only of tickets that changed lately, since entries are kept for days alone. */
async function removeShown(siteId: string, list: readonly Removable[]): Promise<void> {
  const since = Date.now() - (config().SIDEDESK_LIVE_KEEP_DAYS + 1) * 86_400_000;
  const recent = list.filter(({ updatedAt }) => updatedAt.getTime() >= since);
  if (recent.length === 0) return;
  await removeEntriesAbout(
    [staffStream(siteId), ...recent.map(({ customer }) => customerStream(siteId, customer.id))],
    recent.map(({ _id }) => _id),
  );
}
