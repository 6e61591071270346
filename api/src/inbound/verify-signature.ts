import { createHmac, timingSafeEqual } from "node:crypto";
import { AppError } from "../core/errors.ts";

/** A call may be this old, or this much ahead. */
const toleranceSeconds = 300;
const mostSignatures = 10;

/**
 * Checks a body as it goes by against headers of Standard Webhooks: `v1,` and the HMAC-SHA-256 over id, time and body.
 * @throws AppError 401 when a header is missing, the time is not now or, by `assertSigned`, no signature fits
 */
export function signatureOf(secret: string, header: (name: string) => string | undefined) {
  const id = header("webhook-id");
  const timestamp = header("webhook-timestamp");
  const given = header("webhook-signature");
  if (!id || !timestamp || !given || id.length > 200)
    throw unauthenticated("Send webhook-id, webhook-timestamp and webhook-signature, as Standard Webhooks has them.");
  if (!/^\d{1,12}$/.test(timestamp) || Math.abs(Date.now() / 1000 - Number(timestamp)) > toleranceSeconds)
    throw unauthenticated("webhook-timestamp is not the present time.");
  const hmac = createHmac("sha256", Buffer.from(secret.slice("whsec_".length), "base64")).update(`${id}.${timestamp}.`);
  return {
    watch: (chunk: Buffer): void => void hmac.update(chunk),
    assertSigned(): void {
      const expected = Buffer.from(hmac.digest("base64"));
      const signatures = given.split(" ").slice(0, mostSignatures);
      const isSigned = signatures.some((one) => {
        const [version, signature = ""] = one.split(",");
        const bytes = Buffer.from(signature);
        return version === "v1" && bytes.length === expected.length && timingSafeEqual(bytes, expected);
      });
      if (!isSigned) throw unauthenticated("No signature fits.");
    },
  };
}

const unauthenticated = (detail: string): AppError => new AppError("unauthenticated", detail);
