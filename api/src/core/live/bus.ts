import type { Redis } from "ioredis";
import { newId } from "../data/ids.ts";
import { closeRedis, createRedis, redisKey } from "../redis.ts";

/** What processes tell one another about volatile things. May be lost: nothing here is promised to arrive. */
export type BusMessage =
  | { kind: "emit"; room: string; event: string; payload: unknown; except?: string }
  | { kind: "presence"; room: string; people: { id: string; name: string }[] }
  | { kind: "presence-wanted"; room: string };

type Receiver = (message: BusMessage, from: string) => void;

/** This process, among those that share the bus. */
export const processId = newId();

let publisher: Redis | undefined;
let subscriber: Redis | undefined;
const receivers = new Set<Receiver>();
const backs = new Set<() => void>();

/** Told while Redis was away; of what took longer than this the moment has passed. */
const keptMs = 5000;
const mostKept = 1000;
const kept: { text: string; at: number }[] = [];
/** All processes are back on the bus by then, with what they kept: they look once a second. */
const backMs = 1500;
const channel = () => redisKey("live");

/** What is told while it connects for the first time waits for a moment. */
function openPublisher(): Redis {
  const client = createRedis({ enableOfflineQueue: true });
  client.on("ready", () => {
    const young = Date.now() - keptMs;
    for (const { text, at } of kept.splice(0)) if (at >= young) client.publish(channel(), text).catch(() => undefined);
  });
  return client;
}

/** Tells this process (at once) and, when `local` is not set, all others: when Redis is away, as soon as it is back, if that is soon. */
export function tell(message: BusMessage, local = false): void {
  for (const receive of receivers) receive(message, processId);
  if (local) return;
  publisher ??= openPublisher();
  const text = JSON.stringify({ from: processId, message });
  if (publisher.status === "reconnecting" || publisher.status === "close" || publisher.status === "end") {
    if (kept.length < mostKept) kept.push({ text, at: Date.now() });
    return;
  }
  publisher.publish(channel(), text).catch(() => undefined);
}

/**
 * Begins to receive what this and other processes tell. Answers how to end that.
 * @param onBack called when the bus was away and is there again: something may have been told that nobody heard
 */
export function openBus(receive: Receiver, onBack: () => void = () => undefined): () => Promise<void> {
  receivers.add(receive);
  publisher ??= openPublisher();
  backs.add(onBack);
  if (!subscriber) {
    let wasUp = false;
    let timer: NodeJS.Timeout | undefined;
    subscriber = createRedis({ maxRetriesPerRequest: null, enableOfflineQueue: true });
    subscriber.subscribe(channel()).catch(() => undefined); // repeated by the client itself whenever it is connected again
    subscriber.on("ready", () => {
      if (!wasUp) return void (wasUp = true);
      clearTimeout(timer);
      timer = setTimeout(() => backs.forEach((back) => back()), backMs).unref();
    });
    subscriber.on("message", (_channel, text) => {
      const { from, message } = JSON.parse(text) as { from: string; message: BusMessage };
      if (from !== processId) for (const one of receivers) one(message, from);
    });
  }
  return async () => {
    backs.delete(onBack);
    if (!receivers.delete(receive) || receivers.size > 0) return;
    const open = [publisher, subscriber].filter((client) => client !== undefined);
    publisher = subscriber = undefined;
    await Promise.all(open.map(closeRedis));
  };
}
