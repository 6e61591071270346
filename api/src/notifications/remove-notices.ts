import type { mongo } from "mongoose";
import { broadcasts } from "./broadcast.model.ts";
import { inSession } from "../core/data/transaction.ts";
import { forgetGatheredAbout, forgetGatheredOf } from "./gather-mail.ts";
import { binOf, notifications, recipientOf, unlistedOf, type NotificationDocument } from "./notification.model.ts";

type Filter = mongo.Filter<NotificationDocument>;
const about = (siteId: string, ticketIds: readonly string[]): Filter => ({
  siteId,
  "data.ticketId": { $in: [...ticketIds] },
});
/** Also what is on no list: what they deleted themselves a moment ago, and what they do not want told in here. */
function toCustomer(siteId: string, customerId: string): Filter {
  const recipient = recipientOf("customer", customerId);
  return { siteId, recipient: { $in: [recipient, binOf(recipient), unlistedOf(recipient)] } };
}

/** Removes what anybody was told of some tickets, as part of the open transaction if there is one. @returns how many went */
export async function removeNoticesAbout(siteId: string, ticketIds: readonly string[]): Promise<number> {
  await forgetGatheredAbout(siteId, ticketIds);
  return (await notifications().deleteMany(about(siteId, ticketIds), inSession())).deletedCount;
}

/** Removes whatever a customer was told. @returns how many went */
export async function removeNoticesTo(siteId: string, customerId: string): Promise<number> {
  await forgetGatheredOf(siteId, customerId);
  return (await notifications().deleteMany(toCustomer(siteId, customerId), inSession())).deletedCount;
}

/** How many the two would remove together. */
export const countNoticesOf = (siteId: string, customerId: string, ticketIds: readonly string[]): Promise<number> =>
  notifications().countDocuments({ $or: [about(siteId, ticketIds), toCustomer(siteId, customerId)] });

/** Takes somebody who is to be forgotten out of what was sent to many, and removes what speaks of them. */
export async function forgetBroadcasts(
  siteId: string,
  customerId: string,
  isAbout: (text: string) => boolean,
): Promise<void> {
  for await (const { _id, notice, customerIds } of broadcasts().find({ siteId })) {
    if (isAbout(JSON.stringify(notice))) await broadcasts().deleteOne({ _id, siteId });
    else if (customerIds?.includes(customerId))
      await broadcasts().updateOne({ _id, siteId }, { $pull: { customerIds: customerId } });
  }
}
