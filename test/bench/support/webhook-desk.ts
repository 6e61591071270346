import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { deliveryId, type DeliveryDocument } from "../../../api/src/webhooks/delivery.model.ts";
import { newSecret, withSecret } from "../../../api/src/webhooks/secrets.ts";
import type { WebhookDocument } from "../../../api/src/webhooks/webhook.model.ts";

export const newId = (): string => randomBytes(12).toString("hex");

export interface Receiver {
  url: string;
  /** Requests so far. */
  count(): number;
  /** When the first and the last came, since the last reset. */
  times(): { first: number; last: number };
  /** When each came, by path and event. */
  arrived: Map<string, number>;
  /** Paths that take a request and never answer. */
  dead: Set<string>;
  reset(): void;
  close(): void;
}

/** A receiver on 127.0.0.1 that answers at once. */
export async function startReceiver(): Promise<Receiver> {
  const arrived = new Map<string, number>();
  const dead = new Set<string>();
  let count = 0;
  let first = 0;
  let last = 0;
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      count += 1;
      last = performance.now();
      if (count === 1) first = last;
      const path = request.url ?? "";
      const key = `${path} ${String(request.headers["webhook-id"])}`;
      if (!arrived.has(key)) arrived.set(key, last);
      if (!dead.has(path)) response.writeHead(204).end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    count: () => count,
    times: () => ({ first, last }),
    arrived,
    dead,
    reset: () => {
      count = 0;
      arrived.clear();
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

/** So many endpoints at a receiver, each at a path of its number, so many to a site. */
export function endpointsAt(url: string, count: number, perSite: number, event: string): WebhookDocument[] {
  return Array.from({ length: count }, (_none, index) => ({
    _id: `endpoint-${index}`,
    siteId: `site-${Math.floor(index / perSite)}`,
    customerId: null,
    url: `${url}/${index}`,
    events: [event],
    description: "",
    schedule: null,
    state: "active",
    disabledReason: null,
    secrets: withSecret([], newSecret()),
    failing: null,
    lastSuccessAt: null,
    lastFailureAt: null,
    replay: null,
    createdAt: new Date(),
    updatedAt: new Date(),
  }));
}

/** About as long as a ticket is. */
export const bodyOf = (id: string): string =>
  JSON.stringify({ id, type: "ticket.created", timestamp: new Date(), data: { text: "x".repeat(1500) } });

/** A delivery as fan-out makes it. */
export function deliveryTo({ _id: webhookId, siteId }: WebhookDocument, nextAttemptAt: Date): DeliveryDocument {
  const eventId = newId();
  return {
    _id: deliveryId(eventId, webhookId),
    siteId,
    webhookId,
    eventId,
    eventType: "ticket.created",
    eventAt: new Date(),
    body: bodyOf(eventId),
    about: [newId(), newId()],
    attempts: [],
    createdAt: new Date(),
    state: "pending",
    attempt: 0,
    failures: 0,
    nextAttemptAt,
  };
}
