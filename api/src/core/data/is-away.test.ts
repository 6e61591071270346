import mongoose from "mongoose";
import { expect, it } from "vitest";
import { isAway, isCutOff } from "./connection.ts";

const {
  MongoBulkWriteError,
  MongoNetworkError,
  MongoNetworkTimeoutError,
  MongoServerError,
  MongoServerSelectionError,
} = mongoose.mongo;
/** As the driver hands out what stopped a bulk write as a whole. */
const bulk = (error: Error): Error => new MongoBulkWriteError(error, {} as mongoose.mongo.BulkWriteResult);
const answered = (code: number, ...errorLabels: string[]): Error =>
  new MongoServerError({ message: "it says so", code, errorLabels });
const noServer = new MongoServerSelectionError("none", {} as never);
/** "interrupted due to server monitor timeout": exported by no name, and its own has no "Mongo" in it. */
class PoolClearedOnNetworkError extends MongoNetworkError {
  override get name(): string {
    return "PoolClearedOnNetworkError";
  }
}

it.each([
  ["a broken connection", new MongoNetworkError("read ECONNRESET"), true],
  ["a connection that is silent", new MongoNetworkTimeoutError("silent"), true],
  ["a pool that was emptied", new PoolClearedOnNetworkError("interrupted"), true],
  ["no server that may write", noServer, false],
  ["no primary any more", answered(10107), false],
  ["a transaction that lost its primary", answered(251, "TransientTransactionError"), false],
  ["a commit of which nobody knows", answered(64, "UnknownTransactionCommitResult"), false],
])("takes %s for a database that is away, also inside a bulk write", (_what, error, cut) => {
  expect([isAway(error), isAway(bulk(error))]).toEqual([true, true]);
  expect([isCutOff(error), isCutOff(bulk(error))]).toEqual([cut, cut]);
});

it.each([
  ["a unique index", answered(11000)],
  ["what the database does not understand", answered(9)],
  ["an error that is not the driver's", new Error("read ECONNRESET")],
  ["nothing", undefined],
])("takes %s for a fault", (_what, error) => {
  expect([isAway(error), isCutOff(error)]).toEqual([false, false]);
  if (error) expect(isAway(bulk(error))).toBe(false);
});
