import type { DomainEvent } from "@sidedesk/contract";
import { findStaff } from "../accounts/index.ts";
import { inSession } from "../core/data/transaction.ts";
import { recipientOf } from "../notifications/index.ts";
import { pushes } from "./push.model.ts";
import { subscriptions } from "./subscription.model.ts";

/** Removes what was, or is to be, pushed about some tickets, as part of the open transaction if there is one. */
export async function removePushesAbout(siteId: string, ticketIds: readonly string[]): Promise<void> {
  await pushes().deleteMany({ siteId, ticketId: { $in: [...ticketIds] } }, inSession());
}

/** Removes a customer's browsers, and all that went to them. */
export async function removePushesTo(siteId: string, customerId: string): Promise<void> {
  const theirs = { siteId, recipient: recipientOf("customer", customerId) };
  await subscriptions().deleteMany(theirs);
  await pushes().deleteMany(theirs);
}

/** Who was removed or disabled is told nothing more; a viewer still is. */
export async function removeBrowsersOfStaff({ siteId, data: { staffId } }: DomainEvent<"staff.left">): Promise<void> {
  if (await findStaff(siteId, staffId)) return;
  await subscriptions().deleteMany({ siteId, recipient: recipientOf("staff", staffId) });
}
