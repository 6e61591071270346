import mongoose, { type mongo } from "mongoose";
import { log } from "../log.ts";

interface Inactive {
  lsid: { id: mongo.UUID };
  connectionId: number;
}

const inactiveMicros = 1_000_000;
let isAllowed = true;

/**
 * Ends the transactions of processes that were killed. MongoDB would keep what they had written locked for a minute, and
 * whoever needs the same documents (a ticket) would wait. A transaction is an orphan when nothing has
 * happened in it for a second and the connection it came over is gone. Needs no privilege beyond the own user's sessions;
 * where even that is refused, it is left to MongoDB's limit.
 *
 * @returns how many were ended
 */
export async function endOrphanedTransactions(): Promise<number> {
  if (!isAllowed) return 0;
  try {
    const inactive = await currentOp<Inactive>([
      { $match: { type: "idleSession", "transaction.timeInactiveMicros": { $gte: inactiveMicros } } },
      { $project: { lsid: 1, connectionId: 1 } },
    ]);
    if (inactive.length === 0) return 0;
    const open = await currentOp<{ connectionId: number }>([
      { $match: { type: { $ne: "idleSession" } } },
      { $project: { connectionId: 1 } },
    ]);
    const connections = new Set(open.map((each) => each.connectionId));
    const orphans = inactive
      .filter((each) => !connections.has(each.connectionId))
      .map((each) => ({ id: each.lsid.id }));
    if (orphans.length === 0) return 0;
    await admin().command({ killSessions: orphans });
    log.warn({ count: orphans.length }, "ended transactions that a lost process had left open");
    return orphans.length;
  } catch (error) {
    if ((error as { codeName?: string }).codeName === "Unauthorized") isAllowed = false;
    log.warn(
      { err: error },
      isAllowed
        ? "could not look for orphaned transactions"
        : "not allowed to look for orphaned transactions; MongoDB's own limit ends them",
    );
    return 0;
  }
}

const admin = () => mongoose.connection.getClient().db("admin");

const currentOp = <T extends mongo.BSON.Document>(stages: mongo.BSON.Document[]): Promise<T[]> =>
  admin()
    .aggregate<T>([{ $currentOp: { allUsers: false, idleConnections: true, idleSessions: true } }, ...stages])
    .toArray();
