import { get } from "node:http";
import { insertTickets } from "./support/bulk.ts";
import { closeDatabase, keepTemplates } from "./support/database.ts";
import { prepareDesk } from "./support/desk.ts";
import { residentMemory } from "./support/load.ts";
import { rounds, ticketCount } from "./support/options.ts";
import { printGoal } from "./support/print.ts";
import { startApi, startFloor, type Running } from "./support/processes.ts";

/*
 * A server takes all tickets of a site as CSV and as JSON. The floor streams the same fields of the same tickets from the
 * driver's cursor as lines of JSON: no caller, no presenting, no cells. Memory is what a process has at most above what it
 * had before.
 */
const name = "export";
const api = await startApi("http", name, "http");
const desk = await prepareDesk(api, name, 500);
await insertTickets(name, desk, ticketCount);
const floor = await startFloor(name, keepTemplates({ customers: {}, siteId: desk.site.id }));

interface Took {
  perSecond: number;
  megabytes: number;
  /** Above what the process had before, and all that it had at most. */
  memory: number;
  resident: number;
}

/** Reads to the end and forgets it at once. */
async function take({ url, pid }: Running, path: string): Promise<Took> {
  const before = residentMemory(pid);
  let most = before;
  const timer = setInterval(() => (most = Math.max(most, residentMemory(pid))), 50);
  const began = performance.now();
  let bytes = 0;
  await new Promise<void>((resolve, reject) => {
    get(url + path, { headers: { authorization: `Bearer ${desk.secretKey}` } }, (response) => {
      if (response.statusCode !== 200) reject(new Error(`${path}: ${response.statusCode}`));
      response.on("data", (chunk: Buffer) => (bytes += chunk.length));
      response.on("end", resolve);
      response.on("error", (error) => reject(new Error(`${path} broke off after ${bytes} bytes`, { cause: error })));
    }).on("error", reject);
  });
  clearInterval(timer);
  const seconds = (performance.now() - began) / 1000;
  return { perSecond: ticketCount / seconds, megabytes: bytes / 2 ** 20, memory: most - before, resident: most };
}

const ways = [
  { name: "floor, lines of JSON", server: floor, path: "/export" },
  { name: "CSV", server: api, path: "/v1/support/exports/tickets.csv" },
  { name: "JSON", server: api, path: "/v1/support/exports/tickets.json" },
];
const took = new Map(ways.map((way) => [way.name, [] as Took[]]));
process.stdout.write(`Exporting ${ticketCount} tickets, ${rounds} rounds\n`);
for (let round = 0; round <= rounds; round += 1)
  for (const { name: way, server, path } of ways) {
    const one = await take(server, path);
    if (round > 0) took.get(way)?.push(one);
  }

const middle = (list: readonly number[]): number => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)] ?? NaN;
const figures = (way: string) => {
  const list = took.get(way) ?? [];
  return {
    perSecond: middle(list.map((one) => one.perSecond)),
    megabytes: list[0]?.megabytes ?? 0,
    memory: Math.max(...list.map((one) => one.memory)),
    resident: Math.max(...list.map((one) => one.resident)),
  };
};
const base = figures("floor, lines of JSON").perSecond;
process.stdout.write("\n");
for (const { name: way } of ways) {
  const { perSecond, megabytes, memory, resident } = figures(way);
  const ratio = (perSecond / base).toFixed(2);
  process.stdout.write(
    `  ${way.padEnd(22)} ${perSecond.toFixed(0).padStart(7)} tickets/s  ${megabytes.toFixed(0).padStart(4)} MiB  ratio ${ratio}  memory +${memory.toFixed(0)} to ${resident.toFixed(0)} MiB at most\n`,
  );
}
process.stdout.write("\n");
const resident = Math.max(figures("CSV").resident, figures("JSON").resident);
printGoal("resident memory of the API while it exports, MiB", resident, 256, true);
await Promise.all([floor.stop(), api.stop()]);
await closeDatabase();
