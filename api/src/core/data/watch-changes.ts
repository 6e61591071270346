import type { mongo } from "mongoose";
import { log } from "../log.ts";

type ChangeStream<D extends mongo.BSON.Document> = mongo.ChangeStream<D, mongo.ChangeStreamDocument<D>>;

export interface ChangeWatch {
  /** Whether it is connected and nothing has been missed since. */
  isOpen(): boolean;
  close(): Promise<void>;
}

/** The history needed to go on is gone (or the token no longer fits): begin anew, and look at everything once. */
const lostHistory = new Set([136, 260, 280, 286]);

/**
 * Follows a collection's changes for as long as the process lives: reopened with backoff after any error, where it left
 * off when that is still known. Only ever a wake-up: whoever uses it must sweep as well.
 *
 * @param onOpen told after each opening that may have missed something
 */
export function watchChanges<D extends mongo.BSON.Document>(
  collection: mongo.Collection<D>,
  pipeline: mongo.BSON.Document[],
  onChange: (change: mongo.ChangeStreamDocument<D>) => void,
  onOpen: () => void = () => undefined,
): ChangeWatch {
  let stopped = false;
  let open = false;
  let failures = 0;
  let token: mongo.ResumeToken;
  let stream: ChangeStream<D> | undefined;
  let wakeUp: (() => void) | undefined;

  async function follow(): Promise<void> {
    stream = collection.watch<D, mongo.ChangeStreamDocument<D>>(pipeline, token ? { resumeAfter: token } : {});
    stream.on("error", () => undefined); // what goes wrong is thrown by next() as well
    // The first answer, empty or not, proves that the stream is there; only then is nothing missed any more.
    const first = await stream.tryNext();
    open = true;
    failures = 0;
    onOpen();
    if (first) take(first);
    while (!stopped) take(await stream.next());
  }
  function take(change: mongo.ChangeStreamDocument<D>): void {
    token = change._id;
    onChange(change);
  }
  async function run(): Promise<void> {
    while (!stopped) {
      try {
        await follow();
      } catch (error) {
        if (stopped) break;
        failures += 1;
        if (lostHistory.has((error as { code?: number }).code ?? 0) || failures > 3) token = undefined;
        log.warn({ err: error, collection: collection.collectionName }, "change stream ended; reopening");
      }
      open = false;
      await stream?.close().catch(() => undefined);
      if (stopped) break;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(100 * 2 ** failures, 5000));
        wakeUp = () => (clearTimeout(timer), resolve());
      });
    }
  }
  const running = run();
  return {
    isOpen: () => open,
    close: async () => {
      stopped = true;
      open = false;
      wakeUp?.();
      await stream?.close().catch(() => undefined);
      await running;
    },
  };
}
