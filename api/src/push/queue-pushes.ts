import type { DomainEvent } from "@sidedesk/contract";
import { ledgerTable, missingIn, noteMade } from "../core/events/made.ts";
import { newJobState } from "../core/jobs/job-state.ts";
import { storesWork } from "../core/jobs/store-work.ts";
import { loadNotification, missingNotices, recipientOf } from "../notifications/index.ts";
import { pushJob } from "./push.job.ts";
import { pushes, pushId, type PushDocument } from "./push.model.ts";
import { subscriptionsOf } from "./subscription.model.ts";
import { wantsPush } from "./wants-push.ts";

/** Has each browser of whoever a notice is for told of it, once, if they want to be told in this way. */
export async function queuePushes({ id, siteId, data }: DomainEvent<"notification.created">): Promise<void> {
  const { notificationId, recipient: to } = data;
  const recipient = recipientOf(to.kind, to.id);
  const browsers = await subscriptionsOf({ siteId, recipient });
  if (browsers.length === 0) return;
  const notice = await loadNotification(siteId, notificationId);
  const wanted = notice && (await wantsPush(notice));
  if (!notice || !wanted) return;
  const { ticketId } = notice.data;
  await Promise.all(
    browsers.map(({ _id: subscriptionId, host }) => {
      const _id = pushId(notificationId, subscriptionId);
      noteMade(id, "push", `${_id}@${notificationId}`);
      return store({
        _id,
        ...{ siteId, recipient, subscriptionId, notificationId, host },
        ticketId: typeof ticketId === "string" ? ticketId : null,
        isUrgent: wanted.isUrgent,
        createdAt: new Date(),
        ...newJobState(wanted.at),
      });
    }),
  );
}

/** Pushes leave with what their notice is about, and so does the notice; any other is missed. */
ledgerTable("push", async (noted) => {
  const pairs = noted.map((one) => one.split("@") as [pushId: string, noticeId: string]);
  const lost = new Set(
    await missingIn(
      pushes(),
      pairs.map(([pushId]) => pushId),
    ),
  );
  const gone = await missingNotices(pairs.filter(([pushId]) => lost.has(pushId)).map(([, noticeId]) => noticeId));
  return noted.filter((_one, index) => lost.has(pairs[index]![0]) && !gone.includes(pairs[index]![1]));
});

const store = storesWork<PushDocument>(pushJob);
