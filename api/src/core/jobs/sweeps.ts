import { measureServerTime } from "../data/server-time.ts";
import { log } from "../log.ts";

/**
 * A look, every so often, for what has become due by a time that stands in documents: clocks, things to clean up. Every
 * worker looks; `run` must let only one act, by an atomic claim, and must mind being cut short.
 */
export interface Sweep {
  /** `feature.what`, unique. */
  name: string;
  everySeconds: number;
  run(): Promise<void>;
  /** Ends what `run` left going, such as a connection that is kept. */
  stop?(): Promise<void>;
}

/** Starts to look, at once and then again and again, never twice at the same time. `stop` waits for what runs. */
export function startSweeps(sweeps: readonly Sweep[]): { stop(): Promise<void> } {
  const ends = sweeps.map((sweep) => {
    let isStopped = false;
    let wake = (): void => undefined;
    const running = (async () => {
      while (!isStopped) {
        await measureServerTime()
          .then(() => sweep.run())
          .catch((error: unknown) =>
            log.warn({ err: error, sweep: sweep.name }, "a sweep failed; it comes round again"),
          );
        if (isStopped) break;
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, sweep.everySeconds * 1000);
          wake = () => (clearTimeout(timer), resolve());
        });
      }
    })();
    return async () => {
      isStopped = true;
      wake();
      await running;
      await sweep.stop?.();
    };
  });
  return {
    stop: async () => {
      await Promise.all(ends.map((end) => end()));
    },
  };
}
