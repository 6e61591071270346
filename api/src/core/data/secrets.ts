import { createCipheriv, createDecipheriv, createHash, hkdfSync, randomBytes } from "node:crypto";
import { config } from "../config.ts";

const keys = new Map<string, Buffer>();

/** A 256-bit key for one purpose, derived by HKDF-SHA-256 (RFC 5869) from SIDEDESK_SECRET. */
export function derivedKey(purpose: string): Buffer {
  let key = keys.get(purpose);
  if (!key) {
    key = Buffer.from(hkdfSync("sha256", config().SIDEDESK_SECRET, "sidedesk", purpose, 32));
    keys.set(purpose, key);
  }
  return key;
}

/** Encrypts text at rest: AES-256-GCM, `base64url(iv | tag | ciphertext)`. */
export function encrypt(plain: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", derivedKey("at-rest"), iv);
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString("base64url");
}

/** @throws Error when the text was changed or SIDEDESK_SECRET is another one. */
export function decrypt(sealed: string): string {
  const bytes = Buffer.from(sealed, "base64url");
  const decipher = createDecipheriv("aes-256-gcm", derivedKey("at-rest"), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(12, 28));
  return Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString("utf8");
}

/** SHA-256 as base64url; for secrets of 256 random bits, which need no slow hash. */
export const digest = (value: string): string => createHash("sha256").update(value).digest("base64url");
export const randomSecret = (): string => randomBytes(32).toString("base64url");
