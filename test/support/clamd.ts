import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { clamdReady, clamdUrl, findClamd, spawnClamd } from "@sidedesk/local/clamd";
import { freePort } from "@sidedesk/local/ports";
import { end } from "@sidedesk/local/supervisor";

export interface TestClamd {
  url: string;
  port: number;
  stop(): Promise<void>;
  /** Again on the same port, after `stop`. */
  start(): Promise<void>;
  /** Ends it and removes what it wrote. */
  remove(): Promise<void>;
}

/** A real clamd with one signature of our own, on a port of its own. */
export async function startClamd(): Promise<TestClamd> {
  const program = await findClamd();
  const folder = await mkdtemp(join(tmpdir(), "sidedesk-clamd-"));
  const options = { program, folder, log: join(folder, "clamd.log"), port: await freePort() };
  let running: ReturnType<typeof spawnClamd> | undefined;
  const start = async (): Promise<void> => {
    running = spawnClamd(options);
    await clamdReady({ ...options, process: running });
  };
  const stop = async (): Promise<void> => {
    if (running) await end(running, 3000);
  };
  await start();
  return {
    url: clamdUrl(options.port),
    port: options.port,
    start,
    stop,
    remove: async () => {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The harmless file that scanners are tried out with, in two halves, so that no scanner stops over this source. */
export const eicar = ["X5O!P%@AP[4\\PZX54(P^)7CC)7}$", "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"].join("");
