import type { WebhookState } from "@sidedesk/contract";
import mongoose, { Schema, type mongo } from "mongoose";
import type { CustomerCaller, ServerCaller, StaffCaller } from "../core/caller.ts";
import { batched } from "../core/data/batched.ts";
import { loadById } from "../core/data/load-by-id.ts";
import { inSession } from "../core/data/transaction.ts";
import { notFound } from "../core/errors.ts";

/** An unbroken row of failed attempts. */
export interface Failing {
  since: Date;
  /** Different events among them, and when the first and the last of them first failed. */
  events: number;
  firstEventAt: Date;
  lastEventAt: Date;
  /** What its owner was told of it already. */
  told: { exhausted?: true; halfway?: true };
}
export interface WebhookDocument {
  _id: string;
  siteId: string;
  /** Whose it is; null for the site's own. */
  customerId: string | null;
  url: string;
  events: string[];
  description: string;
  /** Null for the usual one. */
  schedule: number[] | null;
  state: WebhookState;
  disabledReason: string | null;
  /** Encrypted, the newest first; older ones sign until their time is over. */
  secrets: { sealed: string; until: Date | null }[];
  failing: Failing | null;
  lastSuccessAt: Date | null;
  lastFailureAt: Date | null;
  replay: { id: string; since: Date; done: number; total: number; finished: boolean } | null;
  createdAt: Date;
  updatedAt: Date;
}

const schema = new Schema<WebhookDocument>(
  { _id: String, siteId: String },
  { collection: "webhooks", versionKey: false, strict: false, minimize: false },
);
schema.index({ siteId: 1, customerId: 1, _id: -1 }); // an owner's list; fan-out: findMatching
const WebhookModel = mongoose.model<WebhookDocument>("Webhook", schema);
export const webhooks = (): mongo.Collection<WebhookDocument> =>
  WebhookModel.db.collection<WebhookDocument>("webhooks");

/** Whoever may have endpoints: customers their own, and whoever looks after the site the site's. */
export type WebhookCaller = CustomerCaller | StaffCaller | ServerCaller;
export type Owner = Pick<WebhookDocument, "siteId" | "customerId">;
export const ownerOf = (caller: WebhookCaller): Owner => ({
  siteId: caller.siteId,
  customerId: caller.kind === "customer" ? caller.customerId : null,
});

/** @throws AppError 404, also for another owner's */
export async function getWebhook(owner: Owner, id: string): Promise<WebhookDocument> {
  const { siteId, customerId } = owner;
  const found = await webhooks().findOne({ _id: id, siteId, customerId }, inSession());
  if (!found) throw notFound("webhook");
  return found;
}

/** For jobs, read together with what others ask for. Not to be changed: it may be shared. */
export const loadWebhook = loadById(webhooks);

export type Listener = Pick<WebhookDocument, "_id" | "siteId" | "customerId" | "events" | "state">;
const projection = { siteId: 1, customerId: 1, events: 1, state: 1 } as const;

/** The endpoints of a site, and of one of its customers, as they are now. What is asked for at the same time is read together. */
export const loadListeners = batched(500, async (owners: Owner[]): Promise<Listener[][]> => {
  const sites = [...new Set(owners.map(({ siteId }) => siteId))];
  const customers = [...new Set(owners.map(({ customerId }) => customerId)), null];
  const found = await webhooks()
    .find({ siteId: { $in: sites }, customerId: { $in: customers } }, { projection })
    .toArray();
  return owners.map(({ siteId, customerId }) =>
    found.filter((one) => one.siteId === siteId && (one.customerId === null || one.customerId === customerId)),
  );
});
