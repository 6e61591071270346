import type {
  DeliveryState,
  Page,
  Webhook,
  WebhookDelivery,
  WebhookEventType,
  WebhookFigures,
  WebhookInput,
  WebhookPatch,
  WebhookWithSecret,
} from "@sidedesk/contract";
import { at, type CallOptions, type Http } from "./http.ts";
import type { PageOptions } from "./tickets.ts";

export interface DeliveryFilter extends PageOptions {
  state?: readonly DeliveryState[];
  /** Types of events. */
  type?: readonly string[];
}

/** Endpoints that are told of events: a customer's own, or the site's for those who look after it. */
export const webhooksApi = (http: Http) => ({
  /** What there is to listen to, with JSON Schema and example. */
  eventTypes: (call?: CallOptions) => http<{ data: WebhookEventType[] }>("GET", "/v1/webhooks/event-types", call),
  list: (page?: PageOptions, call?: CallOptions) =>
    http<Page<Webhook>>("GET", "/v1/webhooks", { ...call, query: page }),
  get: (id: string, call?: CallOptions) => http<Webhook>("GET", `/v1/webhooks/${at(id)}`, call),
  /** The answer holds the secret, this once. */
  create: (input: WebhookInput, call?: CallOptions) =>
    http<WebhookWithSecret>("POST", "/v1/webhooks", { ...call, body: input }),
  update: (id: string, patch: WebhookPatch, call?: CallOptions) =>
    http<Webhook>("PATCH", `/v1/webhooks/${at(id)}`, { ...call, body: patch }),
  remove: (id: string, call?: CallOptions) => http<null>("DELETE", `/v1/webhooks/${at(id)}`, call),
  /** For a day the old secret signs beside the new one. */
  rotateSecret: (id: string, call?: CallOptions) =>
    http<{ secret: string }>("POST", `/v1/webhooks/${at(id)}/rotate-secret`, call),
  test: (id: string, call?: CallOptions) => http<{ eventId: string }>("POST", `/v1/webhooks/${at(id)}/test`, call),
  /** How far it has come stands in the endpoint's `replay`. */
  replay: (id: string, since: string, call?: CallOptions) =>
    http<{ count: number }>("POST", `/v1/webhooks/${at(id)}/replay`, { ...call, body: { since } }),
  /** How it did in the last 24 hours. */
  figures: (id: string, call?: CallOptions) => http<WebhookFigures>("GET", `/v1/webhooks/${at(id)}/figures`, call),
  deliveries: (id: string, filter?: DeliveryFilter, call?: CallOptions) =>
    http<Page<WebhookDelivery>>("GET", `/v1/webhooks/${at(id)}/deliveries`, { ...call, query: filter }),
  retry: (deliveryId: string, call?: CallOptions) =>
    http<WebhookDelivery>("POST", `/v1/webhooks/deliveries/${at(deliveryId)}/retry`, call),
});
export type WebhooksApi = ReturnType<typeof webhooksApi>;
