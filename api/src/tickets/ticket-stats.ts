import type { CustomerStats } from "@sidedesk/contract";
import type { mongo } from "mongoose";
import type { CustomerCaller } from "../core/caller.ts";
import { tickets } from "./ticket.model.ts";

const countIf = (condition: mongo.Document): mongo.Document => ({ $sum: { $cond: [condition, 1, 0] } });
const isOpen = { $not: [{ $in: ["$status", ["resolved", "closed"]] }] };

/** A customer's own figures. */
export async function customerStats({ siteId, customerId }: CustomerCaller): Promise<CustomerStats> {
  const [row] = await tickets()
    .aggregate<CustomerStats>([
      { $match: { siteId, "customer.id": customerId } },
      {
        $group: {
          _id: null,
          total: { $sum: 1 },
          open: countIf(isOpen),
          waitingForMe: countIf({ $eq: ["$status", "waiting_customer"] }),
        },
      },
      { $project: { _id: 0, total: 1, open: 1, waitingForMe: 1, resolved: { $subtract: ["$total", "$open"] } } },
    ])
    .toArray();
  return row ?? { total: 0, open: 0, waitingForMe: 0, resolved: 0 };
}
