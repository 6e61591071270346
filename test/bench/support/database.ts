import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { BSON, MongoClient, type Db, type Document } from "mongodb";
import type { Settled } from "./compare.ts";
import { workFolder } from "./options.ts";
import { databaseUri } from "./processes.ts";

let client: MongoClient | undefined;

/** The harness's own connection: it looks and prepares, and takes no part in what is measured. */
export async function database(name: string): Promise<Db> {
  client ??= await MongoClient.connect(databaseUri("admin"), { maxPoolSize: 4 });
  return client.db(name);
}
export const closeDatabase = async (): Promise<void> => client?.close();

/** The process of MongoDB, to see what it spends. */
export const databasePid = async (): Promise<number> =>
  Number((await (await database("admin")).command({ serverStatus: 1, repl: 0, metrics: 0, locks: 0 }))["pid"]);

/** How often MongoDB has run each command so far. */
export async function commandCounts(): Promise<Map<string, number>> {
  const { metrics } = await (await database("admin")).command({ serverStatus: 1, repl: 0, locks: 0 });
  const commands = Object.entries((metrics as { commands: Record<string, { total?: unknown }> }).commands);
  return new Map(commands.map(([name, { total }]) => [name, Number(total ?? 0)]));
}

/** Gives collections of the floor's database the indexes that ours have. */
export async function copyIndexes(from: Db, to: Db, collections: readonly string[]): Promise<void> {
  for (const name of collections) {
    const wanted = (await from.collection(name).indexes()).filter((index) => index.name !== "_id_");
    await to.createCollection(name);
    for (const { v, ns, key, ...options } of wanted) await to.collection(name).createIndex(key, options);
  }
}

/** Hands documents as ours stores them to the floor, which then writes the same, made anew each time. */
export function keepTemplates(templates: Document): string {
  const file = join(workFolder, "templates.json");
  writeFileSync(file, BSON.EJSON.stringify(templates));
  return file;
}

const isPending = { nextAt: { $exists: true } };
const isWaiting = { state: { $in: ["pending", "inflight"] } };

/** What waits at this moment, and how long it takes until nothing does: first events with reactions, then mails. */
export async function drained(name: string): Promise<Settled> {
  const db = await database(name);
  const [events, emails] = [db.collection("events"), db.collection("emails")];
  const began = Date.now();
  const [pending, mails] = await Promise.all([events.countDocuments(isPending), emails.countDocuments(isWaiting)]);
  await until(async () => (await events.countDocuments(isPending, { limit: 1 })) === 0);
  const seconds = (Date.now() - began) / 1000;
  await until(async () => (await emails.countDocuments(isWaiting, { limit: 1 })) === 0);
  return { pending, seconds, mails, mailSeconds: (Date.now() - began) / 1000 };
}

const patienceMs = 300_000;

async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + patienceMs; !(await isSo()); await new Promise((resolve) => setTimeout(resolve, 50))) {
    if (Date.now() > end) throw new Error(`Work is still waiting after ${patienceMs / 1000} s`);
  }
}
