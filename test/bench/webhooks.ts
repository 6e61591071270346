import Bull from "bull";
import { loadConfig } from "../../api/src/core/config.ts";
import type { DeliveryDocument } from "../../api/src/webhooks/delivery.model.ts";
import type { WebhookDocument } from "../../api/src/webhooks/webhook.model.ts";
import { closeDatabase, commandCounts, database, databasePid } from "./support/database.ts";
import { processorTime } from "./support/load.ts";
import { profileFolder, rounds } from "./support/options.ts";
import { printCommands, printGoal } from "./support/print.ts";
import { apiEnvironment, startApi, startFloor, type Running } from "./support/processes.ts";
import { bodyOf, deliveryTo, endpointsAt, newId, startReceiver } from "./support/webhook-desk.ts";

/*
 * Deliveries a second to 20 endpoints that answer at once: ours as they lie in MongoDB, claimed, signed, posted and settled
 * with their log; the floor is Bull and undici posting the same bytes.
 */
const name = "webhooks_ours";
const perRound = 4000;
const endpoints = 20;
process.env["SIDEDESK_OUTBOUND_ALLOW"] = "127.0.0.1";

const receiver = await startReceiver();
const ours = await startApi("ours", name, "http,worker");
const floor = await startFloor(name, "", "webhook-floor.ts");
loadConfig(apiEnvironment(name, ours.url));
const db = await database(name);
const mongod = await databasePid();
const queue = new Bull<{ url: string; body: string }>("floor", process.env["TEST_REDIS_URL"] ?? "");
const webhooks = endpointsAt(receiver.url, endpoints, 1, "ticket.created");
await db.collection<WebhookDocument>("webhooks").insertMany(webhooks);

/** Everything is there before the first of it is due: filling is not what is measured. */
const leadMs = 4000;
async function fillOurs(): Promise<void> {
  const nextAttemptAt = new Date(Date.now() + leadMs);
  const made = Array.from({ length: perRound }, (_none, index) =>
    deliveryTo(webhooks[index % endpoints]!, nextAttemptAt),
  );
  await db.collection<DeliveryDocument>("webhook_deliveries").insertMany(made);
}
const fillFloor = async (): Promise<void> => {
  const jobs = Array.from({ length: perRound }, (_none, index) => ({
    data: { url: webhooks[index % endpoints]!.url, body: bodyOf(newId()) },
    opts: { removeOnComplete: true },
  }));
  await queue.pause();
  await queue.addBulk(jobs);
  await queue.resume();
};

async function run(who: Running, fill: () => Promise<void>): Promise<number> {
  receiver.reset();
  await fill();
  const commands = await commandCounts();
  const before = [processorTime(who.pid), processorTime(mongod)] as const;
  while (receiver.count() < perRound) await new Promise((resolve) => setTimeout(resolve, 20));
  const { first, last } = receiver.times();
  const perSecond = (perRound / (last - first)) * 1000;
  const cpu = (processorTime(who.pid) - before[0]) / perRound;
  const databaseCpu = (processorTime(mongod) - before[1]) / perRound;
  const figures = `${perSecond.toFixed(0).padStart(6)}/s  cpu ${cpu.toFixed(2)} + ${databaseCpu.toFixed(2)} ms`;
  process.stdout.write(`  ${who.name.padEnd(6)} ${figures}\n`);
  if (profileFolder && who === ours) printCommands(commands, await commandCounts(), perRound);
  const isLeft = { state: { $in: ["pending", "inflight"] } };
  while ((await db.collection("webhook_deliveries").countDocuments(isLeft)) > 0)
    await new Promise((resolve) => setTimeout(resolve, 50));
  return perSecond;
}

process.stdout.write(`Delivering ${perRound} events to ${endpoints} endpoints\n`);
await run(floor, fillFloor);
await run(ours, fillOurs);
const ratios: number[] = [];
for (let round = 1; round <= rounds; round += 1) {
  const bare = await run(floor, fillFloor);
  ratios.push((await run(ours, fillOurs)) / bare);
}
ratios.sort((a, b) => a - b);
process.stdout.write(`  rounds ${ratios.map((one) => one.toFixed(2)).join(" ")}\n`);
printGoal("deliveries a second against Bull and undici", ratios[Math.floor(ratios.length / 2)] ?? 0, 0.7);

await Promise.all([ours.stop(), floor.stop(), queue.close(), closeDatabase()]);
receiver.close();
