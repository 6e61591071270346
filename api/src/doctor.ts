import mongoose from "mongoose";
import { createTransport } from "nodemailer";
import { checkScanner, checkStorage } from "./attachments/index.ts";
import { config } from "./core/config.ts";
import { connectData } from "./core/data/connection.ts";
import { decrypt, encrypt } from "./core/data/secrets.ts";
import { definedJobs } from "./core/jobs/define-job.ts";
import { backlogOf } from "./core/jobs/job-figures.ts";
import { closeRedis, createRedis } from "./core/redis.ts";
import "./features.ts"; // every kind of work is known from here on
import { checkInbound } from "./inbound/index.ts";
import { findTroubles, lastLedger } from "./operations/index.ts";

interface Check {
  name: string;
  /** Resolves with what was found; throws with what is wrong and what to do. */
  run(): Promise<string>;
}

const checks: readonly Check[] = [
  { name: "MongoDB", run: checkMongo },
  { name: "Redis", run: checkRedis },
  { name: "Mail", run: checkMail },
  { name: "Mail in", run: checkInbound },
  { name: "Files", run: checkStorage },
  { name: "Virus scan", run: checkScanner },
  { name: "Secret", run: checkSecret },
  { name: "Work", run: checkWork },
  { name: "Ledger", run: checkLedger },
];

/** Looks at everything Sidedesk stands on; one line a check. @returns 1 when something is wrong. */
export async function runDoctor(print: (line: string) => void): Promise<number> {
  let wrong = 0;
  for (const { name, run } of checks) {
    try {
      print(`ok    ${name}: ${await run()}`);
    } catch (error) {
      wrong++;
      print(`WRONG ${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  return wrong === 0 ? 0 : 1;
}

async function checkMongo(): Promise<string> {
  await connectData(config().MONGODB_URI);
  const hello = await mongoose.connection.db?.admin().command({ hello: 1 });
  if (!hello?.["setName"])
    throw new Error(
      "is not a replica set; transactions need one, of one member or more (mongod --replSet, then rs.initiate())",
    );
  const { version } = (await mongoose.connection.db?.admin().serverInfo()) ?? {};
  return `${String(version)}, replica set ${String(hello["setName"])}`;
}

async function checkRedis(): Promise<string> {
  const redis = createRedis();
  try {
    await new Promise((resolve, reject) => {
      redis.once("ready", resolve);
      redis.once("error", reject);
    });
    const policy = ((await redis.config("GET", "maxmemory-policy")) as string[])[1];
    if (policy !== "noeviction")
      throw new Error(
        `maxmemory-policy is ${policy}; set it to noeviction, or queued work may be dropped and come later`,
      );
    return "answers, noeviction";
  } finally {
    await closeRedis(redis);
  }
}

async function checkMail(): Promise<string> {
  const transport = createTransport({
    url: config().SMTP_URL,
    connectionTimeout: 5000,
    greetingTimeout: 5000,
  } as never);
  try {
    await transport.verify();
    return "the server accepts us";
  } finally {
    transport.close();
  }
}

async function checkSecret(): Promise<string> {
  const sealed = await mongoose.connection.collection("site_keys").findOne({ kind: "identity" });
  if (sealed) {
    try {
      decrypt(String(sealed["value"]));
    } catch {
      throw new Error("SIDEDESK_SECRET is not the one that stored secrets were encrypted with; put the old one back");
    }
  }
  decrypt(encrypt("check"));
  return sealed ? "opens what is stored" : "usable; nothing is stored yet";
}

async function checkWork(): Promise<string> {
  const troubles = (await findTroubles()).filter(({ name }) => name !== "ledger");
  if (troubles.length > 0)
    throw new Error(
      troubles.map(({ name, detail, since }) => `${name}: ${detail}${since ? ` (since ${since})` : ""}`).join("; "),
    );
  const failed = (await Promise.all(definedJobs().map(backlogOf))).filter((backlog) => backlog.failed > 0);
  if (failed.length === 0) return "nothing is behind, nothing was given up";
  return `nothing is behind; given up, to be repeated in the console's operations: ${failed
    .map(({ name, failed: count }) => `${count} of ${name}`)
    .join(", ")}`;
}

async function checkLedger(): Promise<string> {
  const [damaged] = (await findTroubles()).filter(({ name }) => name === "ledger");
  if (damaged) throw new Error(`${damaged.detail}; the log of that night names how many events were looked at`);
  const last = await lastLedger();
  return last ? `${last._id}: ${last.checked} events, nothing missing` : "no night has been checked yet";
}
