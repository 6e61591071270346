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
let receiver: Receiver | undefined;

/** What is told while it connects for the first time waits for a moment. */
const openPublisher = (): Redis => createRedis({ enableOfflineQueue: true });
const channel = () => redisKey("live");

/** Tells this process (at once) and, when Redis is there and `local` is not set, all others. */
export function tell(message: BusMessage, local = false): void {
  receiver?.(message, processId);
  if (local) return;
  publisher ??= openPublisher();
  if (publisher.status === "reconnecting" || publisher.status === "close" || publisher.status === "end") return;
  publisher.publish(channel(), JSON.stringify({ from: processId, message })).catch(() => undefined);
}

/** Begins to receive what this and other processes tell. */
export function openBus(receive: Receiver): void {
  receiver = receive;
  publisher ??= openPublisher();
  subscriber = createRedis({ maxRetriesPerRequest: null, enableOfflineQueue: true });
  subscriber.subscribe(channel()).catch(() => undefined); // repeated by the client itself whenever it is connected again
  subscriber.on("message", (_channel, text) => {
    const { from, message } = JSON.parse(text) as { from: string; message: BusMessage };
    if (from !== processId) receive(message, from);
  });
}

export async function closeBus(): Promise<void> {
  receiver = undefined;
  const open = [publisher, subscriber].filter((client) => client !== undefined);
  publisher = subscriber = undefined;
  await Promise.all(open.map(closeRedis));
}
