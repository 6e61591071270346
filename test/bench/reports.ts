import { insertTickets } from "./support/bulk.ts";
import { closeDatabase, database } from "./support/database.ts";
import { prepareDesk } from "./support/desk.ts";
import { sizes } from "./support/options.ts";
import { printGoal } from "./support/print.ts";
import { startApi } from "./support/processes.ts";

/*
 * Figures as data grows: the site's figures and overviews, asked one after another of desks of 1 000, 100 000 and 1 000 000
 * tickets; at rest, and each time just after a ticket has changed. Beside it stands one pass over the tickets, as figures
 * would be counted without days that are kept.
 */
const ask = 60;
const middle = (list: readonly number[], share: number): number =>
  [...list].sort((a, b) => a - b)[Math.ceil(list.length * share) - 1] ?? NaN;
const questions = [
  ["figures of all tickets", "/v1/support/tickets/stats"],
  ["overview of 30 days", "/v1/reports/overview"],
  [
    "overview of a year",
    `/v1/reports/overview?from=${new Date(Date.now() - 364 * 86_400_000).toISOString().slice(0, 10)}`,
  ],
] as const;
let worst = 0;

for (const size of sizes) {
  const name = `reports_${size}`;
  const api = await startApi(`${size}`, name, "http,relay,worker");
  const desk = await prepareDesk(api, name, 50);
  const headers = { authorization: `Bearer ${desk.staff}`, "content-type": "application/json" };
  const ids = await insertTickets(name, desk, size);
  const timed = async (path: string): Promise<number> => {
    const began = performance.now();
    const response = await fetch(api.url + path, { headers });
    const text = await response.text();
    if (!response.ok) throw new Error(`${path}: ${response.status} ${text}`);
    return performance.now() - began;
  };
  const first = await timed("/v1/support/tickets/stats");
  const db = await database(name);
  const began = Date.now();
  for (;;) {
    const state = await db.collection("figure_sites").findOne({ _id: desk.site.id as never });
    if (state?.["builtAt"]) break;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  process.stdout.write(
    `${size} tickets: ${first.toFixed(0)} ms from the tickets before any day was made; all days made within ${((Date.now() - began) / 1000).toFixed(0)} s\n`,
  );
  for (const [what, path] of questions) {
    await timed(path);
    const still: number[] = [];
    const moved: number[] = [];
    for (let round = 0; round < ask; round += 1) {
      still.push(await timed(path));
      const id = ids[(round * 7919) % ids.length] ?? "";
      const priority = round % 2 === 0 ? "low" : "high";
      await fetch(`${api.url}/v1/support/tickets/${id}`, {
        method: "PATCH",
        headers,
        body: JSON.stringify({ priority }),
      });
      moved.push(await timed(path));
    }
    if (size === sizes.at(-1)) worst = Math.max(worst, middle(still, 0.95), middle(moved, 0.95));
    process.stdout.write(
      `  ${what.padEnd(24)} p50 ${middle(still, 0.5).toFixed(0)} ms, p95 ${middle(still, 0.95).toFixed(0)} ms; just after a change p50 ${middle(moved, 0.5).toFixed(0)} ms, p95 ${middle(moved, 0.95).toFixed(0)} ms\n`,
    );
  }
  const pass: number[] = [];
  for (let round = 0; round < 3; round += 1) {
    const start = performance.now();
    await db
      .collection("tickets")
      .aggregate([
        { $match: { siteId: desk.site.id } },
        { $group: { _id: { status: "$status", priority: "$priority", category: "$category" }, count: { $sum: 1 } } },
      ])
      .toArray();
    pass.push(performance.now() - start);
  }
  process.stdout.write(`  ${"one pass, counts alone".padEnd(24)} ${middle(pass, 0.5).toFixed(0)} ms\n`);
  await api.stop();
}
process.stdout.write("\n");
printGoal(`figures at ${sizes.at(-1)} tickets, p95 of the slowest, ms`, worst, 300, true);
await closeDatabase();
