import { createHmac, timingSafeEqual } from "node:crypto";
import { config } from "../core/config.ts";
import { derivedKey } from "../core/data/secrets.ts";
import { AppError } from "../core/errors.ts";

export type Part = "file" | "preview";

const holdsSeconds = 600;
/** Within a minute an address stays the same, so that a list shown again does not load its pictures again. */
const stepSeconds = 60;

const signatureOf = (id: string, part: Part, expires: number): string =>
  createHmac("sha256", derivedKey("attachment-url")).update(`${id}\n${part}\n${expires}`).digest("base64url");

/** An address that gives one file, or its preview, to whoever has it, for ten minutes (and up to one more). */
export function signedUrl(id: string, part: Part, now: number = Date.now()): string {
  const expires = Math.ceil(now / 1000 / stepSeconds) * stepSeconds + holdsSeconds;
  return `${config().SIDEDESK_URL}/v1/support/attachments/${id}/${part}?expires=${expires}&signature=${signatureOf(id, part, expires)}`;
}

/** @throws AppError 401 for a signature that is not ours, or no longer holds */
export function assertSigned(id: string, part: Part, query: { expires: number; signature: string }): void {
  const expected = Buffer.from(signatureOf(id, part, query.expires));
  const given = Buffer.from(query.signature);
  if (given.length !== expected.length || !timingSafeEqual(given, expected))
    throw new AppError("unauthenticated", "This address is not one that was given out.");
  if (query.expires * 1000 < Date.now())
    throw new AppError("session_expired", "This address held for ten minutes. Load the ticket again for a new one.");
}
