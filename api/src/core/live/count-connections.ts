import { batched } from "../data/batched.ts";
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

/**
 * What a process says of each room, in the order in which it happened: how many it holds, unless that makes more than the
 * limit. The answer is what all hold, with that. A room's hash has `count|until` of each process; what is over is removed on the way.
 */
const script = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
local totals = {}
for place, key in ipairs(KEYS) do
  local mine, limit = tonumber(ARGV[2 * place + 1]), tonumber(ARGV[2 * place + 2])
  local total = mine
  local all = redis.call('HGETALL', key)
  for i = 1, #all, 2 do
    if all[i] ~= ARGV[1] then
      local count, over = string.match(all[i + 1], '^(%d+)|(%d+)$')
      if tonumber(over) > now then total = total + count else redis.call('HDEL', key, all[i]) end
    end
  end
  if mine == 0 then
    redis.call('HDEL', key, ARGV[1])
  elseif total <= limit then
    redis.call('HSET', key, ARGV[1], ARGV[2 * place + 1] .. '|' .. (now + ARGV[2]))
    redis.call('PEXPIRE', key, ARGV[2])
  end
  totals[place] = total
end
return totals`;
/** Rooms in one trip: enough for a storm, and few enough that Redis is with us for milliseconds. */
const mostAtOnce = 250;

/**
 * Bounds the connections of each room over all processes. Counted in Redis; while that is away, and for a killed process's
 * share until it is forgotten, each process bounds its own.
 */
export function countConnections(most: number): ConnectionCount {
  const redis = createRedis();
  const held = new Map<string, { count: number; saidAt: number }>();
  const keyOf = (room: string) => redisKey("live-held", room);

  const tell = batched(mostAtOnce, async (told: { room: string; count: number; limit: number }[]) => {
    const keys = told.map(({ room }) => keyOf(room));
    const values = told.flatMap(({ count, limit }) => [count, limit]);
    return (await redis.eval(script, keys.length, ...keys, processId, keepMs, ...values)) as number[];
  });
  function say(room: string, limit: number): Promise<number> {
    const of = held.get(room);
    if (of) of.saidAt = Date.now();
    return tell({ room, count: of?.count ?? 0, limit });
  }
  /** Whatever the others hold, what is here is here. */
  const confirm = (room: string): void => void say(room, Number.MAX_SAFE_INTEGER).catch(() => undefined);
  function lower(room: string): void {
    const of = held.get(room);
    if (!of) return;
    of.count -= 1;
    if (of.count === 0) held.delete(room);
  }
  const repeat = setInterval(() => {
    const early = Date.now() - repeatMs;
    for (const [room, { saidAt }] of held) if (saidAt < early) confirm(room);
  }, 1000);

  return {
    async take(room) {
      const of = held.get(room) ?? { count: 0, saidAt: 0 };
      if (of.count >= most) return false;
      of.count += 1;
      held.set(room, of);
      const total = await say(room, most).catch(() => of.count);
      if (total <= most) return true;
      lower(room);
      return false;
    },
    release(room) {
      lower(room);
      confirm(room);
    },
    async close() {
      clearInterval(repeat);
      const gone = [...held.keys()];
      held.clear();
      await Promise.all(gone.map((room) => say(room, most))).catch(() => undefined);
      await closeRedis(redis);
    },
  };
}
