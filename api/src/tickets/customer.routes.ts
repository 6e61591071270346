import { customerDetail as customerDetailOutput, customerPage, customerPatch, customerQuery } from "@sidedesk/contract";
import { z } from "zod";
import { listCustomers, updateCustomer } from "../accounts/index.ts";
import { ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { customerDetail } from "./customer-history.ts";

const tag = "Customers";
const params = z.strictObject({ id: z.string().min(1).max(128) });

/** Customers as staff see them. Here and not in accounts, because one is shown with what they asked. */
export const customerRoutes = [
  route({
    method: "GET",
    path: "/v1/customers",
    summary: "Customers, newest first; `q` finds beginnings of names, addresses and the host's ids",
    tag,
    callers: ["staff", "server"],
    query: customerQuery,
    status: 200,
    output: customerPage,
    handle: async ({ caller, query }) => ok(await listCustomers(caller.siteId, query)),
  }),
  route({
    method: "GET",
    path: "/v1/customers/:id",
    summary: "One customer, with how much they asked and the latest of it",
    tag,
    callers: ["staff", "server"],
    params,
    status: 200,
    output: customerDetailOutput,
    handle: async ({ caller, params: { id } }) => ok(await customerDetail(caller, id)),
  }),
  route({
    method: "PATCH",
    path: "/v1/customers/:id",
    summary: "Change name, address or staff's notes",
    tag,
    callers: ["staff", "server"],
    params,
    body: customerPatch,
    status: 200,
    output: customerDetailOutput,
    errors: ["conflict"],
    handle: async ({ caller, params: { id }, body }) => {
      await updateCustomer(caller, id, body);
      return ok(await customerDetail(caller, id));
    },
  }),
];
