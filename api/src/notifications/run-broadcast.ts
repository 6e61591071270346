import { setTimeout as wait } from "node:timers/promises";
import { customersAfter, readChosen } from "../accounts/index.ts";
import { isAnyUntried } from "../core/events/pending-events.ts";
import { again, succeeded, type JobRun } from "../core/jobs/define-job.ts";
import { broadcasts, type BroadcastDocument } from "./broadcast.model.ts";
import { noticeId, recipientOf } from "./notification.model.ts";
import { composeNotice, writeNotices } from "./write-notices.ts";

const sliceMs = 5000;
const batchSize = 100;
/** So many batches are written ahead of what follows from them. */
const mostUnder = 2;
/** Longer than this it waits for none of them. */
const patienceMs = 2000;

/**
 * Tells the next customers for a few seconds. A notice's id follows from the broadcast and the customer, so what a killed
 * worker had told already is told once.
 */
export const run: JobRun<BroadcastDocument> = async (broadcast, { signal }) => {
  const { _id, siteId, notice } = broadcast;
  let { after, done } = broadcast;
  const under: string[][] = [];
  for (const until = Date.now() + sliceMs; ;) {
    const people = await nextCustomers(broadcast, after);
    if (people.length === 0) break;
    const chosen = await readChosen(people.map(({ id }) => ({ siteId, kind: "customer", id })));
    const documents = people.map(({ id }, index) => {
      const noticeOf = noticeId(_id, recipientOf("customer", id), "broadcast");
      return composeNotice(noticeOf, siteId, { ...notice, to: { kind: "customer", id } }, chosen[index] ?? {});
    });
    under.push(await writeNotices(documents, { isOwners: true }));
    after = people.at(-1) ?? after;
    done += people.length;
    await broadcasts().updateOne({ _id }, { $set: { after, done } });
    if (Date.now() > until || signal.aborted) return again({ after, done });
    if (under.length > mostUnder) await followed(under.shift()!);
  }
  return succeeded({ after, done, total: done });
};

/**
 * Waits until what follows from these events is done, or has failed and is tried again: told as fast as they can be written, a
 * hundred thousand would stand before whatever else happens meanwhile, on everybody's screens.
 */
async function followed(events: readonly string[]): Promise<void> {
  for (const until = Date.now() + patienceMs; Date.now() < until; await wait(20))
    if (!(await isAnyUntried(events))) return;
}

async function nextCustomers(
  { siteId, customerIds, createdAt }: BroadcastDocument,
  after: BroadcastDocument["after"],
): Promise<NonNullable<BroadcastDocument["after"]>[]> {
  if (!customerIds) return customersAfter(siteId, { after, until: createdAt, limit: batchSize });
  // By order and not by place: the last one told may have been erased since.
  const left = after ? customerIds.filter((id) => id > after.id) : customerIds;
  return left.slice(0, batchSize).map((id) => ({ id, createdAt }));
}
