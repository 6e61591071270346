import { createDecipheriv, createECDH, createHmac, hkdfSync, randomBytes } from "node:crypto";
import type { PushMessage } from "@sidedesk/contract";
import { importJWK, jwtVerify } from "jose";
import type { Caught } from "./webhook-sink.ts";

/** A browser as its push service sees it: what it gives away to be written to, and how it reads what comes. */
export interface PushBrowser {
  /** What `PushSubscription.toJSON()` gives. */
  subscription: { endpoint: string; expirationTime: null; keys: { p256dh: string; auth: string } };
  path: string;
  /** Checks who wrote, as push services do, and decrypts. @throws Error */
  read(request: Caught, vapidPublicKey: string): Promise<PushMessage>;
}

/**
 * @param service address of the push service
 * @param endpoint the whole address, where it is to be another
 */
export function buildPushBrowser(
  service: string,
  name: string = randomBytes(8).toString("hex"),
  endpoint?: string,
): PushBrowser {
  const pair = createECDH("prime256v1");
  pair.generateKeys();
  const secret = randomBytes(16);
  const keys = { p256dh: pair.getPublicKey("base64url"), auth: secret.toString("base64url") };
  const path = `/push/${name}`;
  return {
    subscription: { endpoint: endpoint ?? `${service}${path}`, expirationTime: null, keys },
    path,
    async read({ headers, bytes }, vapidPublicKey) {
      await verifyVapid(headers["authorization"] ?? "", new URL(service).origin, vapidPublicKey);
      if (headers["content-encoding"] !== "aes128gcm") throw new Error("It is not encrypted as RFC 8291 says.");
      const plain = decrypt(bytes, { ...keys, privateKey: pair.getPrivateKey() });
      return JSON.parse(plain.toString("utf8")) as PushMessage;
    },
  };
}

/** RFC 8292: signed for this push service, for a day at most, by the key that the browser subscribed with. */
async function verifyVapid(header: string, audience: string, publicKey: string): Promise<void> {
  const [, token = "", key] = /^vapid t=([^,]+), k=(\S+)$/.exec(header) ?? [];
  if (key !== publicKey) throw new Error(`Signed with another key: ${header}`);
  const point = Buffer.from(key, "base64url");
  const [x, y] = [point.subarray(1, 33), point.subarray(33)].map((part) => part.toString("base64url"));
  const verifier = await importJWK({ kty: "EC", crv: "P-256", x: x!, y: y! }, "ES256");
  const { payload } = await jwtVerify(token, verifier, { audience, algorithms: ["ES256"] });
  const ahead = (payload.exp ?? 0) - Date.now() / 1000;
  if (!(ahead > 0 && ahead <= 86_400)) throw new Error(`It holds for ${ahead} s.`);
  if (!/^(mailto:[^@\s]+@[^@\s]+|https:\/\/)/.test(payload.sub ?? "")) throw new Error(`Nobody to ask: ${payload.sub}`);
}

interface OwnKeys {
  p256dh: string;
  auth: string;
  privateKey: Buffer;
}
/** RFC 8188 and RFC 8291, written from their text: the product uses a library. One record. */
export function decrypt(message: Buffer, { p256dh, auth, privateKey }: OwnKeys): Buffer {
  const salt = message.subarray(0, 16);
  const recordSize = message.readUInt32BE(16);
  const sender = message.subarray(21, 21 + message[20]!);
  const record = message.subarray(21 + sender.length);
  if (sender.length !== 65 || record.length > recordSize) throw new Error("It is not one record of one sender.");
  const own = createECDH("prime256v1");
  own.setPrivateKey(privateKey);
  const hmac = (key: Buffer, data: Buffer) => createHmac("sha256", key).update(data).digest();
  const info = Buffer.concat([Buffer.from("WebPush: info\0"), Buffer.from(p256dh, "base64url"), sender, Buffer.of(1)]);
  const ikm = hmac(hmac(Buffer.from(auth, "base64url"), own.computeSecret(sender)), info);
  const derive = (what: string, length: number) =>
    Buffer.from(hkdfSync("sha256", ikm, salt, `Content-Encoding: ${what}\0`, length));
  const cipher = createDecipheriv("aes-128-gcm", derive("aes128gcm", 16), derive("nonce", 12));
  cipher.setAuthTag(record.subarray(-16));
  const padded = Buffer.concat([cipher.update(record.subarray(0, -16)), cipher.final()]);
  const end = padded.lastIndexOf(2);
  if (end < 0 || padded.subarray(end + 1).some((byte) => byte !== 0)) throw new Error("It does not end as it should.");
  return padded.subarray(0, end);
}
