import { erasure, erasureInput, erasurePreview, operations, retention } from "@sidedesk/contract";
import { z } from "zod";
import { actorOf } from "../core/caller.ts";
import { accepted, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { eraseCustomer, getErasure, presentErasure, previewErasure } from "./erase-customer.ts";
import { presentOperations } from "./operations.ts";
import { askRetention } from "./retention.ts";

const params = z.strictObject({ id: z.string().min(1).max(128) });

/** What is for owners and admins alone: taking people's things away, and how the desk is doing. */
export const privacyOwnRoutes = [
  route({
    method: "GET",
    path: "/v1/customers/:id/erase",
    summary: "What would go if this customer were erased",
    tag: "Customers",
    callers: ["staff"],
    role: "admin",
    params,
    status: 200,
    output: erasurePreview,
    handle: async ({ caller, params: { id } }) => ok(await previewErasure(caller.siteId, id)),
  }),
  route({
    method: "POST",
    path: "/v1/customers/:id/erase",
    summary: "Erase a customer and all that is kept of them; `confirm` is their address",
    tag: "Customers",
    callers: ["staff"],
    role: "admin",
    params,
    body: erasureInput,
    status: 202,
    output: erasure,
    handle: async ({ caller, params: { id }, body }) =>
      accepted(
        presentErasure(await eraseCustomer({ siteId: caller.siteId, actor: actorOf(caller) }, id, body.confirm)),
      ),
  }),
  route({
    method: "GET",
    path: "/v1/erasures/:id",
    summary: "How an erasure is doing",
    tag: "Customers",
    callers: ["staff"],
    role: "admin",
    params,
    status: 200,
    output: erasure,
    handle: async ({ caller, params: { id } }) => ok(await getErasure(caller.siteId, id)),
  }),
  route({
    method: "GET",
    path: "/v1/operations",
    summary: "Queues, relay lag, connections, storage, versions, retention and erasures",
    tag: "Operations",
    callers: ["staff"],
    role: "admin",
    status: 200,
    output: operations,
    handle: async ({ caller }) => ok(await presentOperations(caller.siteId)),
  }),
  route({
    method: "POST",
    path: "/v1/operations/retention",
    summary: "Run the site's retention now instead of waiting for its daily turn",
    tag: "Operations",
    callers: ["staff"],
    role: "admin",
    status: 202,
    output: retention,
    handle: async ({ caller }) => accepted(await askRetention(caller)),
  }),
];
