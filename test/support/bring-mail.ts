import { createHmac, randomBytes } from "node:crypto";
import type { Reply } from "./app.ts";

export const inboundSecret = `whsec_${randomBytes(32).toString("base64")}`;
/** What an app needs to take mail in over HTTP. */
export const inboundEnv = { SIDEDESK_INBOUND_ADDRESS: "reply@desk.example", SIDEDESK_INBOUND_SECRET: inboundSecret };

/** The headers by which a mail may be brought. */
export function headersFor(raw: Buffer, given: { secret?: string; seconds?: number } = {}): Record<string, string> {
  const id = `msg_${randomBytes(8).toString("hex")}`;
  const timestamp = String(Math.floor(Date.now() / 1000) + (given.seconds ?? 0));
  const key = Buffer.from((given.secret ?? inboundSecret).slice(6), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(raw).digest("base64");
  return {
    "content-type": "message/rfc822",
    "webhook-id": id,
    "webhook-timestamp": timestamp,
    "webhook-signature": `v1,${signature}`,
  };
}

/** Brings a mail as a mail server would. */
export async function bringMail(desk: { url: string }, raw: Buffer, headers = headersFor(raw)): Promise<Reply> {
  const response = await fetch(`${desk.url}/v1/inbound/mail`, { method: "POST", headers, body: new Uint8Array(raw) });
  return { status: response.status, headers: response.headers, body: await response.json() };
}
