import type { DomainEvent } from "@sidedesk/contract";
import { serverNow } from "../core/data/server-time.ts";
import { ledgerTable, missingIn, noteMade } from "../core/events/made.ts";
import { payloadOf, type Audience } from "../core/events/payload.ts";
import { newJobState } from "../core/jobs/job-state.ts";
import { storesWork } from "../core/jobs/store-work.ts";
import { deliverJob } from "./deliver.job.ts";
import { deliveries, deliveryId, type DeliveryDocument } from "./delivery.model.ts";
import { releaseIfActive } from "./hold-deliveries.ts";
import { loadListeners, webhooks, type Listener } from "./webhook.model.ts";

/** Makes one delivery for each endpoint that listens to an event, once however often it is called. */
export async function fanOut(event: DomainEvent): Promise<void> {
  const customerId = customerOf(event);
  const name = nameOf(event);
  const listeners = (await loadListeners({ siteId: event.siteId, customerId })).filter(({ events }) =>
    events.includes(name),
  );
  await makeDeliveries(event, listeners);
}

/** The same for given endpoints. @returns how many had something to be told */
export async function makeDeliveries(event: DomainEvent, listeners: readonly Listener[]): Promise<number> {
  if (listeners.length === 0) return 0;
  const bodies = new Map<Audience, string | null>();
  const made: DeliveryDocument[] = [];
  for (const listener of listeners) {
    const audience = listener.customerId === null ? "staff" : "customer";
    if (!bodies.has(audience)) bodies.set(audience, await bodyOf(event, audience));
    const body = bodies.get(audience);
    if (!body) continue;
    made.push(compose(event, listener, body));
    noteMade(event.id, "delivery", `${deliveryId(event.id, listener._id)}@${listener._id}`);
  }
  await Promise.all(made.map(store));
  const held = made.filter(({ state }) => state === "held").map(({ webhookId }) => webhookId);
  if (held.length > 0) await releaseIfActive(held);
  return made.length;
}

/** Deliveries leave with their endpoint; any other is missed. */
ledgerTable("delivery", async (noted) => {
  const [ids, webhookIds] = [0, 1].map((part) => noted.map((one) => one.split("@")[part]!)) as [string[], string[]];
  const [lost, gone] = await Promise.all([
    missingIn(deliveries(), ids),
    missingIn(webhooks(), [...new Set(webhookIds)]),
  ]);
  return noted.filter((_one, index) => lost.includes(ids[index]!) && !gone.includes(webhookIds[index]!));
});

/** A delivery as it begins: due at once, or held. */
export function compose(
  event: Pick<DomainEvent, "id" | "siteId" | "occurredAt"> & { name?: string } & Partial<DomainEvent>,
  { _id: webhookId, state }: Pick<Listener, "_id" | "state">,
  body: string,
): DeliveryDocument {
  // A second back, so that it is due by the database's clock in any case; in turn, since what has waited longest goes first.
  const { nextAttemptAt, ...fresh } = newJobState(new Date(serverNow().getTime() - 1000));
  return {
    _id: deliveryId(event.id, webhookId),
    siteId: event.siteId,
    webhookId,
    eventId: event.id,
    eventType: event.name ?? nameOf(event as DomainEvent),
    eventAt: event.occurredAt,
    body,
    about: event.data ? aboutOf(event as DomainEvent) : [],
    attempts: [],
    createdAt: new Date(),
    ...fresh,
    ...(state === "active"
      ? { nextAttemptAt: nextAttemptAt! }
      : { state: "held", lastError: { message: heldBecause(state), at: new Date() } }),
  };
}

export const heldBecause = (state: Listener["state"]): string => `The endpoint is ${state}.`;

async function bodyOf(event: DomainEvent, audience: Audience): Promise<string | null> {
  const data =
    event.type === "event.published"
      ? (event as DomainEvent<"event.published">).data.data
      : await payloadOf(event, audience);
  return data && JSON.stringify({ id: event.id, type: nameOf(event), timestamp: event.occurredAt.toISOString(), data });
}

/** The name it goes by outside: an owner's own event has its own. */
export const nameOf = (event: DomainEvent): string =>
  event.type === "event.published" ? (event as DomainEvent<"event.published">).data.name : event.type;

/** The customer whose own matter it is. */
function customerOf({ data }: DomainEvent): string | null {
  if ("recipient" in data) return data.recipient.kind === "customer" ? data.recipient.id : null;
  return "customerId" in data ? data.customerId : null;
}

const aboutOf = (event: DomainEvent): string[] =>
  ["ticketId" in event.data ? event.data.ticketId : null, customerOf(event)].filter((id) => id !== null);

const store = storesWork<DeliveryDocument>(deliverJob);
