import { once } from "node:events";
import type { Socket } from "node:net";
import mongoose from "mongoose";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { closeTestData, openTestData } from "../../../../test/support/core.ts";
import { isAway, isCutOff } from "./connection.ts";
import { afterCommit, handedTransaction, inSession, openTransaction, transaction } from "./transaction.ts";

/** What the driver has inside, down to its sockets. */
interface Inside {
  topology: { s: { servers: Map<string, { pool: { connections: Iterable<{ socket: Socket }> } }> } };
}
const things = () => mongoose.connection.collection<{ _id: string }>("things");
const ids = async (): Promise<string[]> => (await things().find().sort({ _id: 1 }).toArray()).map(({ _id }) => _id);

beforeAll(() => openTestData());
beforeEach(() => things().deleteMany({}));
afterAll(closeTestData);

it("keeps all of a handed transaction or nothing, and runs its hooks once it is kept", async () => {
  const told: string[] = [];
  const run = (_id: string, isBroken: boolean): Promise<void> =>
    handedTransaction(async (open) => {
      expect(openTransaction()).toBeUndefined();
      await things().insertOne({ _id }, inSession(open));
      afterCommit(() => told.push(_id), open);
      expect([await ids(), told]).toEqual([[], []]);
      if (isBroken) throw new Error("broken");
    });
  await expect(run("a", true)).rejects.toThrow("broken");
  await run("b", false);
  expect([await ids(), told]).toEqual([["b"], ["b"]]);
});

it("makes a handed transaction a part of what surrounds it, and that a part of what surrounds that", async () => {
  const told: string[] = [];
  const nested = transaction(async (outer) => {
    await transaction(() => things().insertOne({ _id: "a" }, inSession()));
    await handedTransaction(async (open) => {
      expect(open).toBe(outer);
      await things().insertOne({ _id: "b" }, inSession(open));
      afterCommit(() => told.push("b"), open);
    });
    expect([await ids(), told]).toEqual([[], []]);
    throw new Error("broken");
  });
  await expect(nested).rejects.toThrow("broken");
  expect([await ids(), told]).toEqual([[], []]);
});

it("lets each of many at once see its own transaction, whoever else's ends meanwhile", async () => {
  const one = (index: number): Promise<void> =>
    (index % 2 ? transaction : handedTransaction)(async (open) => {
      for (let step = 0; step < 3; step++) {
        expect(openTransaction()).toBe(index % 2 ? open : undefined);
        await things().insertOne({ _id: `${index}-${step}` }, inSession(open));
      }
      if (index % 5 === 0) throw new Error("broken");
    });
  const ends = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => one(index)));
  const kept = ends.flatMap(({ status }, index) =>
    status === "fulfilled" ? [0, 1, 2].map((step) => `${index}-${step}`) : [],
  );
  expect(await ids()).toEqual(kept.sort());
  expect([kept.length, openTransaction()]).toEqual([48, undefined]);
});

it("runs a body again whose connection broke, also inside a bulk write and without the driver's label", async () => {
  let runs = 0;
  const told: number[] = [];
  await transaction(async () => {
    const run = (runs += 1);
    await things().insertOne({ _id: `run ${run}` }, inSession());
    afterCommit(() => told.push(run));
    const broken = new mongoose.mongo.MongoNetworkError("read ECONNRESET");
    if (run === 1) throw broken;
    if (run === 2) throw new mongoose.mongo.MongoBulkWriteError(broken, {} as mongoose.mongo.BulkWriteResult);
  });
  expect([await ids(), told]).toEqual([["run 3"], [3]]);
});

it("runs a body again whose connection the server had ended when it was written to, and calls that away elsewhere", async () => {
  /** Ends the connections at rest, as a server does that is killed, and resolves before they are closed; then `closed` does. */
  const end = async (): Promise<{ closed: Promise<unknown> }> => {
    const client = mongoose.connection.getClient() as unknown as Inside;
    const resting = [...client.topology.s.servers.values()].flatMap(({ pool }) => [...pool.connections]);
    expect(resting.length).toBeGreaterThan(0);
    const ended = resting.map(({ socket }) => once(socket, "end"));
    const closed = resting.map(({ socket }) => new Promise((resolve) => socket.once("close", resolve)));
    for (const { socket } of resting) socket.push(null);
    await Promise.all(ended);
    return { closed: Promise.all(closed) };
  };
  const write = (_id: string) => things().insertOne({ _id }, inSession());
  await ids();
  const { closed } = await end();
  const refused: unknown = await things()
    .insertOne({ _id: "alone" })
    .catch((error: unknown) => error);
  expect(refused).toMatchObject({ code: "EPIPE", name: "Error" }); // else the driver says so itself now, and isBrokenPipe can go
  expect([isAway(refused), isCutOff(refused)]).toEqual([true, true]);
  const bulk = new mongoose.mongo.MongoBulkWriteError(refused as Error, {} as mongoose.mongo.BulkWriteResult);
  expect(isAway(bulk)).toBe(true);
  await closed;

  await ids();
  let runs = 0;
  await transaction(async () => {
    runs += 1;
    if (runs === 1) await end();
    await write("kept");
  });
  expect([await ids(), runs > 1]).toEqual([["kept"], true]);
});
