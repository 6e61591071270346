// eslint-disable-next-line @typescript-eslint/triple-slash-reference -- the package has no types; whoever compiles this file from elsewhere needs ours
/// <reference path="./http-ece.d.ts" />
import { createECDH } from "node:crypto";
import type { PushMessage } from "@sidedesk/contract";
import { encrypt } from "http_ece";
import { outboundError } from "../core/http/outbound-error.ts";
import { createOutbound, type Outbound } from "../core/http/outbound.ts";
import { retryAfterSeconds } from "../core/http/retry-after.ts";
import type { Address } from "./subscription.model.ts";
import { vapidHeader } from "./vapid.ts";

/** Connecting, head and body together get this long. */
const deadlineSeconds = 10;
/** Whoever says "too many" without saying for how long is left alone for this. */
const breather = 60;

let outbound: Outbound | undefined;

export interface Posted {
  /** `gone`: the browser is subscribed no more. `too-long`: 413. `refused`: trying again changes nothing. */
  result: "taken" | "gone" | "too-long" | "refused" | "later";
  detail: string;
  /** Seconds that the push service wants to be left alone; 0 when it said nothing. */
  waitSeconds: number;
}
interface How {
  /** Seconds that the push service keeps it for a browser that is away. */
  ttl: number;
  isUrgent: boolean;
  signal: AbortSignal;
}

/** Hands a message to a browser's push service, once, readable by that browser alone. Never rejects for what the other side does. */
export async function postPush(address: Address, message: PushMessage, how: How): Promise<Posted> {
  outbound ??= createOutbound();
  const headers: Record<string, string> = {
    authorization: await vapidHeader(address.endpoint),
    "content-encoding": "aes128gcm",
    "content-type": "application/octet-stream",
    ttl: String(how.ttl),
    // A copy that was sent because a worker was lost takes the place of one that still waits at the push service.
    topic: message.id,
    urgency: how.isUrgent ? "high" : "normal",
    "user-agent": "Sidedesk-Push/1",
  };
  const body = seal(address, message);
  const deadline = AbortSignal.timeout(deadlineSeconds * 1000);
  try {
    const signal = AbortSignal.any([deadline, how.signal]);
    const answer = await outbound.post(address.endpoint, { headers, body, signal });
    return judge(answer.status, retryAfterSeconds(answer.headers["retry-after"]));
  } catch (error) {
    const { error: detail } = outboundError(error, deadlineSeconds, deadline.aborted || how.signal.aborted);
    return { result: "later", detail, waitSeconds: 0 };
  }
}

function judge(status: number, asked: number): Posted {
  const answered = (result: Posted["result"], more = "", waitSeconds = 0): Posted => ({
    result,
    detail: `Answered ${status}${more}.`,
    waitSeconds,
  });
  if (status >= 200 && status < 300) return answered("taken");
  if (status === 404 || status === 410) return answered("gone", ": the browser is subscribed no more");
  if (status === 413) return answered("too-long", ": too long");
  if (status === 429) return answered("later", "", asked || breather);
  if (status >= 500 || status === 408 || status === 425) return answered("later", "", asked);
  return answered("refused", status < 400 ? ": redirects are not followed" : "");
}

/** RFC 8291: with a pair of our own for each message, in one record. */
function seal({ keys }: Address, message: PushMessage): Buffer {
  const privateKey = createECDH("prime256v1");
  privateKey.generateKeys();
  const plain = Buffer.from(JSON.stringify(message));
  return encrypt(plain, { version: "aes128gcm", privateKey, dh: keys.p256dh, authSecret: keys.auth });
}
