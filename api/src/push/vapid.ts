import { importJWK, SignJWT, type CryptoKey } from "jose";
import { config } from "../core/config.ts";
import { serverNow } from "../core/data/server-time.ts";
import { vapidKeys } from "../sites/index.ts";

/** Push services take a day at most. */
const validSeconds = 12 * 3600;
const renewSeconds = 3600;

interface Signed {
  header: string;
  publicKey: string;
  until: number;
}
const signed = new Map<string, Signed>();

/**
 * Who is writing, for one push service (RFC 8292). One signature holds for hours, so that a message costs none. By the
 * database's clock: what is dated wrongly is refused.
 */
export async function vapidHeader(endpoint: string): Promise<string> {
  const { origin } = new URL(endpoint);
  const { publicKey, privateKey } = await vapidKeys();
  const now = Math.floor(serverNow().getTime() / 1000);
  const known = signed.get(origin);
  if (known && known.publicKey === publicKey && known.until > now + renewSeconds) return known.header;
  const until = now + validSeconds;
  const token = await new SignJWT({ aud: origin, exp: until, sub: contact() })
    .setProtectedHeader({ alg: "ES256", typ: "JWT" })
    .sign(await keyOf(publicKey, privateKey));
  const header = `vapid t=${token}, k=${publicKey}`;
  if (signed.size >= 1000) signed.clear();
  signed.set(origin, { header, publicKey, until });
  return header;
}

async function keyOf(publicKey: string, d: string): Promise<CryptoKey> {
  const point = Buffer.from(publicKey, "base64url");
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString("base64url"));
  return importJWK({ kty: "EC" as const, crv: "P-256", x: x!, y: y!, d }, "ES256");
}

/** Whom a push service may ask about us: services refuse what is no https or mailto address. */
function contact(): string {
  const { SIDEDESK_URL, SIDEDESK_MAIL_FROM } = config();
  if (SIDEDESK_URL.startsWith("https:")) return SIDEDESK_URL;
  return `mailto:${/[^@<>\s]+@[^@<>\s]+/.exec(SIDEDESK_MAIL_FROM)?.[0] ?? "support@localhost"}`;
}
