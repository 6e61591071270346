import { insertTickets } from "./support/bulk.ts";
import { closeDatabase } from "./support/database.ts";
import { prepareDesk, type Desk } from "./support/desk.ts";
import { sizes } from "./support/options.ts";
import { printGoal } from "./support/print.ts";
import { startApi, type Running } from "./support/processes.ts";
import { writer } from "./support/texts.ts";

/*
 * Searching and listing as data grows: the same questions, one after another, to desks of 1 000, 100 000 and 1 000 000
 * tickets. The floor is our own figure at the smallest. All desks stand on one MongoDB, so what does not fit its cache shows.
 */
type Question = { name: string; kind: "list" | "search"; as: "staff" | "customer"; ask: (round: number) => string };

const { next } = writer(31);
const subjectWords = Array.from({ length: 400 }, () =>
  writer(Math.floor(next() * 1e6))
    .subject()
    .toLowerCase(),
);
const word = (index: number): string => (subjectWords[index % 400] ?? "").split(" ").at(-1) ?? "help";
const day = (round: number): string => {
  const date = new Date(Date.now() - ((round * 37) % 360) * 86_400_000);
  return date.toISOString().slice(0, 10).replaceAll("-", "");
};
const list = (name: string, query: string, as: Question["as"] = "staff"): Question => ({
  ...{ name, as, kind: "list" },
  ask: () => `/v1/support/tickets?${query}`,
});
const search = (name: string, query: (round: number) => string, as: Question["as"] = "staff"): Question => ({
  ...{ name, as, kind: "search" },
  ask: (round) => `/v1/support/tickets?${query(round)}`,
});

const questions: Question[] = [
  list("everything, newest first", ""),
  list("open ones", "status=open,in_progress"),
  list("open ones by what is due", "status=open,in_progress&sort=slaDueAt"),
  list("urgent ones", "priority=high,critical"),
  list("one category, latest change first", "category=billing&sort=-updatedAt"),
  list(
    "one category, three statuses, latest change first",
    "category=technical&sort=-updatedAt&status=open,in_progress,waiting_customer",
  ),
  list("nobody's", "assignee=none"),
  list("a colleague's in progress", "assignee=staff-3&status=in_progress"),
  list("one tag, critical", "tag=vip&priority=critical"),
  list(
    "rare: critical, other, open, oldest change first",
    "priority=critical&category=other&status=open&sort=updatedAt",
  ),
  list("a customer's own", "", "customer"),
  search("a common word", () => "q=payment"),
  search("a word", (round) => `q=${word(round)}`),
  search("two common words", () => "q=invoice%20delivery"),
  search("three words", (round) => `q=payment%20${word(round)}%20${word(round + 7)}`),
  search("the beginning of a number", (round) => `q=TKT-${day(round)}`),
  search("an address", (round) => `q=user-${round % 100}@shop.example`),
  search("a word among open ones", (round) => `q=${word(round)}&status=open`),
  search("a common word, latest change first", () => "q=payment&sort=-updatedAt"),
  search("a word, latest change first", (round) => `q=${word(round)}&sort=-updatedAt`),
  search("a customer's own, a word", (round) => `q=${word(round)}`, "customer"),
];

interface Stand {
  size: number;
  api: Running;
  desk: Desk;
}
const stands: Stand[] = [];
for (const size of sizes) {
  const name = `growth_${size}`;
  const api = await startApi(`${size}`, name, "http");
  const desk = await prepareDesk(api, name, Math.min(1000, Math.max(100, size / 100)));
  const began = Date.now();
  await insertTickets(name, desk, size);
  process.stdout.write(`  ${size} tickets are there after ${((Date.now() - began) / 1000).toFixed(0)} s\n`);
  stands.push({ size, api, desk });
}

const rounds = 40;
const warmUp = 5;
const times = new Map<Question, Map<number, number[]>>(questions.map((one) => [one, new Map()]));
for (let round = -warmUp; round < rounds; round += 1)
  for (const question of questions)
    for (const { size, api, desk } of stands) {
      const token = question.as === "staff" ? desk.staff : (desk.customers[(round + warmUp) % 100]?.token ?? "");
      const ms = await timed(api.url + question.ask(round + warmUp), token);
      const all = times.get(question)!;
      if (round >= 0) all.set(size, [...(all.get(size) ?? []), ms]);
    }

async function timed(url: string, token: string): Promise<number> {
  const began = performance.now();
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  return performance.now() - began;
}

const at = (list: readonly number[], share: number): number =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? Number.NaN;

process.stdout.write(`\nEach question asked ${rounds} times, one at a time: p50 / p95 in ms\n\n`);
process.stdout.write(`  ${"".padEnd(52)}${sizes.map((size) => String(size).padStart(18)).join("")}\n`);
for (const [question, bySize] of times) {
  const cells = sizes.map((size) => {
    const list = bySize.get(size) ?? [];
    return `${at(list, 0.5).toFixed(1)} / ${at(list, 0.95).toFixed(1)}`.padStart(18);
  });
  process.stdout.write(
    `  ${question.kind === "search" ? "search " : ""}${question.name}`.padEnd(54) + `${cells.join("")}\n`,
  );
}
process.stdout.write("\n");
const [smallest = 0] = sizes;
const largest = sizes.at(-1) ?? 0;
for (const [kind, goal] of [
  ["list", 2],
  ["search", 4],
] as const) {
  const all = (size: number) =>
    [...times].filter(([question]) => question.kind === kind).flatMap(([, bySize]) => bySize.get(size) ?? []);
  for (const size of sizes.slice(1)) {
    const ratio = at(all(size), 0.95) / at(all(smallest), 0.95);
    const text = `${kind}, p95 of all: ${at(all(smallest), 0.95).toFixed(1)} ms at ${smallest}, ${at(all(size), 0.95).toFixed(1)} ms at ${size}`;
    if (size === largest) printGoal(`${text}; times`, Math.round(ratio * 10) / 10, goal, true);
    else process.stdout.write(`           ${text}; times ${ratio.toFixed(1)}\n`);
  }
}
await Promise.all(stands.map(({ api }) => api.stop()));
await closeDatabase();
