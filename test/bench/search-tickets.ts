import { insertTickets } from "./support/bulk.ts";
import { closeDatabase } from "./support/database.ts";
import { prepareDesk, type Desk } from "./support/desk.ts";
import { measureGrowth, type Question, type Stand } from "./support/growth.ts";
import { sizes } from "./support/options.ts";
import { startApi } from "./support/processes.ts";
import { writer } from "./support/texts.ts";

/*
 * Searching and listing as data grows: the same questions, one after another, to desks of 1 000, 100 000 and 1 000 000
 * tickets. The floor is our own figure at the smallest. All desks stand on one MongoDB, so what does not fit its cache shows.
 */
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
const of = {
  staff: (desk: Desk) => desk.staff,
  customer: (desk: Desk, round: number) => desk.customers[round % 100]?.token ?? "",
};
const list = (name: string, query: string, as: keyof typeof of = "staff"): Question => ({
  ...{ name, kind: "list", tokenOf: of[as] },
  ask: () => `/v1/support/tickets?${query}`,
});
const search = (name: string, query: (round: number) => string, as: keyof typeof of = "staff"): Question => ({
  ...{ name, kind: "search", tokenOf: of[as] },
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

await measureGrowth(stands, questions, { list: 2, search: 4 });
await Promise.all(stands.map(({ api }) => api.stop()));
await closeDatabase();
