import { loadConfig } from "../../api/src/core/config.ts";
import type { DeliveryDocument } from "../../api/src/webhooks/delivery.model.ts";
import type { WebhookDocument } from "../../api/src/webhooks/webhook.model.ts";
import { closeDatabase, database } from "./support/database.ts";
import { residentMemory } from "./support/load.ts";
import { deliveryCount } from "./support/options.ts";
import { printGoal } from "./support/print.ts";
import { apiEnvironment, startApi } from "./support/processes.ts";
import { deliveryTo, endpointsAt, startReceiver } from "./support/webhook-desk.ts";

/*
 * What a worker holds in memory while it delivers `--deliveries` (100 000) events to 100 endpoints, looked at after each twentieth
 * of them: flat from the first fifth on, or something is kept.
 */
const name = "webhook_memory";
const steps = 20;
const perStep = Math.ceil(deliveryCount / steps);
process.env["SIDEDESK_OUTBOUND_ALLOW"] = "127.0.0.1";
const receiver = await startReceiver();
const ours = await startApi("ours", name, "http,worker");
loadConfig(apiEnvironment(name, ours.url));
const db = await database(name);
const deliveries = db.collection<DeliveryDocument>("webhook_deliveries");
const endpoints = endpointsAt(receiver.url, 100, 2, "ticket.created");
await db.collection<WebhookDocument>("webhooks").insertMany(endpoints);

const held: number[] = [];
for (let step = 1; step <= steps; step += 1) {
  let most = 0;
  const watch = setInterval(() => (most = Math.max(most, residentMemory(ours.pid))), 100);
  receiver.reset();
  for (let made = 0; made < perStep; made += 1000) {
    const count = Math.min(1000, perStep - made);
    const due = new Date(Date.now() - 1000);
    await deliveries.insertMany(
      Array.from({ length: count }, (_none, index) => deliveryTo(endpoints[index % 100]!, due)),
    );
  }
  while (receiver.count() < perStep) await new Promise((resolve) => setTimeout(resolve, 50));
  clearInterval(watch);
  held.push(most);
  process.stdout.write(`  ${String(step * perStep).padStart(7)} delivered  ${most.toFixed(0)} MiB at most\n`);
  await deliveries.deleteMany({ state: "succeeded" }); // not what is measured
}
const [early, late] = [held.slice(steps / 5, (2 * steps) / 5), held.slice((-1 * steps) / 5)];
const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
printGoal("growth from the second fifth to the last, MiB", mean(late) - mean(early), 10, true);

await Promise.all([ours.stop(), closeDatabase()]);
receiver.close();
