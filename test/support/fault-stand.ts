import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findMongod, findRedis } from "@sidedesk/local/binaries";
import { startMailCatcher } from "@sidedesk/local/mail-catcher";
import { mongodbReady, mongodbUri, spawnMongod } from "@sidedesk/local/mongodb";
import { freePort } from "@sidedesk/local/ports";
import { redisReady, redisUrl, spawnRedis } from "@sidedesk/local/redis";

/** A service that a test may take away and bring back on the same address. */
export interface Breakable {
  /** SIGKILL. */
  kill(): Promise<void>;
  /** Stops it in its tracks, connections and all, as a swapped-out or frozen machine would be. */
  freeze(): void;
  thaw(): void;
  /** Starts it again; `wiped` with nothing of what it had. */
  restart(options?: { wiped?: boolean }): Promise<void>;
}

export interface Stand {
  mongodb: Breakable & { uri: string };
  redis: Breakable & { url: string };
  mail: { url: string; messageIds(): string[] };
  close(): Promise<void>;
}

/** MongoDB, Redis and a mail server that belong to one test file alone, because it breaks them. */
export async function startStand(): Promise<Stand> {
  const folder = mkdtempSync(join(tmpdir(), "sidedesk-faults-"));
  for (const name of ["mongodb", "redis", "mail"]) mkdirSync(join(folder, name));
  const children = new Set<ChildProcess>();
  const killAll = (): void => children.forEach((child) => child.kill("SIGKILL"));
  process.once("exit", killAll);

  async function breakable(start: () => Promise<ChildProcess>, data: string): Promise<Breakable> {
    let child = await start();
    return {
      async kill() {
        if (!children.delete(child)) return;
        const ended = once(child, "exit");
        child.kill("SIGKILL");
        await ended;
      },
      freeze: () => void child.kill("SIGSTOP"),
      thaw: () => void child.kill("SIGCONT"),
      async restart({ wiped = false } = {}) {
        if (children.has(child)) return;
        if (wiped) {
          rmSync(data, { recursive: true });
          mkdirSync(data);
        }
        child = await start();
      },
    };
  }
  const hold = (child: ChildProcess): ChildProcess => (children.add(child), child);

  const redisAt = {
    program: await findRedis(),
    data: join(folder, "redis"),
    log: join(folder, "redis.log"),
    port: await freePort(),
    isKept: true,
  };
  const redis = await breakable(async () => {
    const child = hold(spawnRedis(redisAt));
    await redisReady({ ...redisAt, process: child });
    return child;
  }, redisAt.data);

  const mongoAt = {
    program: await findMongod(),
    data: join(folder, "mongodb"),
    log: join(folder, "mongod.log"),
    port: await freePort(),
  };
  const mongodb = await breakable(async () => {
    const child = hold(spawnMongod(mongoAt));
    await mongodbReady({ ...mongoAt, process: child });
    return child;
  }, mongoAt.data);

  const mailFolder = join(folder, "mail");
  const mail = await startMailCatcher({ port: await freePort(), folder: mailFolder });
  return {
    mongodb: { ...mongodb, uri: mongodbUri(mongoAt.port, "faults") },
    redis: { ...redis, url: redisUrl(redisAt.port) },
    mail: {
      url: mail.url,
      messageIds: () =>
        readdirSync(mailFolder)
          .filter((name) => name.endsWith(".eml") && !name.startsWith("."))
          .map((name) => /^message-id:\s*(\S+)/im.exec(readFileSync(join(mailFolder, name), "utf8"))?.[1] ?? name),
    },
    async close() {
      await mail.stop();
      const ended = [...children].map((child) => once(child, "exit"));
      killAll();
      await Promise.all(ended);
      process.off("exit", killAll);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
