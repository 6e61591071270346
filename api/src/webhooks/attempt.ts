import { serverNow } from "../core/data/server-time.ts";
import { outboundError } from "../core/http/outbound-error.ts";
import { createOutbound, type Outbound, type OutboundAnswer } from "../core/http/outbound.ts";
import { deadlineSeconds } from "./deliver.job.ts";
import type { Cutoff } from "../core/http/post-once.ts";
import { textOfHead, type Attempt, type DeliveryDocument } from "./delivery.model.ts";
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

/**
 * Posts a delivery once, and says what came of it, a moment after its deadline at the latest. Never rejects. Times are those
 * of the database's clock: a receiver refuses what seems minutes old, and this machine's clock may be off.
 */
export async function attemptDelivery(
  { url, secrets }: Pick<WebhookDocument, "url" | "secrets">,
  { eventId, body }: Pick<DeliveryDocument, "eventId" | "body">,
): Promise<Tried> {
  outbound ??= createOutbound();
  const at = serverNow();
  const timestamp = Math.floor(at.getTime() / 1000);
  const bytes = Buffer.from(body);
  const headers: Record<string, string> = {
    "content-type": "application/json",
    "user-agent": "Sidedesk-Webhooks/1",
    "webhook-id": eventId,
    "webhook-timestamp": String(timestamp),
    "webhook-signature": signatures(secrets, eventId, timestamp, bytes),
  };
  const began = performance.now();
  const deadline = new Deadline(deadlineSeconds * 1000);
  const tried = (more: Pick<Attempt, "class" | "error"> & Partial<Attempt>): Attempt => ({
    at,
    status: null,
    latencyMs: Math.round(performance.now() - began),
    url,
    address: null,
    sent: textOfHead(Object.entries(headers)),
    response: null,
    ...more,
  });
  try {
    const answer = await outbound.post(url, { headers, body: bytes, signal: deadline });
    return { attempt: tried(readAnswer(answer)), retryAfter: answer.headers["retry-after"] };
  } catch (error) {
    const isLate = deadline.aborted;
    return { attempt: tried(outboundError(error, deadlineSeconds, isLate)), retryAfter: undefined };
  } finally {
    deadline.clear();
  }
}

/** As much of an AbortSignal as a call needs, made for each of very many. */
class Deadline implements Cutoff {
  aborted = false;
  private giveUp: (() => void) | undefined;
  private readonly timer: NodeJS.Timeout;
  constructor(milliseconds: number) {
    this.timer = setTimeout(() => {
      this.aborted = true;
      this.giveUp?.();
    }, milliseconds);
  }
  addEventListener(_type: "abort", listener: () => void): void {
    this.giveUp = listener;
  }
  removeEventListener(): void {
    this.giveUp = undefined;
  }
  clear(): void {
    clearTimeout(this.timer);
  }
}

function readAnswer(answer: OutboundAnswer): Pick<Attempt, "class" | "error" | "status" | "address" | "response"> {
  const { status, headers, body, truncated, address } = answer;
  const response = {
    status,
    head: textOfHead(
      Object.entries(headers)
        .slice(0, mostHeaders)
        .map(([name, value]) => [name, value.slice(0, mostHeader)]),
    ),
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
