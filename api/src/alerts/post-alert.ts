import type { AlertChannel } from "@sidedesk/contract";
import { outboundError } from "../core/http/outbound-error.ts";
import { createOutbound, type Outbound } from "../core/http/outbound.ts";
import { retryAfterSeconds } from "../core/http/retry-after.ts";
import { reasonOf, retryAfterIn, type Posting } from "./services.ts";

/** Connecting, head and body together get this long. */
export const deadlineSeconds = 10;
/** Whoever says "too many" without saying for how long is left alone for this. */
const breather = 60;

let outbound: Outbound | undefined;

export interface Posted {
  ok: boolean;
  status: number | null;
  latencyMs: number;
  detail: string;
  /** Whether trying again could help. */
  isFinal: boolean;
  /** Seconds that the service wants to be left alone; 0 when it said nothing. */
  waitSeconds: number;
}

/** Sends once, and says what came of it. Never rejects, and names of the address no more than its host. */
export async function postAlert(channel: AlertChannel, posting: Posting, signal?: AbortSignal): Promise<Posted> {
  outbound ??= createOutbound();
  const began = performance.now();
  const deadline = AbortSignal.timeout(deadlineSeconds * 1000);
  const posted = (more: Omit<Posted, "latencyMs">): Posted => ({
    ...more,
    latencyMs: Math.round(performance.now() - began),
  });
  try {
    const { url, headers, body } = posting;
    const answer = await outbound.post(url, {
      headers,
      body,
      signal: signal ? AbortSignal.any([deadline, signal]) : deadline,
    });
    const { status } = answer;
    if (status >= 200 && status < 300)
      return posted({ ok: true, status, detail: `Answered ${status}.`, isFinal: true, waitSeconds: 0 });
    const reason = reasonOf(channel, answer);
    const isRedirect = status >= 300 && status < 400;
    const detail = `Answered ${status}${isRedirect ? ": redirects are not followed" : reason ? `: ${reason}` : ""}.`;
    const asked = Math.max(retryAfterSeconds(answer.headers["retry-after"]), status === 429 ? retryAfterIn(answer) : 0);
    return posted({
      ok: false,
      status,
      detail,
      isFinal: status < 500 && ![408, 425, 429].includes(status),
      waitSeconds: asked || (status === 429 ? breather : 0),
    });
  } catch (error) {
    const { error: detail } = outboundError(error, deadlineSeconds, deadline.aborted || signal?.aborted === true);
    return posted({ ok: false, status: null, detail, isFinal: false, waitSeconds: 0 });
  }
}
