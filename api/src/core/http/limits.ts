import type { Redis } from "ioredis";
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes, type RateLimiterAbstract } from "rate-limiter-flexible";
import { config } from "../config.ts";
import { AppError } from "../errors.ts";

export type Allowance =
  | "customer-writes"
  | "sessions"
  | "submissions"
  | "portal-mails"
  | "portal-address"
  | "staff-writes"
  | "login-address"
  | "login-account";
interface Policy {
  points: number;
  seconds: number;
}

function policies(): Record<Allowance, Policy> {
  const c = config();
  return {
    "customer-writes": { points: c.SIDEDESK_LIMIT_CUSTOMER_WRITES, seconds: 3600 },
    sessions: { points: c.SIDEDESK_LIMIT_SESSIONS, seconds: 60 },
    submissions: { points: c.SIDEDESK_LIMIT_SUBMISSIONS, seconds: 3600 },
    // Whoever registers or forgot their password has a mail sent: as many an address of the network, and few to one mailbox.
    "portal-mails": { points: c.SIDEDESK_LIMIT_SUBMISSIONS, seconds: 3600 },
    "portal-address": { points: 10, seconds: 3600 },
    "staff-writes": { points: c.SIDEDESK_LIMIT_STAFF, seconds: 60 },
    "login-address": { points: c.SIDEDESK_LIMIT_LOGIN, seconds: 900 },
    "login-account": { points: c.SIDEDESK_LIMIT_LOGIN, seconds: 900 },
  };
}

let limiters: Map<Allowance, RateLimiterAbstract> | undefined;

/** Counts in Redis, shared by all processes; while Redis is away each process counts for itself. */
export function setUpLimits(redis: Redis | undefined): void {
  limiters = new Map(
    Object.entries(policies()).map(([name, { points, seconds }]) => {
      const memory = new RateLimiterMemory({ keyPrefix: name, points, duration: seconds });
      const limiter = redis
        ? new RateLimiterRedis({
            storeClient: redis,
            keyPrefix: `${config().SIDEDESK_REDIS_PREFIX}:limit:${name}`,
            points,
            duration: seconds,
            insuranceLimiter: memory,
            rejectIfRedisNotReady: true,
          })
        : memory;
      return [name as Allowance, limiter];
    }),
  );
}

function limiterOf(name: Allowance): RateLimiterAbstract {
  const limiter = limiters?.get(name);
  if (!limiter) throw new Error("limits used before setUpLimits()");
  return limiter;
}

/** Takes one from the allowance. @returns response headers and how many are left. @throws AppError 429 with Retry-After. */
export async function consume(
  name: Allowance,
  key: string,
): Promise<{ headers: Record<string, string>; left: number }> {
  const { points, seconds } = policies()[name];
  const policy = `"${name}";q=${points};w=${seconds}`;
  try {
    const state = await limiterOf(name).consume(key);
    return {
      left: state.remainingPoints,
      headers: {
        "RateLimit-Policy": policy,
        RateLimit: `"${name}";r=${state.remainingPoints};t=${Math.ceil(state.msBeforeNext / 1000)}`,
      },
    };
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    const wait = Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
    throw new AppError("rate_limited", `At most ${points} in ${seconds} seconds. Try again in ${wait} seconds.`, {
      headers: { "Retry-After": String(wait), "RateLimit-Policy": policy, RateLimit: `"${name}";r=0;t=${wait}` },
    });
  }
}

/** Gives one back: what turned out not to count. */
export async function refund(name: Allowance, key: string): Promise<void> {
  await limiterOf(name).reward(key);
}
