import type { CustomerDetail } from "@sidedesk/contract";
import { ticketStatuses, isOpenStatus } from "@sidedesk/contract/lifecycle";
import { getCustomer, presentProfile } from "../accounts/index.ts";
import { presentRows } from "./list-tickets.ts";
import { rowFields, tickets } from "./ticket.model.ts";
import type { TicketCaller } from "./ticket.policy.ts";

const mostRecent = 10;
const open = ticketStatuses.filter(isOpenStatus);

/** A customer with what they asked so far. All of it runs along the index of a customer's own tickets. @throws AppError 404 */
export async function customerDetail(caller: TicketCaller, id: string): Promise<CustomerDetail> {
  const { siteId } = caller;
  const customer = await getCustomer(siteId, id);
  const theirs = { siteId, "customer.id": id };
  const [total, openCount, rows, [first]] = await Promise.all([
    tickets().countDocuments(theirs),
    tickets().countDocuments({ ...theirs, status: { $in: open } }),
    tickets().find(theirs, { projection: rowFields }).sort({ createdAt: -1, _id: -1 }).limit(mostRecent).toArray(),
    tickets()
      .find(theirs, { projection: { createdAt: 1 } })
      .sort({ createdAt: 1, _id: 1 })
      .limit(1)
      .toArray(),
  ]);
  return {
    ...presentProfile(customer),
    tickets: {
      total,
      open: openCount,
      firstAt: first?.createdAt.toISOString() ?? null,
      lastAt: rows[0]?.createdAt.toISOString() ?? null,
    },
    recentTickets: await presentRows(rows, caller),
  };
}
