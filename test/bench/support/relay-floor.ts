import { createServer } from "node:http";
import { MongoClient, type Document } from "mongodb";

/*
 * The floor of `relay`: the driver's own change stream hands every event to a function that writes one document, as many at
 * a time as ours has. Nothing is claimed, queued, noted as done or tried again: what it loses is lost.
 */
const atOnce = 64;
const client = await MongoClient.connect(process.env["MONGODB_URI"] ?? "", { maxPoolSize: 64 });
const effects = client.db().collection("effects");
const events = client.db().collection<Document & { _id: string }>("events");
const writeConcern = { w: "majority", journal: true } as const;

const running = new Set<Promise<unknown>>();
async function take({ _id, siteId, type, actor, data, occurredAt }: Document): Promise<void> {
  const run = effects
    .insertOne({ _id, siteId, ticketId: data["ticketId"], type, actor, data, occurredAt }, { writeConcern })
    .finally(() => running.delete(run));
  running.add(run);
  if (running.size >= atOnce) await Promise.race(running);
}

const stream = events.watch([{ $match: { operationType: "insert" } }], { batchSize: 500 });
await stream.tryNext();
void (async () => {
  // What was there before the stream began is read first, in order.
  for await (const event of events.find({}).sort({ _id: 1 })) await take(event);
  for await (const change of stream) if (change.operationType === "insert") await take(change.fullDocument);
})();
createServer((_request, response) => response.end("ready")).listen(Number(process.env["PORT"]), "127.0.0.1");
process.once("SIGTERM", () => process.exit(0));
