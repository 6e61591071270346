import { AddressError, createOutbound, type Outbound, type OutboundAnswer } from "../core/http/outbound.ts";
import { deadlineSeconds } from "./deliver.job.ts";
import type { Attempt, DeliveryDocument } from "./delivery.model.ts";
import { signatures } from "./secrets.ts";
import type { WebhookDocument } from "./webhook.model.ts";

const mostBody = 16 * 1024;
const mostHeaders = 60;
const mostHeader = 1024;

let outbound: Outbound | undefined;

export interface Tried {
  attempt: Attempt;
  retryAfter: string | undefined;
}

/** Posts a delivery once, and says what came of it. Never rejects. */
export async function attemptDelivery(
  { url, secrets }: Pick<WebhookDocument, "url" | "secrets">,
  { eventId, body }: Pick<DeliveryDocument, "eventId" | "body">,
  signal: AbortSignal,
): Promise<Tried> {
  outbound ??= createOutbound();
  const at = new Date();
  const timestamp = Math.floor(at.getTime() / 1000);
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "user-agent": "Sidedesk-Webhooks/1",
    "webhook-id": eventId,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signatures(secrets, eventId, timestamp, body),
  };
  const began = performance.now();
  const deadline = AbortSignal.timeout(deadlineSeconds * 1000);
  const tried = (more: Pick<Attempt, "class" | "error"> & Partial<Attempt>): Attempt => ({
    at,
    status: null,
    latencyMs: Math.round(performance.now() - began),
    url,
    address: null,
    headers: Object.entries(headers),
    response: null,
    ...more,
  });
  try {
    const answer = await outbound.post(url, { headers, body, signal: AbortSignal.any([deadline, signal]) });
    return { attempt: tried(readAnswer(answer)), retryAfter: answer.headers["retry-after"] };
  } catch (error) {
    return { attempt: tried(readError(error, deadline.aborted || signal.aborted)), retryAfter: undefined };
  }
}

function readAnswer(answer: OutboundAnswer): Pick<Attempt, "class" | "error" | "status" | "address" | "response"> {
  const { status, headers, body, truncated, address } = answer;
  const response = {
    status,
    headers: Object.entries(headers)
      .slice(0, mostHeaders)
      .map(([name, value]): [string, string] => [name, value.slice(0, mostHeader)]),
    body: body.subarray(0, mostBody).toString("utf8"),
    truncated: truncated || body.length > mostBody,
  };
  const kept = { status, address, response };
  if (status >= 200 && status < 300) return { class: "success", error: null, ...kept };
  if (status === 410) return { class: "gone", error: "Answered 410: the endpoint wants no more.", ...kept };
  if (status >= 300 && status < 400)
    return { class: "redirect", error: `Answered ${status}: redirects are not followed.`, ...kept };
  return { class: "http", error: `Answered ${status}.`, ...kept };
}

const classes: Record<string, [name: string, words: string]> = {
  ENOTFOUND: ["dns", "The name has no address"],
  EAI_AGAIN: ["dns", "The name could not be looked up"],
  ECONNREFUSED: ["connect", "The connection was refused"],
  EHOSTUNREACH: ["connect", "There is no way to the address"],
  ENETUNREACH: ["connect", "There is no way to the address"],
  UND_ERR_CONNECT_TIMEOUT: ["timeout", "No connection within 10 s"],
  ETIMEDOUT: ["timeout", "No connection in time"],
  ECONNRESET: ["broken", "The line broke off"],
  EPIPE: ["broken", "The line broke off"],
  UND_ERR_SOCKET: ["broken", "The line broke off"],
  UND_ERR_HEADERS_OVERFLOW: ["protocol", "The answer's head is too long"],
};

function readError(error: unknown, isLate: boolean): Pick<Attempt, "class" | "error"> {
  if (isLate) return { class: "timeout", error: `No whole answer within ${deadlineSeconds} s.` };
  if (error instanceof AddressError) return { class: "address", error: error.message.slice(0, 500) };
  const { code = "", message } = error as { code?: string; message: string };
  const known = classes[code];
  if (known) return { class: known[0], error: `${known[1]} (${code}).` };
  if (/CERT|SSL|TLS|SIGNATURE|SELF_SIGNED/i.test(code)) return { class: "tls", error: `TLS failed: ${code}.` };
  if (code.startsWith("HPE_")) return { class: "protocol", error: `The answer is not HTTP (${code}).` };
  return { class: "broken", error: `${message.slice(0, 300)}${code ? ` (${code})` : ""}` };
}
