import { Types } from "mongoose";
import type { Document } from "mongodb";
import type { EventDocument } from "../../api/src/core/events/event.model.ts";
import { closeDatabase, database, databasePid } from "./support/database.ts";
import { processorTime } from "./support/load.ts";
import { rounds } from "./support/options.ts";
import { startApi, startFloor, type Running } from "./support/processes.ts";

/*
 * From an event's commit in one process to what a reaction in another writes. Ours finds events by change stream and sweep, claims
 * them, spreads them over Bull, runs the reaction that keeps a ticket's history, and notes each as done; the floor is a change
 * stream that hands the same events to a function writing the same document. Both are watched by a change stream of the harness.
 */
const perRound = 3000;
const calmEvents = 300;
const calmPerSecond = 60;
/** Ten minutes at twenty writes a second. */
const backlog = 12_000;
const names = { ours: "relay_ours", floor: "relay_floor" } as const;
type Side = keyof typeof names;
const effectsOf: Record<Side, string> = { ours: "ticket_history", floor: "effects" };
const startSide = (side: Side): Promise<Running> =>
  side === "ours" ? startApi("ours", names.ours, "http,relay,worker") : startFloor(names.floor, "", "relay-floor.ts");
const write = (text: string): boolean => process.stdout.write(`${text}\n`);

const eventsOf = async (side: Side) => (await database(names[side])).collection<EventDocument>("events");
/** An event as `record()` writes it in a process without a relay, with the one reaction. */
function newEvent(): EventDocument {
  const [id, ticketId, customerId] = Array.from({ length: 3 }, () => new Types.ObjectId().toHexString());
  return {
    _id: id!,
    siteId: "bench",
    type: "ticket.created",
    actor: { kind: "customer", id: customerId!, name: "Mara Lindqvist" },
    data: { ticketId: ticketId!, number: "TKT-20261121-00000000", customerId: customerId!, channel: "api" },
    occurredAt: new Date(),
    pending: ["tickets.history"],
    nextAt: new Date(0),
    claims: 0,
    attempts: 0,
  };
}
const writeConcern = { w: "majority", journal: true } as const;

/** Notes when each effect can be seen. */
async function watch(side: Side): Promise<{ seen: Map<string, number>; close(): Promise<void> }> {
  const seen = new Map<string, number>();
  const stream = (await database(names[side]))
    .collection(effectsOf[side])
    .watch([{ $match: { operationType: "insert" } }, { $project: { documentKey: 1, operationType: 1 } }]);
  await stream.tryNext();
  let isOn = true;
  void (async () => {
    while (isOn) {
      const change = (await stream.next().catch(() => undefined)) as Document | undefined;
      if (change) seen.set(String(change["documentKey"]._id), performance.now());
    }
  })();
  return {
    seen,
    close: async () => {
      isOn = false;
      await stream.close();
    },
  };
}
async function until(isSo: () => boolean): Promise<void> {
  for (const end = Date.now() + 300_000; !isSo(); await new Promise((resolve) => setTimeout(resolve, 10)))
    if (Date.now() > end) throw new Error("Events are still waiting after five minutes");
}

/** Events a second, from the first commit to the last effect. */
async function flood(side: Side, running: Running): Promise<number> {
  const { seen, close } = await watch(side);
  const mongod = await databasePid();
  const before = [processorTime(running.pid), processorTime(mongod)] as const;
  const began = performance.now();
  const events = await eventsOf(side);
  for (let made = 0; made < perRound; made += 100)
    await events.insertMany(Array.from({ length: 100 }, newEvent), { writeConcern });
  await until(() => seen.size >= perRound);
  const perSecond = (perRound / (Math.max(...seen.values()) - began)) * 1000;
  const cpu = (processorTime(running.pid) - before[0]) / perRound;
  const databaseCpu = (processorTime(mongod) - before[1]) / perRound;
  write(
    `  ${side.padEnd(6)} ${perSecond.toFixed(0).padStart(6)}/s  cpu ${cpu.toFixed(2)} + ${databaseCpu.toFixed(2)} ms`,
  );
  await settle(side);
  await close();
  return perSecond;
}

/** Milliseconds from commit to effect, one event at a time at a calm rate. */
async function calm(side: Side): Promise<{ p50: number; p99: number }> {
  const { seen, close } = await watch(side);
  const committed = new Map<string, number>();
  const events = await eventsOf(side);
  const began = performance.now();
  const writes: Promise<void>[] = [];
  for (let made = 0; made < calmEvents; made += 1) {
    const wait = began + (made * 1000) / calmPerSecond - performance.now();
    if (wait > 0) await new Promise((resolve) => setTimeout(resolve, wait));
    const event = newEvent();
    writes.push(events.insertOne(event, { writeConcern }).then(() => void committed.set(event._id, performance.now())));
  }
  await Promise.all(writes);
  await until(() => seen.size >= calmEvents);
  // Seen before its own commit was answered: at once.
  const times = [...committed].map(([id, at]) => Math.max(0, seen.get(id)! - at)).sort((a, b) => a - b);
  const at = (share: number): number => times[Math.floor(times.length * share)]!;
  await close();
  return { p50: at(0.5), p99: at(0.99) };
}

/** Seconds to work off what came in while nobody was there, from when the process is ready. */
async function catchUp(side: Side): Promise<number> {
  const events = await eventsOf(side);
  for (let made = 0; made < backlog; made += 1000)
    await events.insertMany(Array.from({ length: 1000 }, newEvent), { writeConcern });
  const { seen, close } = await watch(side);
  const began = performance.now();
  const running = await startSide(side);
  const ready = performance.now();
  await until(() => seen.size >= backlog);
  const done = Math.max(...seen.values());
  await settle(side);
  await close();
  write(
    `  ${side.padEnd(6)} ${((done - ready) / 1000).toFixed(1)} s after it was ready, ${((done - began) / 1000).toFixed(1)} s after its start`,
  );
  await running.stop();
  return done - began;
}

/** Done means noted as done as well; the floor forgets what it has dealt with. */
async function settle(side: Side): Promise<void> {
  const events = await eventsOf(side);
  if (side === "floor") return void (await events.deleteMany({}));
  while ((await events.countDocuments({ nextAt: { $exists: true } }, { limit: 1 })) > 0)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

const sides = { floor: await startSide("floor"), ours: await startSide("ours") };
write(`From commit to reaction, ${calmPerSecond} events a second, one by one`);
const latencies = { floor: await calm("floor"), ours: await calm("ours") };
for (const [side, { p50, p99 }] of Object.entries(latencies))
  write(`  ${side.padEnd(6)} p50 ${p50.toFixed(1)} ms  p99 ${p99.toFixed(1)} ms`);

write(`${perRound} events as fast as they can be written`);
const ratios: number[] = [];
for (let round = 0; round <= rounds; round += 1) {
  const bare = await flood("floor", sides.floor);
  const ratio = (await flood("ours", sides.ours)) / bare;
  if (round > 0) ratios.push(ratio); // the first is to warm up
}
ratios.sort((a, b) => a - b);
const ratio = ratios[Math.floor(ratios.length / 2)] ?? 0;
write(`  ratio ${ratio.toFixed(2)} (rounds ${ratios.map((one) => one.toFixed(2)).join(" ")})`);
await Promise.all(Object.values(sides).map((side) => side.stop()));

write(`${backlog} events that came in while nobody was there (ten minutes at twenty a second)`);
const behind = { floor: await catchUp("floor"), ours: await catchUp("ours") };
write(`  ours took ${(behind.ours / behind.floor).toFixed(1)} times as long as the floor, starting included`);
await closeDatabase();
