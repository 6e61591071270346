import { closeRedis, createRedis, redisKey } from "../redis.ts";
import { processId } from "./bus.ts";

export interface ConnectionCount {
  /** Counts one more; false, and not counted, when that is more than all processes together may hold. */
  take(room: string): Promise<boolean>;
  release(room: string): void;
  close(): Promise<void>;
}

/** What a process says is forgotten when it is not said again: it was killed. */
const keepMs = 45_000;
const repeatMs = 15_000;

/** Field by field what each process holds, as `count|until`; those that are over are removed on the way. */
const script = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local total = tonumber(ARGV[2])
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  if all[i] ~= ARGV[1] then
    local count, over = string.match(all[i + 1], '^(%d+)|(%d+)$')
    if tonumber(over) > now then total = total + count else redis.call('HDEL', KEYS[1], all[i]) end
  end
end
if total <= tonumber(ARGV[3]) then
  redis.call('HSET', KEYS[1], ARGV[1], ARGV[2] .. '|' .. (now + ARGV[4]))
  redis.call('PEXPIRE', KEYS[1], ARGV[4])
end
return total`;

/**
 * Bounds the connections of each room over all processes. Counted in Redis; while that is away, and for a killed process's
 * share until it is forgotten, each process bounds its own.
 */
export function countConnections(most: number): ConnectionCount {
  const redis = createRedis();
  const held = new Map<string, { count: number; saidAt: number }>();
  let isClosed = false;
  const keyOf = (room: string) => redisKey("live-held", room);

  async function say(room: string, count: number, limit: number): Promise<number> {
    const of = held.get(room);
    if (of) of.saidAt = Date.now();
    return Number(await redis.eval(script, 1, keyOf(room), processId, count, limit, keepMs));
  }
  function lower(room: string): void {
    const of = held.get(room);
    if (!of) return;
    of.count -= 1;
    if (of.count === 0) held.delete(room);
  }
  // Whatever the others hold, what is here is here.
  const repeat = setInterval(() => {
    const early = Date.now() - repeatMs;
    for (const [room, { count, saidAt }] of held)
      if (saidAt < early) say(room, count, Number.MAX_SAFE_INTEGER).catch(() => undefined);
  }, 1000);

  return {
    async take(room) {
      const of = held.get(room) ?? { count: 0, saidAt: 0 };
      if (of.count >= most) return false;
      of.count += 1;
      held.set(room, of);
      const total = await say(room, of.count, most).catch(() => of.count);
      if (total <= most) return true;
      lower(room);
      return false;
    },
    release(room) {
      lower(room);
      if (isClosed) return;
      const count = held.get(room)?.count;
      if (count === undefined) redis.hdel(keyOf(room), processId).catch(() => undefined);
      else say(room, count, Number.MAX_SAFE_INTEGER).catch(() => undefined);
    },
    async close() {
      isClosed = true;
      clearInterval(repeat);
      const gone = redis.pipeline();
      for (const room of held.keys()) gone.hdel(keyOf(room), processId);
      await gone.exec().catch(() => undefined);
      await closeRedis(redis);
    },
  };
}
