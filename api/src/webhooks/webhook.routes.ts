import {
  deliveryOutput,
  deliveryPage,
  deliveryQuery,
  pageQuery,
  replayInput,
  replayOutput,
  webhookCreated,
  webhookEventTypes,
  webhookFigures,
  webhookInput,
  webhookOutput,
  webhookPage,
  webhookPatch,
  webhookSecret,
  webhookTestOutput,
} from "@sidedesk/contract";
import { z } from "zod";
import { accepted, created, noContent, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { createWebhook, deleteWebhook, rotateSecret, updateWebhook } from "./change-webhooks.ts";
import { listEventTypes } from "./event-types.ts";
import { listDeliveries, listWebhooks } from "./list-webhooks.ts";
import { replaySince } from "./replay-webhook.ts";
import { retryDelivery, sendTest } from "./send-again.ts";
import { getWebhook, ownerOf } from "./webhook.model.ts";
import { presentWebhook } from "./webhook.presenter.ts";
import { readFigures } from "./webhook-figures.ts";

const path = "/v1/webhooks";
const params = z.strictObject({ id: z.string().min(1).max(128) });
/** Of staff only those who look after the site. */
const common = { tag: "Webhooks", callers: ["customer", "staff", "server"], role: "admin" } as const;

export const webhookRoutes = [
  // Before the endpoints: `event-types` is not the id of one.
  route({
    ...common,
    method: "GET",
    path: `${path}/event-types`,
    summary: "The types of events, with JSON Schema and example",
    status: 200,
    output: webhookEventTypes,
    handle: () => ok({ data: listEventTypes(), nextCursor: null }),
  }),
  route({
    ...common,
    method: "GET",
    path,
    summary: "Your endpoints: a customer's own, or the site's",
    query: z.strictObject(pageQuery),
    status: 200,
    output: webhookPage,
    handle: async ({ caller, query }) => ok(await listWebhooks(caller, query)),
  }),
  route({
    ...common,
    method: "POST",
    path,
    summary: "Add an endpoint; its secret is shown this once",
    body: webhookInput,
    status: 201,
    output: webhookCreated,
    errors: ["url_not_allowed", "limit_reached"],
    handle: async ({ caller, body }) => {
      const { webhook, secret } = await createWebhook(caller, body);
      return created({ ...(await presentWebhook(webhook)), secret });
    },
  }),
  route({
    ...common,
    method: "GET",
    path: `${path}/:id`,
    summary: "One endpoint, and how it does",
    params,
    status: 200,
    output: webhookOutput,
    handle: async ({ caller, params: { id } }) => ok(await presentWebhook(await getWebhook(ownerOf(caller), id))),
  }),
  route({
    ...common,
    method: "PATCH",
    path: `${path}/:id`,
    summary: "Change an endpoint, pause it, or make it active again",
    params,
    body: webhookPatch,
    status: 200,
    output: webhookOutput,
    errors: ["url_not_allowed"],
    handle: async ({ caller, params: { id }, body }) => ok(await presentWebhook(await updateWebhook(caller, id, body))),
  }),
  route({
    ...common,
    method: "DELETE",
    path: `${path}/:id`,
    summary: "Delete an endpoint with its log",
    params,
    status: 204,
    handle: async ({ caller, params: { id } }) => {
      await deleteWebhook(caller, id);
      return noContent();
    },
  }),
  route({
    ...common,
    method: "POST",
    path: `${path}/:id/rotate-secret`,
    summary: "A new secret; the old one signs beside it for 24 hours",
    params,
    status: 200,
    output: webhookSecret,
    handle: async ({ caller, params: { id } }) => ok({ secret: await rotateSecret(caller, id) }),
  }),
  route({
    ...common,
    method: "POST",
    path: `${path}/:id/test`,
    summary: "Send a test event to an endpoint",
    params,
    status: 202,
    output: webhookTestOutput,
    handle: async ({ caller, params: { id } }) => accepted({ eventId: await sendTest(caller, id) }),
  }),
  route({
    ...common,
    method: "POST",
    path: `${path}/:id/replay`,
    summary: "Send everything since a moment again, and what was never sent",
    params,
    body: replayInput,
    status: 202,
    output: replayOutput,
    handle: async ({ caller, params: { id }, body }) =>
      accepted({ count: await replaySince(caller, id, new Date(body.since)) }),
  }),
  route({
    ...common,
    method: "GET",
    path: `${path}/:id/figures`,
    summary: "How an endpoint did in the last 24 hours",
    params,
    status: 200,
    output: webhookFigures,
    handle: async ({ caller, params: { id } }) => ok(await readFigures(caller, id)),
  }),
  route({
    ...common,
    method: "GET",
    path: `${path}/:id/deliveries`,
    summary: "What was sent to an endpoint, every attempt, newest first",
    params,
    query: deliveryQuery,
    status: 200,
    output: deliveryPage,
    handle: async ({ caller, params: { id }, query }) => ok(await listDeliveries(caller, id, query)),
  }),
  route({
    ...common,
    method: "POST",
    path: `${path}/deliveries/:id/retry`,
    summary: "Send one delivery again, now",
    params,
    status: 202,
    output: deliveryOutput,
    errors: ["conflict"],
    handle: async ({ caller, params: { id } }) => accepted(await retryDelivery(caller, id)),
  }),
];
