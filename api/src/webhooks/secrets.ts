import { createHmac, createSecretKey, randomBytes, type KeyObject } from "node:crypto";
import { decrypt, encrypt } from "../core/data/secrets.ts";
import type { WebhookDocument } from "./webhook.model.ts";

const overlapMs = 24 * 3_600_000;
const mostSigning = 5;
const prefix = "whsec_";

/** A new secret as its owner sees it, once. */
export const newSecret = (): string => prefix + randomBytes(32).toString("base64");

/** The list of secrets with a new one in front; the others sign for another day, or for what is left of theirs. */
export function withSecret(secrets: WebhookDocument["secrets"], secret: string): WebhookDocument["secrets"] {
  const until = new Date(Date.now() + overlapMs);
  const older = valid(secrets).map((one) => ({ sealed: one.sealed, until: one.until ?? until }));
  return [{ sealed: encrypt(secret), until: null }, ...older].slice(0, mostSigning);
}

const mostKeys = 2000;
const keys = new Map<string, KeyObject>();
/** Opened once and kept in memory: each of an endpoint's deliveries is signed with it. */
function keyOf(sealed: string): KeyObject {
  let key = keys.get(sealed);
  if (!key) {
    key = createSecretKey(Buffer.from(decrypt(sealed).slice(prefix.length), "base64"));
    if (keys.size >= mostKeys) keys.clear();
    keys.set(sealed, key);
  }
  return key;
}

/** The header `webhook-signature` by Standard Webhooks: one signature for each secret in force, the newest first. */
export function signatures(secrets: WebhookDocument["secrets"], id: string, timestamp: number, body: Buffer): string {
  return valid(secrets)
    .map(
      ({ sealed }) =>
        `v1,${createHmac("sha256", keyOf(sealed)).update(`${id}.${timestamp}.`).update(body).digest("base64")}`,
    )
    .join(" ");
}

/** Until when the last secret before the present one signs; null when only the present one does. */
export const oldSecretUntil = (secrets: WebhookDocument["secrets"]): Date | null => valid(secrets)[1]?.until ?? null;

const valid = (secrets: WebhookDocument["secrets"]): WebhookDocument["secrets"] =>
  secrets.filter(({ until }) => until === null || until.getTime() > Date.now());
