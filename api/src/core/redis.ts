import { Redis, type RedisOptions } from "ioredis";
import { config } from "./config.ts";
import { log } from "./log.ts";

const quietMs = 10_000;
/** A Redis that hangs is worth no more waiting than one that is gone. */
const commandMs = 300;

/**
 * A Redis connection for things that may be lost: a command fails at once while Redis is away (there is no queue to hang
 * in), the connection comes back by itself within a second, and its errors are logged at most once in ten seconds.
 * Close it with {@link closeRedis}.
 */
export function createRedis(options: RedisOptions = {}): Redis {
  const client = new Redis(config().REDIS_URL, {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    connectTimeout: 2000,
    // Who waits for its commands to be repeated after a break (blocking reads, subscriptions) also waits for answers.
    ...(options.maxRetriesPerRequest === null ? {} : { commandTimeout: commandMs }),
    retryStrategy: (times) => Math.min(times * 100, 1000),
    ...options,
  });
  let loggedAt = 0;
  client.on("error", (error) => {
    if (Date.now() - loggedAt < quietMs) return;
    loggedAt = Date.now();
    log.warn({ err: error }, "Redis is not reachable; working without it");
  });
  return client;
}

/** Ends a connection whether or not Redis answers; never rejects and never hangs. */
export async function closeRedis(client: Redis): Promise<void> {
  if (client.status === "ready")
    await Promise.race([client.quit().catch(() => undefined), new Promise((done) => setTimeout(done, 500).unref())]);
  client.disconnect();
}

/** Prefixes a key or channel with this installation's name, so that several may share one Redis. */
export const redisKey = (...parts: string[]): string => [config().SIDEDESK_REDIS_PREFIX, ...parts].join(":");
