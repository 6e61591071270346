import type { Operations } from "@sidedesk/contract";
import mongoose from "mongoose";
import { uploadLimits } from "../attachments/index.ts";
import { oldestPendingSeconds, pendingEvents } from "../core/events/relay.ts";
import { definedJobs, type Job } from "../core/jobs/define-job.ts";
import { liveConnections } from "../core/live/attach-live.ts";
import { findTroubles } from "../operations/index.ts";
import { listErasures } from "./erase-customer.ts";
import { presentRetention } from "./retention.ts";

const mostCounted = 10_000;

/** How the desk is doing. Everything is counted along an index, and no further than anybody would read. */
export async function presentOperations(siteId: string): Promise<Operations> {
  const [queues, pending, lagSeconds, storage, mongodb, retention, erasures, problems] = await Promise.all([
    Promise.all(definedJobs().map(presentQueue)),
    pendingEvents(),
    oldestPendingSeconds(),
    presentStorage(),
    mongoVersion(),
    presentRetention(siteId),
    listErasures(siteId),
    findTroubles(),
  ]);
  return {
    queues: queues.sort((a, b) => (a.name < b.name ? -1 : 1)),
    relay: { pending, lagSeconds },
    connections: liveConnections(),
    storage,
    uploads: uploadLimits(),
    versions: { sidedesk: "1", node: process.versions.node, mongodb },
    retention,
    erasures,
    problems,
  };
}

async function presentQueue({ name, collection }: Job): Promise<Operations["queues"][number]> {
  const now = new Date();
  const most = { limit: mostCounted };
  const [due, waiting, inflight] = await Promise.all([
    collection().countDocuments({ state: "pending", nextAttemptAt: { $lte: now } }, most),
    collection().countDocuments({ state: "pending", nextAttemptAt: { $gt: now } }, most),
    collection().countDocuments({ state: "inflight", leaseUntil: { $gte: new Date(0) } }, most),
  ]);
  return { name, due, waiting, inflight };
}

async function presentStorage(): Promise<Operations["storage"]> {
  const db = mongoose.connection.db!;
  const [stats, tickets, comments, files] = await Promise.all([
    db.stats(),
    ...["tickets", "comments", "attachments"].map((name) => db.collection(name).estimatedDocumentCount()),
  ]);
  return {
    databaseBytes: Number(stats["storageSize"]) + Number(stats["indexSize"]),
    tickets: tickets!,
    comments: comments!,
    files: files!,
  };
}

let version: string | undefined;
const mongoVersion = async (): Promise<string> =>
  (version ??= String((await mongoose.connection.db!.admin().serverInfo())["version"]));
