import { inSession } from "../data/transaction.ts";
import { counters, entries } from "./entry.model.ts";
import type { LiveTarget } from "./streams.ts";

/**
 * Removes from some streams the entries that tell of any of these tickets, as part of the open transaction. Walks what a
 * stream keeps, which is bounded, so that no entry has to be indexed for it.
 */
export async function removeEntriesAbout(targets: readonly LiveTarget[], ticketIds: readonly string[]): Promise<void> {
  const ids = { $in: [...ticketIds] };
  for (const stream of new Set(targets.map((target) => target.stream)))
    await entries().deleteMany(
      { stream, $or: [{ "data.id": ids }, { "data.ticketId": ids }, { "data.data.ticketId": ids }] },
      inSession(),
    );
}

/** Removes a whole stream, for whoever it was kept is gone for good. */
export async function removeStream({ stream }: LiveTarget): Promise<void> {
  await entries().deleteMany({ stream }, inSession());
  await counters().deleteOne({ _id: stream }, inSession());
}
