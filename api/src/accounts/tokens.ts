import { createHmac, createSecretKey, timingSafeEqual, type KeyObject } from "node:crypto";
import type { JWTPayload } from "jose";
import { derivedKey } from "../core/data/secrets.ts";
import { AppError } from "../core/errors.ts";

/** What our own tokens are for; each purpose has a key of its own, so none passes for another. */
export type Purpose =
  | "session"
  | "ticket-link"
  | "invitation"
  | "portal-verification"
  | "portal-password"
  | "unsubscribe"
  | "rating"
  | "mail-preview"
  | "queue-screen";

type Claims = JWTPayload & { exp: number };
interface PurposeKey {
  /** Imported once for all signatures; bytes would be anew each time. */
  key: KeyObject;
  /** Tokens whose signature was found good. A session's comes with every call; whether it is over is asked each time. */
  read: Map<string, Claims>;
}
const keys = new Map<Purpose, PurposeKey>();
function keyOf(purpose: Purpose): PurposeKey {
  let known = keys.get(purpose);
  if (!known) keys.set(purpose, (known = { key: createSecretKey(derivedKey(purpose)), read: new Map() }));
  return known;
}
/** So many are kept for each purpose, some 1 KiB each; then they are read anew. */
const mostRead = 2000;

/** The one head that our tokens have: HS256. What comes with any other was not made here. */
const head = Buffer.from(JSON.stringify({ alg: "HS256" })).toString("base64url");
const macOf = (purpose: Purpose, signed: string): string =>
  createHmac("sha256", keyOf(purpose).key).update(signed).digest("base64url");

/** Signs claims for one purpose (HS256, key by HKDF from SIDEDESK_SECRET). */
export async function signToken(purpose: Purpose, claims: JWTPayload, expiresAt: Date): Promise<string> {
  const payload = JSON.stringify({ ...claims, exp: Math.floor(expiresAt.getTime() / 1000) });
  const signed = `${head}.${Buffer.from(payload).toString("base64url")}`;
  return `${signed}.${macOf(purpose, signed)}`;
}

/** @throws AppError session_expired when it was ours but is over, else unauthenticated. */
export async function verifyToken(purpose: Purpose, token: string): Promise<JWTPayload> {
  const claims = readToken(purpose, token);
  if (!claims)
    throw new AppError(
      "unauthenticated",
      purpose === "session" ? "The session token is not valid." : "This link is not valid.",
    );
  if (claims.exp <= Math.floor(Date.now() / 1000))
    throw new AppError(
      "session_expired",
      purpose === "session" ? "The session has ended. Sign in again or renew it." : "This link is too old.",
    );
  return claims;
}

/** The claims of a token that was made here for this purpose. */
function readToken(purpose: Purpose, token: string): Claims | undefined {
  const { read } = keyOf(purpose);
  const known = read.get(token);
  if (known) return known;
  const [first, payload = "", mac = "", ...more] = token.split(".");
  if (first !== head || more.length > 0) return undefined;
  const [given, expected] = [Buffer.from(mac), Buffer.from(macOf(purpose, `${head}.${payload}`))];
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) return undefined;
  const claims = JSON.parse(Buffer.from(payload, "base64url").toString()) as JWTPayload;
  if (typeof claims.exp !== "number" || typeof claims.sub !== "string") return undefined;
  const good = Object.freeze({ ...claims, exp: claims.exp });
  if (read.size >= mostRead) read.clear();
  read.set(token, good);
  return good;
}
