import { customerSession } from "../../api/src/accounts/session.ts";
import { connectData, disconnectData, ensureIndexes } from "../../api/src/core/data/connection.ts";
import { newId } from "../../api/src/core/data/ids.ts";
import { loadConfig } from "../../api/src/core/config.ts";
import { publish } from "../../api/src/core/live/publish.ts";
import { customerStream } from "../../api/src/core/live/streams.ts";
import { closeDatabase } from "./support/database.ts";
import { processorTime, residentMemory } from "./support/load.ts";
import { connectionCount } from "./support/options.ts";
import { printGoal } from "./support/print.ts";
import { apiEnvironment, databaseUri, startApi, startFloor, type Running } from "./support/processes.ts";
import { eventually, openScreen, pause, quantileOf, type LightScreen } from "./support/screens.ts";

/*
 * What a live process holds for each connection, how it takes a storm of a thousand a second, and how long until thousands of
 * clients that come back after a restart have what they missed. The floor is Socket.IO as it comes: nobody is authenticated,
 * and nothing is caught up with.
 */
const perSecond = 1000;
const missed = 3;
const name = "connections";
const siteId = "bench";
const write = (text: string): boolean => process.stdout.write(`${text}\n`);

/** Signed as `POST /v1/sessions` would, each of a customer of their own. */
async function makeTokens(): Promise<{ id: string; token: string }[]> {
  const tokens = [];
  for (let index = 0; index < connectionCount; index += 1) {
    const id = newId();
    const customer = {
      id,
      siteId,
      externalId: `u${index}`,
      name: `Customer ${index}`,
      email: `u${index}@shop.example`,
    };
    tokens.push({ id, token: (await customerSession(customer as never)).token });
  }
  return tokens;
}

interface Storm {
  screens: LightScreen[];
  /** KiB a connection. */
  each: number;
  p50: number;
  p95: number;
  cpu: number;
}

async function storm(server: Running, auths: readonly object[]): Promise<Storm> {
  // What the first connections of a process cost is warming up, not the price of one more.
  const first = auths.slice(0, auths.length / 5).map((auth) => openScreen(server.url, auth));
  await eventually("the first are in", () => first.every(({ isOpen }) => isOpen));
  for (const screen of first) screen.close();
  await pause(4000);
  const idle = residentMemory(server.pid);
  const screens: LightScreen[] = [];
  const before = processorTime(server.pid);
  const began = performance.now();
  for (const [index, auth] of auths.entries()) {
    const wait = began + (index * 1000) / perSecond - performance.now();
    if (wait > 1) await pause(wait);
    screens.push(openScreen(server.url, auth));
  }
  const refused = (): LightScreen | undefined => screens.find(({ problem }) => problem);
  await eventually("all are in", () => screens.every(({ isOpen }) => isOpen) || refused() !== undefined);
  if (refused()) throw new Error(`${server.name} refused: ${refused()!.problem}`);
  const cpu = (processorTime(server.pid) - before) / auths.length;
  await pause(5000); // what is confirmed later has been, too
  const each = ((residentMemory(server.pid) - idle) * 1024) / auths.length;
  const times = screens.map(({ connectedAfter }) => connectedAfter ?? Number.NaN);
  const result = { screens, each, p50: quantileOf(times, 0.5), p95: quantileOf(times, 0.95), cpu };
  write(
    `  ${server.name.padEnd(6)} ${each.toFixed(1)} KiB a connection (${residentMemory(server.pid).toFixed(0)} MiB in all), let in after p50 ${result.p50.toFixed(1)} ms  p95 ${result.p95.toFixed(0)} ms, ${cpu.toFixed(2)} ms of processor time each`,
  );
  return result;
}

/** All come back within a second and a half, as clients do who wait for one second, more or less. */
async function comeBack(url: string, auths: readonly object[], isDone: (screen: LightScreen) => boolean) {
  const began = performance.now();
  const opened = await Promise.all(
    auths.map(async (auth) => {
      await pause(500 + Math.random() * 1000);
      return { from: performance.now(), screen: openScreen(url, auth) };
    }),
  );
  await eventually("all have what they came for", () => opened.every(({ screen }) => isDone(screen)));
  const screens = opened.map(({ screen }) => screen);
  const times = opened.map(({ from, screen }) => (screen.lastAt ? screen.lastAt - from : screen.connectedAfter!));
  return { screens, p50: quantileOf(times, 0.5), p95: quantileOf(times, 0.95), all: performance.now() - began };
}

const floor = await startFloor(name, "", "live-floor.ts");
let ours = await startApi("ours", name, "live");
loadConfig(apiEnvironment(name, ours.url));
await connectData(databaseUri(name));
await ensureIndexes();
const people = await makeTokens();

write(`${connectionCount} connections, ${perSecond} a second`);
const bare = await storm(
  floor,
  people.map(({ id }) => ({ room: id })),
);
const measured = await storm(
  ours,
  people.map(({ token }) => ({ token })),
);
printGoal("memory of a connection against a bare server", measured.each / bare.each, 1.3, true);

write(`a restart, after which each of ${connectionCount} clients has missed ${missed} entries`);
const tell = (sourceId: string): Promise<unknown> =>
  Promise.all(
    people.map(({ id }) =>
      publish([customerStream(siteId, id)], "event", {
        sourceId,
        type: "bench.told",
        occurredAt: new Date(),
        data: { words: "x".repeat(600) },
      }),
    ),
  );
await tell("first");
await eventually("all have their place", () => measured.screens.every(({ last }) => last === 1));
for (const { screens } of [bare, measured]) for (const screen of screens) screen.close();
await ours.stop();
for (let entry = 0; entry < missed; entry += 1) await tell(`missed-${entry}`);
ours = await startApi("ours", name, "live");
const empty = await comeBack(
  floor.url,
  people.map(({ id }) => ({ room: id })),
  ({ isOpen }) => isOpen,
);
for (const screen of empty.screens) screen.close();
write(`  floor  let in again after p50 ${empty.p50.toFixed(0)} ms  p95 ${empty.p95.toFixed(0)} ms`);
const caught = await comeBack(
  ours.url,
  people.map(({ token }) => ({ token, lastEventId: "1" })),
  ({ last }) => last === 1 + missed,
);
write(
  `  ours   has what it missed after p50 ${caught.p50.toFixed(0)} ms  p95 ${caught.p95.toFixed(0)} ms; all ${(caught.all / 1000).toFixed(1)} s after the first tries`,
);
const repeats = caught.screens.reduce((sum, screen) => sum + screen.repeats, 0);
const lost = caught.screens.filter(({ last }) => last !== 1 + missed).length;
if (repeats + lost > 0) throw new Error(`${repeats} came twice, ${lost} clients miss something`);
printGoal("p95 of catching up, ms", caught.p95, 2000, true);
for (const screen of caught.screens) screen.close();
await Promise.all([ours.stop(), floor.stop(), disconnectData(), closeDatabase()]);
