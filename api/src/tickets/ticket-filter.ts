import type { TicketQuery } from "@sidedesk/contract";
import type { mongo } from "mongoose";
import { findCustomerIds } from "../accounts/index.ts";
import { priorityRank, type TicketDocument } from "./ticket.model.ts";
import { ownOnly, type TicketCaller } from "./ticket.policy.ts";

export type TicketFilter = mongo.Filter<TicketDocument>;
type Filters = Pick<TicketQuery, "status" | "priority" | "category" | "assignee" | "team" | "tag" | "customer">;

/** The list's filters as one query; a customer's is always narrowed to their own. Values reach MongoDB as values only. */
export async function filterOf(caller: TicketCaller, query: Filters): Promise<TicketFilter> {
  const own = ownOnly(caller);
  const all: TicketFilter[] = [];
  const among = (field: string, values: readonly (string | number | null)[] | undefined) => {
    if (values) all.push({ [field]: values.length === 1 ? values[0] : { $in: values } });
  };
  among("status", query.status);
  among("priorityRank", query.priority?.map(priorityRank));
  among("category", query.category);
  among(
    "tags",
    query.tag?.map((tag) => tag.toLowerCase()),
  );
  // `none` asks for a missing id, which MongoDB finds as null. `me` is nobody for whoever cannot be assigned.
  among(
    "assignee.id",
    query.assignee?.map((value) =>
      value === "none" ? null : value === "me" ? (caller.kind === "staff" ? caller.staffId : "me") : value,
    ),
  );
  among(
    "team.id",
    query.team?.map((value) => (value === "none" ? null : value)),
  );
  if (query.customer) all.push(await customerIn(caller.siteId, query.customer));
  return { siteId: caller.siteId, ...(own ? { "customer.id": own } : {}), ...(all.length > 0 ? { $and: all } : {}) };
}

/** Customers by id, by the host's id, or by address. */
async function customerIn(siteId: string, values: readonly string[]): Promise<TicketFilter> {
  const emails = values.filter((value) => value.includes("@")).map((value) => value.toLowerCase());
  const ids = [...values.filter((value) => !value.includes("@")), ...(await findCustomerIds(siteId, values))];
  if (emails.length === 0) return { "customer.id": { $in: ids } };
  if (ids.length === 0) return { "customer.email": { $in: emails } };
  return { $or: [{ "customer.id": { $in: ids } }, { "customer.email": { $in: emails } }] };
}
