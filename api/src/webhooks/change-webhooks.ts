import { mostWebhooks, type AuditAction, type WebhookInput, type WebhookPatch } from "@sidedesk/contract";
import mongoose, { Schema } from "mongoose";
import { audit } from "../core/data/audit.ts";
import { changesBetween } from "../core/data/changes.ts";
import { newId } from "../core/data/ids.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import { AppError } from "../core/errors.ts";
import { record } from "../core/events/record.ts";
import { assertOutboundUrl } from "../core/http/outbound-url.ts";
import { newSecret, withSecret } from "./secrets.ts";
import {
  getWebhook,
  ownerOf,
  webhooks,
  type Owner,
  type WebhookCaller,
  type WebhookDocument,
} from "./webhook.model.ts";

/** @throws AppError 400, 409 limit_reached */
export async function createWebhook(
  caller: WebhookCaller,
  input: WebhookInput,
): Promise<{ webhook: WebhookDocument; secret: string }> {
  const owner = ownerOf(caller);
  const url = await assertOutboundUrl(input.url);
  const secret = newSecret();
  const now = new Date();
  const webhook: WebhookDocument = {
    _id: newId(),
    ...owner,
    url,
    events: input.events,
    description: input.description ?? "",
    schedule: input.schedule ?? null,
    state: "active",
    disabledReason: null,
    secrets: withSecret([], secret),
    failing: null,
    lastSuccessAt: null,
    lastFailureAt: null,
    replay: null,
    createdAt: now,
    updatedAt: now,
  };
  return oneAtATime(owner, async () => {
    const most = owner.customerId === null ? mostWebhooks.site : mostWebhooks.customer;
    if ((await webhooks().countDocuments({ ...owner }, inSession())) >= most)
      throw new AppError("limit_reached", `There may be ${most} endpoints. Delete one first.`);
    await webhooks().insertOne(webhook, inSession());
    await note(caller, "webhook.created", webhook, { after: { events: webhook.events } });
    return { webhook, secret };
  });
}

/** Changes the parts given. What is held or waits follows at once. @throws AppError 400, 404 */
export async function updateWebhook(caller: WebhookCaller, id: string, patch: WebhookPatch): Promise<WebhookDocument> {
  const owner = ownerOf(caller);
  const url = patch.url === undefined ? undefined : await assertOutboundUrl(patch.url);
  return transaction(async () => {
    const before = await getWebhook(owner, id);
    const {
      events = before.events,
      description = before.description,
      schedule = before.schedule,
      active,
      held,
    } = patch;
    const state = active === undefined ? before.state : active ? "active" : "paused";
    const after = { url: url ?? before.url, events, description, schedule, state };
    const isActivated = state === "active" && before.state !== "active";
    const changed = {
      ...after,
      updatedAt: new Date(),
      ...(state === "disabled" ? {} : { disabledReason: null }),
      ...(isActivated ? { failing: null } : {}),
    };
    const {
      url: wasUrl,
      events: wasEvents,
      description: wasDescription,
      schedule: wasSchedule,
      state: wasState,
    } = before;
    const was = { url: wasUrl, events: wasEvents, description: wasDescription, schedule: wasSchedule, state: wasState };
    const changes = changesBetween(was, after);
    if (changes) {
      await webhooks().updateOne({ _id: id }, { $set: changed }, inSession());
      await note(caller, "webhook.changed", before, changes);
    }
    const skipHeld = held === "skip";
    if (state !== before.state || held)
      await record("webhook.state_changed", caller, { webhookId: id, customerId: owner.customerId, skipHeld });
    return changes ? { ...before, ...changed } : before;
  });
}

/** Its deliveries go with it, in the background. @throws AppError 404 */
export function deleteWebhook(caller: WebhookCaller, id: string): Promise<void> {
  const owner = ownerOf(caller);
  return transaction(async () => {
    const webhook = await getWebhook(owner, id);
    await webhooks().deleteOne({ _id: id }, inSession());
    await note(caller, "webhook.deleted", webhook);
    await record("webhook.deleted", caller, { webhookId: id, customerId: owner.customerId });
  });
}

/** A new secret, beside which the present one signs for another day. @throws AppError 404 */
export function rotateSecret(caller: WebhookCaller, id: string): Promise<string> {
  const owner = ownerOf(caller);
  const secret = newSecret();
  return transaction(async () => {
    const webhook = await getWebhook(owner, id);
    const secrets = withSecret(webhook.secrets, secret);
    await webhooks().updateOne({ _id: id }, { $set: { secrets, updatedAt: new Date() } }, inSession());
    await note(caller, "webhook.secret_rotated", webhook);
    return secret;
  });
}

/** The audit is about the site: what customers do with their own endpoints is not in it. */
async function note(
  caller: WebhookCaller,
  action: AuditAction,
  { _id, url }: WebhookDocument,
  sides: { before?: Record<string, unknown>; after?: Record<string, unknown> } = {},
): Promise<void> {
  if (caller.kind === "customer") return;
  await audit(caller, action, { target: { type: "webhook", id: _id, name: new URL(url).host }, ...sides });
}

const gateSchema = new Schema({ _id: String, n: Number }, { collection: "webhook_gates", versionKey: false });
const GateModel = mongoose.model<{ _id: string; n: number }>("WebhookGate", gateSchema);

/** Lets an owner's calls count and insert one after the other: the later one conflicts on the gate, and counts again. */
async function oneAtATime<T>({ siteId, customerId }: Owner, body: () => Promise<T>): Promise<T> {
  const gates = GateModel.db.collection<{ _id: string; n: number }>("webhook_gates");
  const gate = { _id: `${siteId}:${customerId ?? ""}` };
  await gates.updateOne(gate, { $setOnInsert: { n: 0 } }, { upsert: true });
  return transaction(async () => {
    await gates.updateOne(gate, { $inc: { n: 1 } }, inSession());
    return body();
  });
}

/** Forgets that a customer ever had endpoints. */
export const removeGate = async (siteId: string, customerId: string): Promise<void> => {
  await GateModel.db.collection<{ _id: string }>("webhook_gates").deleteOne({ _id: `${siteId}:${customerId}` });
};
