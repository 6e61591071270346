import type { DeliveryQuery, Page, Webhook, WebhookDelivery } from "@sidedesk/contract";
import { beyond, decodeCursor, encodeCursor, pageOf, readTimeCursor, timeCursor } from "../core/data/page.ts";
import { deliveries, type DeliveryDocument } from "./delivery.model.ts";
import { getWebhook, ownerOf, webhooks, type WebhookCaller } from "./webhook.model.ts";
import { presentDelivery, presentWebhook } from "./webhook.presenter.ts";

interface PageQuery {
  limit?: number | undefined;
  cursor?: string | undefined;
}

/** An owner's endpoints, newest first. */
export async function listWebhooks(caller: WebhookCaller, { limit = 50, cursor }: PageQuery): Promise<Page<Webhook>> {
  const below = cursor ? { _id: { $lt: String(decodeCursor(cursor, ["s"])[0]) } } : {};
  const found = await webhooks()
    .find({ ...ownerOf(caller), ...below })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .toArray();
  const { rows, nextCursor } = pageOf(found, limit, ({ _id }) => encodeCursor([_id]));
  return { data: await Promise.all(rows.map(presentWebhook)), nextCursor };
}

/** One page of an endpoint's log, newest first. @throws AppError 400, 404 */
export async function listDeliveries(
  caller: WebhookCaller,
  webhookId: string,
  query: DeliveryQuery,
): Promise<Page<WebhookDelivery>> {
  await getWebhook(ownerOf(caller), webhookId);
  const limit = query.limit ?? 50;
  const states = query.state?.flatMap(storedAs) ?? [];
  const found = await deliveries()
    .find({
      webhookId,
      // A single state has an index of its own where there are few of it.
      ...(states.length === 1 ? { state: states[0]! } : states.length > 1 ? { state: { $in: states } } : {}),
      ...(query.type ? { eventType: { $in: query.type } } : {}),
      ...beyond<DeliveryDocument>("createdAt", -1, readTimeCursor(query.cursor)),
    })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  const { rows, nextCursor } = pageOf(found, limit, ({ createdAt, _id }) => timeCursor(createdAt, _id));
  return { data: rows.map(presentDelivery), nextCursor };
}

/** As states are shown: see presentDelivery. What was called off goes with its endpoint, and is not looked for. */
const storedAs = (state: WebhookDelivery["state"]): DeliveryDocument["state"][] =>
  state === "pending" ? ["pending", "inflight"] : [state];
