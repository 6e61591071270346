import { createECDH } from "node:crypto";
import type { PushDevice, PushDevices, PushInput } from "@sidedesk/contract";
import { config } from "../core/config.ts";
import { AppError, invalid, notFound } from "../core/errors.ts";
import { assertOutboundUrl } from "../core/http/outbound-url.ts";
import { personOf, type Person } from "../notifications/index.ts";
import { vapidPublicKey } from "../sites/index.ts";
import {
  expiryOf,
  hashOf,
  seal,
  subscriptionId,
  subscriptions,
  type SubscriptionDocument,
} from "./subscription.model.ts";

/** Has a browser told of the caller's notices, and of nobody else's any more. @throws AppError 400, 409 */
export async function subscribe(caller: Person, { endpoint, keys, expirationTime }: PushInput): Promise<PushDevice> {
  const { siteId, recipient } = personOf(caller);
  const address = await assertOutboundUrl(endpoint, "endpoint");
  assertPoint(keys.p256dh);
  const now = new Date();
  if (expirationTime != null && expirationTime <= now.getTime())
    throw invalid("expirationTime", "This subscription has ended.");
  const _id = subscriptionId(siteId, address);
  const endpointHash = hashOf(address);
  // Whoever sat here before is told nothing here any more, on whichever site it was.
  await subscriptions().deleteMany({ endpointHash, recipient: { $ne: recipient } });
  const sealed = seal({ endpoint: address, keys });
  const { host } = new URL(address);
  const kept = await subscriptions().findOneAndUpdate(
    { _id },
    {
      $set: { siteId, recipient, endpointHash, sealed, host, seenAt: now, expireAt: expiryOf(now, expirationTime) },
      $setOnInsert: { createdAt: now },
    },
    { upsert: true, returnDocument: "after", includeResultMetadata: true },
  );
  if (kept.lastErrorObject?.["upserted"]) await assertRoom(siteId, recipient, _id);
  return present(kept.value!);
}

/** Counts after it was added, so that two at once are not both let in. */
async function assertRoom(siteId: string, recipient: SubscriptionDocument["recipient"], _id: string): Promise<void> {
  const most = config().SIDEDESK_LIMIT_PUSH_DEVICES;
  if ((await subscriptions().countDocuments({ siteId, recipient })) <= most) return;
  await subscriptions().deleteOne({ _id, recipient });
  throw new AppError("limit_reached", `There may be ${most} browsers. Switch one of the others off first.`);
}

/** @throws AppError 404 */
export async function unsubscribe(caller: Person, endpoint: string): Promise<void> {
  const { siteId, recipient } = personOf(caller);
  const _id = subscriptionId(siteId, endpoint);
  const { deletedCount } = await subscriptions().deleteOne({ _id, siteId, recipient });
  if (deletedCount === 0) throw notFound("browser");
}

/** The caller's browsers, and what another would subscribe with. */
export async function listDevices(caller: Person): Promise<PushDevices> {
  const { siteId, recipient } = personOf(caller);
  const [publicKey, found] = await Promise.all([
    vapidPublicKey(),
    subscriptions().find({ siteId, recipient }).sort({ createdAt: 1 }).toArray(),
  ]);
  return { vapidPublicKey: publicKey, devices: found.map(present) };
}

/** What is no point of the curve could never be written to. */
function assertPoint(p256dh: string): void {
  try {
    const own = createECDH("prime256v1");
    own.generateKeys();
    own.computeSecret(Buffer.from(p256dh, "base64url"));
  } catch {
    throw invalid("keys.p256dh", "This is not a browser's public key.");
  }
}

const present = ({ _id, host, createdAt, seenAt }: SubscriptionDocument): PushDevice => ({
  id: _id,
  host,
  createdAt: createdAt.toISOString(),
  seenAt: seenAt.toISOString(),
});
