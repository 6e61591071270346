import type { Broadcast, CustomerRef, Notification, NoticeInput } from "@sidedesk/contract";
import { countCustomers, resolveCustomer, type CustomerRecord } from "../accounts/index.ts";
import type { ServerCaller } from "../core/caller.ts";
import { newId } from "../core/data/ids.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import { AppError, notFound } from "../core/errors.ts";
import { wake } from "../core/jobs/alarms.ts";
import { newJobState } from "../core/jobs/job-state.ts";
import { broadcastJob } from "./broadcast.job.ts";
import { broadcasts, type BroadcastDocument } from "./broadcast.model.ts";
import type { Notice } from "./notice.ts";
import { presentNotification } from "./notification.presenter.ts";
import { composeNotice, writeNotices } from "./write-notices.ts";

export type Told = { notice: Notification } | { broadcast: Broadcast };

/** A notice of the owner's systems for one customer, at once, or for many, in the background. @throws AppError 400, 404 */
export function tellCustomers(caller: ServerCaller, input: NoticeInput): Promise<Told> {
  const { siteId } = caller;
  const { customer, customers } = input;
  const words = wordsOf(input);
  return transaction(async () => {
    if (customer) {
      const { id, preferences } = await resolveCustomer(siteId, customer);
      const notice = composeNotice(newId(), siteId, { ...words, to: { kind: "customer", id } }, preferences);
      await writeNotices([notice], { isOwners: true });
      return { notice: presentNotification(notice) };
    }
    const ids = new Set<string>();
    for (const [index, each] of (customers ?? []).entries()) ids.add((await resolveListed(siteId, each, index)).id);
    const broadcast: BroadcastDocument = {
      _id: newId(),
      siteId,
      notice: words,
      customerIds: customers ? [...ids].sort() : null,
      after: null,
      done: 0,
      total: customers ? ids.size : await countCustomers(siteId),
      createdAt: new Date(),
      ...newJobState(),
    };
    await broadcasts().insertOne(broadcast, inSession());
    wake(broadcastJob);
    return { broadcast: present(broadcast) };
  });
}

/** One of a list. @throws AppError 404 that says which of them there is not */
async function resolveListed(siteId: string, ref: CustomerRef, index: number): Promise<CustomerRecord> {
  try {
    return await resolveCustomer(siteId, ref);
  } catch (error) {
    if (!(error instanceof AppError) || error.code !== "not_found") throw error;
    throw new AppError("not_found", error.message, {
      errors: [{ path: `customers.${index}`, message: error.message }],
    });
  }
}

/** How far one is. @throws AppError 404 */
export async function getBroadcast(caller: ServerCaller, id: string): Promise<Broadcast> {
  const found = await broadcasts().findOne({ _id: id, siteId: caller.siteId });
  if (!found) throw notFound("broadcast");
  return present(found);
}

/** The words of a notice as a caller gives them. */
export const wordsOf = (
  input: Pick<NoticeInput, "type" | "title" | "message" | "link" | "data">,
): Omit<Notice, "to"> => ({
  type: input.type,
  title: input.title,
  message: input.message,
  link: input.link ?? null,
  data: input.data ?? {},
});

const present = ({ _id, state, done, total }: BroadcastDocument): Broadcast => ({
  id: _id,
  state: state === "succeeded" ? "done" : state === "failed" || state === "cancelled" ? "failed" : "running",
  done,
  total,
});
