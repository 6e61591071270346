import { spawn } from "node:child_process";
import { once } from "node:events";
import mongoose from "mongoose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeTestData, openTestData, sleep } from "../../../../test/support/core.ts";
import { endOrphanedTransactions } from "./end-orphans.ts";
import { inSession, transaction } from "./transaction.ts";
import { until } from "../../../../test/support/until.ts";

const program = `
  const { MongoClient } = require("mongodb");
  (async () => {
    const client = await new MongoClient(process.argv[1]).connect();
    const session = client.startSession();
    session.startTransaction();
    await client.db(process.argv[2]).collection("things").updateOne({ _id: 1 }, { $set: { by: "killed" } }, { session });
    console.log("open");
    setInterval(() => undefined, 1000);
  })();`;
const things = () => mongoose.connection.collection<{ _id: number; by: string }>("things");

beforeAll(() => openTestData());
afterAll(closeTestData);

it("frees what a killed process had locked, and leaves the living alone", async () => {
  await things().insertOne({ _id: 1, by: "nobody" });
  const uri = `mongodb://${mongoose.connection.host}:${mongoose.connection.port}/?directConnection=true`;
  const child = spawn(process.execPath, ["-e", program, uri, mongoose.connection.name], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  await once(child.stdout, "data");
  await sleep(1100);
  expect(await endOrphanedTransactions()).toBe(0); // inactive, but its process lives
  child.kill("SIGKILL");
  await once(child, "exit");
  await until(async () => (await endOrphanedTransactions()) === 1, { what: "the orphan is found", ms: 3000 });
  await transaction(async () => {
    await things().updateOne({ _id: 1 }, { $set: { by: "us" } }, inSession());
  });
  expect(await things().findOne({ _id: 1 })).toMatchObject({ by: "us" });
});
