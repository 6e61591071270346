import { composeNotice } from "../../api/src/notifications/write-notices.ts";
import type { NotificationDocument } from "../../api/src/notifications/notification.model.ts";
import { closeDatabase, database } from "./support/database.ts";
import { prepareDesk, type Desk } from "./support/desk.ts";
import { measureGrowth, type Question, type Stand } from "./support/growth.ts";
import { sizes } from "./support/options.ts";
import { startApi } from "./support/processes.ts";
import { numbersFrom, writer } from "./support/texts.ts";

/*
 * A customer opens their notices: lists, tabs with their counts, the next page, on sites of 1 000, 100 000 and 1 000 000
 * notices. On each the same customers are asked, who have a hundred of them; where there is room, one has ten thousand.
 * The floor is our own figure at the smallest.
 */
const asked = 10;
const each = 100;
const many = 10_000;
const types = ["ticket", "ticket", "ticket", "ticket", "billing", "info", "alert", "compliance"] as const;

/** Writes notices as ours stores them; their indexes are made anew afterwards, which is quicker. */
async function insertNotices(name: string, { site, customers }: Desk, count: number): Promise<void> {
  const collection = (await database(name)).collection<NotificationDocument>("notifications");
  const indexes = (await collection.indexes()).filter((index) => index.name !== "_id_");
  await collection.dropIndexes();
  const next = numbersFrom(17);
  const { subject } = writer(17);
  const dayMs = 86_400_000;
  /** First those who are asked, then the one with very many, then all the others. */
  const readerOf = (place: number): string => {
    if (place < asked * each) return customers[place % asked]!.id;
    if (count > many * 2 && place < asked * each + many) return customers[asked]!.id;
    return `reader-${Math.floor(next() * (count / each))}`;
  };
  for (let done = 0; done < count; done += 5000) {
    const batch = Array.from({ length: Math.min(5000, count - done) }, (_none, index) => {
      const createdAt = new Date(Date.now() - next() * 29 * dayMs);
      const notice = composeNotice(
        (done + index).toString(16).padStart(24, "0"),
        site.id,
        {
          to: { kind: "customer", id: readerOf(done + index) },
          type: types[Math.floor(next() * types.length)]!,
          title: subject(),
          message: "Something changed on your request.",
          link: null,
          data: {},
        },
        {},
      );
      return { ...notice, read: next() < 0.8, createdAt, expireAt: new Date(createdAt.getTime() + 30 * dayMs) };
    });
    await collection.insertMany(batch, { ordered: false, writeConcern: { w: 1 } });
  }
  await collection.createIndexes(indexes.map(({ v, ns, ...index }) => index as { key: Record<string, 1 | -1> }));
}

const list = (name: string, query: string, kind = "list"): Question => ({
  name,
  kind,
  ask: () => `/v1/notifications?${query}`,
  tokenOf: (desk, round) => desk.customers[kind === "list" ? round % asked : asked]!.token,
});
const questions = [
  ["newest first", ""],
  ["unread ones", "unread=true"],
  ["unread first", "sort=unread"],
  ["oldest first", "sort=oldest"],
  ["one type", "type=billing"],
  ["with counts of each type", "counts=true"],
] as const;

const stands: Stand[] = [];
for (const size of sizes) {
  const name = `notices_${size}`;
  const api = await startApi(`${size}`, name, "http");
  const desk = await prepareDesk(api, name, asked + 1);
  const began = Date.now();
  await insertNotices(name, desk, size);
  process.stdout.write(`  ${size} notices are there after ${((Date.now() - began) / 1000).toFixed(0)} s\n`);
  stands.push({ size, api, desk });
}
await measureGrowth(
  stands,
  questions.map(([name, query]) => list(name, query)),
  { list: 2 },
);
process.stdout.write(`\nThe same for somebody with ${many} notices, where there are enough\n`);
await measureGrowth(
  stands.filter(({ size }) => size > many * 2),
  questions.map(([name, query]) => list(name, query, "many")),
  {},
);
await Promise.all(stands.map(({ api }) => api.stop()));
await closeDatabase();
