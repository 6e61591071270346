import type { DeliveryQuery, Page, Webhook, WebhookDelivery } from "@sidedesk/contract";
import { decodeCursor, encodeCursor } from "../core/data/page.ts";
import { invalid } from "../core/errors.ts";
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
  const rows = await webhooks()
    .find({ ...ownerOf(caller), ...below })
    .sort({ _id: -1 })
    .limit(limit + 1)
    .toArray();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: await Promise.all(shown.map(presentWebhook)),
    nextCursor: rows.length > limit && last ? encodeCursor([last._id]) : null,
  };
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
  const rows = await deliveries()
    .find({
      webhookId,
      // A single state has an index of its own where there are few of it.
      ...(states.length === 1 ? { state: states[0]! } : states.length > 1 ? { state: { $in: states } } : {}),
      ...(query.type ? { eventType: { $in: query.type } } : {}),
      ...(query.cursor ? below(query.cursor) : {}),
    })
    .sort({ createdAt: -1, _id: -1 })
    .limit(limit + 1)
    .toArray();
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  return {
    data: shown.map(presentDelivery),
    nextCursor: rows.length > limit && last ? encodeCursor([last.createdAt.getTime(), last._id]) : null,
  };
}

/** As states are shown: see presentDelivery. What was called off goes with its endpoint, and is not looked for. */
const storedAs = (state: WebhookDelivery["state"]): DeliveryDocument["state"][] =>
  state === "pending" ? ["pending", "inflight"] : [state];

function below(cursor: string) {
  const [time, id] = decodeCursor(cursor, ["n", "s"]);
  const at = new Date(Number(time));
  if (Number.isNaN(at.getTime())) throw invalid("cursor", "Take it from `nextCursor` of the page before.");
  return { createdAt: { $lte: at }, $or: [{ createdAt: { $lt: at } }, { _id: { $lt: String(id) } }] };
}
