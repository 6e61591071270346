import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findMongod, findRedis } from "@sidedesk/local/binaries";
import { startMailCatcher } from "@sidedesk/local/mail-catcher";
import { mongodbReady, mongodbUri, primaryReady, spawnMongod } from "@sidedesk/local/mongodb";
import { freePort } from "@sidedesk/local/ports";
import { redisReady, redisUrl, spawnRedis } from "@sidedesk/local/redis";
import { startWebhookSink, type WebhookSink } from "./webhook-sink.ts";

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
  /** Each of MongoDB's members; `mongodb` is the first. */
  members: (Breakable & { port: number })[];
  redis: Breakable & { url: string };
  mail: { url: string; messageIds(): string[] };
  /** A receiver of webhooks. */
  sink: WebhookSink;
  close(): Promise<void>;
}

/**
 * MongoDB, Redis, a mail server and a receiver of webhooks that belong to one test file alone, because it breaks them.
 * @param options.members how many mongods make the replica set
 * @param options.mongodArgs further arguments for each
 */
export async function startStand(options: { members?: number; mongodArgs?: string[] } = {}): Promise<Stand> {
  const folder = mkdtempSync(join(tmpdir(), "sidedesk-faults-"));
  for (const name of ["redis", "mail"]) mkdirSync(join(folder, name));
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

  const ports: number[] = [];
  for (let member = 0; member < (options.members ?? 1); member += 1) ports.push(await freePort());
  const program = await findMongod();
  // The first makes the set out of all, so none waits for another here.
  const members = await Promise.all(
    ports.map(async (port) => {
      const data = join(folder, `mongodb-${port}`);
      mkdirSync(data);
      const at = { program, data, log: join(folder, `mongod-${port}.log`), port, args: options.mongodArgs ?? [] };
      const member = await breakable(async () => {
        const child = hold(spawnMongod(at));
        await mongodbReady({ ...at, process: child, members: ports });
        return child;
      }, data);
      return { ...member, port };
    }),
  );

  const uri = mongodbUri(ports, "faults");
  await primaryReady(uri);

  const mailFolder = join(folder, "mail");
  const [mail, sink] = await Promise.all([
    startMailCatcher({ port: await freePort(), folder: mailFolder }),
    startWebhookSink(),
  ]);
  return {
    mongodb: { ...members[0]!, uri },
    members,
    sink,
    redis: { ...redis, url: redisUrl(redisAt.port) },
    mail: {
      url: mail.url,
      messageIds: () =>
        readdirSync(mailFolder)
          .filter((name) => name.endsWith(".eml") && !name.startsWith("."))
          .map((name) => /^message-id:\s*(\S+)/im.exec(readFileSync(join(mailFolder, name), "utf8"))?.[1] ?? name),
    },
    async close() {
      await Promise.all([mail.stop(), sink.close()]);
      const ended = [...children].map((child) => once(child, "exit"));
      killAll();
      await Promise.all(ended);
      process.off("exit", killAll);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
