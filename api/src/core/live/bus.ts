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

/** What is told while it connects for the first time waits for a moment. */
const openPublisher = (): Redis => createRedis({ enableOfflineQueue: true });
const channel = () => redisKey("live");

/** Tells this process (at once) and, when Redis is there and `local` is not set, all others. */
export function tell(message: BusMessage, local = false): void {
  for (const receive of receivers) receive(message, processId);
  if (local) return;
  publisher ??= openPublisher();
  if (publisher.status === "reconnecting" || publisher.status === "close" || publisher.status === "end") return;
  publisher.publish(channel(), JSON.stringify({ from: processId, message })).catch(() => undefined);
}

/** Begins to receive what this and other processes tell. Answers how to end that. */
export function openBus(receive: Receiver): () => Promise<void> {
  receivers.add(receive);
  publisher ??= openPublisher();
  if (!subscriber) {
    subscriber = createRedis({ maxRetriesPerRequest: null, enableOfflineQueue: true });
    subscriber.subscribe(channel()).catch(() => undefined); // repeated by the client itself whenever it is connected again
    subscriber.on("message", (_channel, text) => {
      const { from, message } = JSON.parse(text) as { from: string; message: BusMessage };
      if (from !== processId) for (const one of receivers) one(message, from);
    });
  }
  return async () => {
    if (!receivers.delete(receive) || receivers.size > 0) return;
    const open = [publisher, subscriber].filter((client) => client !== undefined);
    publisher = subscriber = undefined;
    await Promise.all(open.map(closeRedis));
  };
}
