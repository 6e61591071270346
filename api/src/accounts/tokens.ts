import { createSecretKey, type KeyObject } from "node:crypto";
import { errors, jwtVerify, SignJWT, type JWTPayload } from "jose";
import { derivedKey } from "../core/data/secrets.ts";
import { AppError } from "../core/errors.ts";

/** What our own tokens are for; each purpose has a key of its own, so none passes for another. */
export type Purpose =
  "session" | "ticket-link" | "invitation" | "unsubscribe" | "rating" | "mail-preview" | "queue-screen";

/** Key objects are imported once for all signatures; bytes would be anew each time. */
const keys = new Map<Purpose, { of: Buffer; key: KeyObject }>();
function keyOf(purpose: Purpose): KeyObject {
  const of = derivedKey(purpose);
  let known = keys.get(purpose);
  if (known?.of !== of) keys.set(purpose, (known = { of, key: createSecretKey(of) }));
  return known.key;
}

/** Signs claims for one purpose (HS256, key by HKDF from SIDEDESK_SECRET). */
export function signToken(purpose: Purpose, claims: JWTPayload, expiresAt: Date): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: "HS256" })
    .setExpirationTime(Math.floor(expiresAt.getTime() / 1000))
    .sign(keyOf(purpose));
}

/** @throws AppError session_expired when it was ours but is over, else unauthenticated. */
export async function verifyToken(purpose: Purpose, token: string): Promise<JWTPayload> {
  try {
    return (await jwtVerify(token, keyOf(purpose), { algorithms: ["HS256"], requiredClaims: ["exp", "sub"] })).payload;
  } catch (error) {
    if (error instanceof errors.JWTExpired)
      throw new AppError(
        "session_expired",
        purpose === "session" ? "The session has ended. Sign in again or renew it." : "This link is too old.",
      );
    throw new AppError(
      "unauthenticated",
      purpose === "session" ? "The session token is not valid." : "This link is not valid.",
    );
  }
}
