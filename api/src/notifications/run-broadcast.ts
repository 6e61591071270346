import { customersAfter, readChosen } from "../accounts/index.ts";
import { again, succeeded, type JobRun } from "../core/jobs/define-job.ts";
import { broadcasts, type BroadcastDocument } from "./broadcast.model.ts";
import { noticeId, recipientOf } from "./notification.model.ts";
import { composeNotice, writeNotices } from "./write-notices.ts";

const sliceMs = 5000;
const batchSize = 200;

/**
 * Tells the next customers for a few seconds. A notice's id follows from the broadcast and the customer, so what a killed
 * worker had told already is told once.
 */
export const run: JobRun<BroadcastDocument> = async (broadcast, { signal }) => {
  const { _id, siteId, notice } = broadcast;
  let { after, done } = broadcast;
  for (const until = Date.now() + sliceMs; ;) {
    const people = await nextCustomers(broadcast, after);
    if (people.length === 0) break;
    const chosen = await readChosen(people.map(({ id }) => ({ siteId, kind: "customer", id })));
    const documents = people.map(({ id }, index) => {
      const noticeOf = noticeId(_id, recipientOf("customer", id), "broadcast");
      return composeNotice(noticeOf, siteId, { ...notice, to: { kind: "customer", id } }, chosen[index] ?? {});
    });
    await writeNotices(documents, { isOwners: true });
    after = people.at(-1) ?? after;
    done += people.length;
    await broadcasts().updateOne({ _id }, { $set: { after, done } });
    if (Date.now() > until || signal.aborted) return again({ after, done });
  }
  return succeeded({ after, done, total: done });
};

async function nextCustomers(
  { siteId, customerIds, createdAt }: BroadcastDocument,
  after: BroadcastDocument["after"],
): Promise<NonNullable<BroadcastDocument["after"]>[]> {
  if (!customerIds) return customersAfter(siteId, { after, until: createdAt, limit: batchSize });
  // By order and not by place: the last one told may have been erased since.
  const left = after ? customerIds.filter((id) => id > after.id) : customerIds;
  return left.slice(0, batchSize).map((id) => ({ id, createdAt }));
}
