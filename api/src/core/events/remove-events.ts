import { inSession } from "../data/transaction.ts";
import { events } from "./event.model.ts";

/** Removes what was recorded of some tickets, pending or not, as part of the open transaction: nothing follows from it any more. */
export async function removeEventsOfTickets(siteId: string, ticketIds: readonly string[]): Promise<void> {
  await events().deleteMany({ "data.ticketId": { $in: [...ticketIds] }, siteId }, inSession());
}

/** Removes what was recorded of a customer's own details and costs, and what the owner's systems published about them. */
export async function removeEventsOfCustomer(siteId: string, customerId: string): Promise<void> {
  for (const type of ["customer.updated", "event.published", "budget.alert", "cost.anomaly"] as const)
    await events().deleteMany({ type, "data.customerId": customerId, siteId }, inSession());
}
