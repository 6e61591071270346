import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "../../../test/support/app.ts";
import { buildSite, buildStaff, type TestSite, type TestStaff } from "../../../test/support/factories.ts";
import { emails } from "../channels/email.model.ts";
import { drainEvents } from "../core/events/relay.ts";
import { events } from "../core/events/event.model.ts";
import { entries } from "../core/live/entry.model.ts";
import { importTickets, type ImportResult } from "./import-tickets.ts";

const head = "subject,description,email\r\n";
const good = (index: number) => `Subject ${index},"Description, number ${index}",p${index % 7}@home.example\r\n`;
let app: TestApp;
let folder: string;
let site: TestSite;
let agent: TestStaff;
let files = 0;
let people = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sidedesk-import-"));
  app = await startTestApp();
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});
beforeEach(async () => {
  site = await buildSite();
  agent = await buildStaff(app, site, { email: `kim-${(people += 1)}@desk.example`, name: "Kim Aldous" });
});

async function file(content: string | Buffer): Promise<string> {
  const path = join(folder, `${(files += 1)}.csv`);
  await writeFile(path, content);
  return path;
}
const read = async (content: string | Buffer): Promise<ImportResult> =>
  importTickets({ siteId: site.id, file: await file(content) });
const list = async (query = "") => (await app.get(`/v1/support/tickets?limit=100${query}`, { as: agent })).body.data;

describe("T16 an import", () => {
  it("reads what spreadsheets write: a mark at the beginning, quotes, line ends, semicolons, other names", async () => {
    const result = await read(
      '\ufeffTitle;"Requester Email";Message;Labels;Ignored\r\n"Printer; on fire";"Ina@Home.example";"He said ""hurry"".\r\nSecond line";"Fire, Money";x\r\n\r\n;;;;\r\n',
    );
    expect(result).toEqual({ imported: 1, skipped: 0, rejected: 0, rejects: [], filesLeft: 0, isDone: true });
    expect(await list()).toMatchObject([
      {
        subject: "Printer; on fire",
        description: 'He said "hurry".\nSecond line',
        tags: ["fire", "money"],
        customer: { email: "ina@home.example", name: "ina" },
        status: "open",
      },
    ]);
  });

  it("keeps what a row knows of its ticket's life", async () => {
    const columns =
      "number,subject,description,status,priority,category,tags,customer_email,customer_name,assignee_email,created_at,updated_at,first_responded_at,resolved_at,rating";
    const row = `TKT-20250102-ABCD1234,Old story,It happened long ago.,Closed,urgent,Billing,a|b,ina@home.example,Ina Berg,${agent.email},2025-01-02T10:00:00Z,2025-01-05 12:00,2025-01-02T10:30:00+00:00,2025-01-03,4`;
    expect(await read(`${columns}\n${row}\n`)).toMatchObject({ imported: 1, rejects: [] });
    const ticket = (await app.get("/v1/support/tickets/TKT-20250102-ABCD1234", { as: agent })).body;
    expect(ticket).toMatchObject({
      status: "closed",
      priority: "critical",
      category: "billing",
      tags: ["a", "b"],
      customer: { name: "Ina Berg" },
      assignee: { id: agent.id, name: "Kim Aldous" },
      createdAt: "2025-01-02T10:00:00.000Z",
      updatedAt: "2025-01-05T12:00:00.000Z",
      firstRespondedAt: "2025-01-02T10:30:00.000Z",
      resolvedAt: "2025-01-03T00:00:00.000Z",
      slaDueAt: "2025-01-02T11:00:00.000Z",
      slaState: "met",
      rating: { score: 4 },
    });
    const stats = (await app.get("/v1/support/tickets/stats", { as: agent })).body;
    expect(stats).toMatchObject({
      total: 1,
      firstResponse: { median: 1800 },
      resolution: { median: 50_400 },
      slaMetShare: 1,
      csat: { average: 4, count: 1 },
    });
    expect((await app.get(`/v1/support/tickets/${ticket.id}/history`, { as: agent })).body.data).toMatchObject([
      { type: "ticket.created", actor: { kind: "system" }, createdAt: "2025-01-02T10:00:00.000Z" },
    ]);
  });

  it("tells nobody", async () => {
    await drainEvents();
    const before = [await emails().countDocuments(), await entries().countDocuments()];
    await read(head + good(1));
    expect(await events().countDocuments({ siteId: site.id, "pending.0": { $exists: true } })).toBe(0);
    await drainEvents();
    expect([await emails().countDocuments(), await entries().countDocuments()]).toEqual(before);
  });

  it("finds what it read at once", async () => {
    await read(`${head}Quokka trouble,It will not leave.,ina@home.example\n`);
    expect(await list("&q=quokka")).toHaveLength(1);
  });
});

describe("rows that are not fit", () => {
  it("are named by line and reason, and the others come in", async () => {
    const rows = [
      good(1), // 2
      'Two lines,"First line\r\nsecond line",p@home.example\r\n', // 3 and 4
      "ab,Too short a subject here,p@home.example\r\n", // 5
      "No address,This one has none at all,\r\n", // 6
      "Too few cells,Only two of them\r\n", // 7
      'Bad quote,"He said "hurry" to me",p@home.example\r\n', // 8
      good(2), // 9
      "Half a pair,Ends in a lone \0 NUL,p@home.example\r\n", // 10
    ];
    const result = await read(head + rows.join(""));
    expect([result.imported, result.rejected]).toEqual([3, 5]);
    expect(result.rejects.map(({ line, message }) => [line, message.split(":")[0]])).toEqual([
      [5, "subject"],
      [6, "email"],
      [7, "2 cells where the header has 3"],
      [8, 'A quote stands inside a cell. Write it twice ("") and put the cell in quotes.'],
      [10, "description"],
    ]);
    expect(await list()).toHaveLength(3);
  });

  it.each([
    ["status", "finished"],
    ["priority", "whenever"],
    ["category", "nope"],
    ["created_at", "yesterday"],
    ["created_at", "2026-02-30"],
    ["created_at", "2199-01-01"],
    ["rating", "7"],
    ["number", "4711"],
  ])("have a %s of %s", async (column, value) => {
    const result = await read(
      `subject,description,email,${column}\nA subject,A description of it,p@home.example,${value}\n`,
    );
    expect(result).toMatchObject({
      imported: 0,
      rejected: 1,
      rejects: [{ line: 2, message: expect.stringContaining(column) }],
    });
  });

  it("have a number that is there already, in the site or in the file", async () => {
    const row = "A subject,A description of it,p@home.example,TKT-20250102-ABCD1234\n";
    const result = await read(`subject,description,email,number\n${row}${row}`);
    expect(result).toMatchObject({
      imported: 1,
      rejects: [{ line: 3, message: "number: TKT-20250102-ABCD1234 is there already." }],
    });
  });

  it("end the file when a quote is never closed, after the good ones came in", async () => {
    const result = await read(
      `${head}${good(1)}"Never closed,and so on,p@home.example\r\nA subject,A description of it,p@home.example\r\n`,
    );
    expect(result).toMatchObject({
      imported: 1,
      rejects: [{ line: 3, message: "A quote opens here and is never closed." }],
    });
  });
});

describe("a file that cannot be read", () => {
  it.each([
    ["", "empty"],
    ["subject,description\nA subject,A description of it\n", "missing: email"],
    ["subject,subject,description,email\na,b,c,d\n", "twice"],
    [
      Buffer.concat([
        Buffer.from(`${head}Caf`),
        Buffer.from([0xe9]),
        Buffer.from(" closed,The caf was closed again,p@home.example\n"),
      ]),
      "not UTF-8",
    ],
  ])("changes nothing: %s", async (content, message) => {
    await expect(read(content)).rejects.toThrow(message);
    expect(await list()).toEqual([]);
  });

  it("is an error when it is not there", async () => {
    await expect(importTickets({ siteId: site.id, file: join(folder, "nope.csv") })).rejects.toThrow("ENOENT");
  });
});

describe("going on", { timeout: 60_000 }, () => {
  it("after a stop where it stood, and duplicates nothing when it is done", async () => {
    const path = await file(
      head +
        Array.from({ length: 450 }, (_, index) =>
          index === 120 ? "ab,Too short a subject,p@home.example\r\n" : good(index),
        ).join(""),
    );
    const stop = new AbortController();
    const first = await importTickets({
      siteId: site.id,
      file: path,
      signal: stop.signal,
      onProgress: ({ rows }) => rows >= 200 && stop.abort(),
    });
    expect(first).toMatchObject({ imported: 199, skipped: 0, rejected: 1 });
    const progress: number[] = [];
    const second = await importTickets({
      siteId: site.id,
      file: path,
      onProgress: ({ bytes, totalBytes, rows }) => (expect(bytes).toBeLessThanOrEqual(totalBytes), progress.push(rows)),
    });
    expect(second).toMatchObject({ imported: 250, skipped: 199, rejected: 1, rejects: [{ line: 122 }] });
    expect(progress).toEqual([300, 400, 450]);
    expect(await importTickets({ siteId: site.id, file: path })).toMatchObject({
      imported: 0,
      skipped: 449,
      rejected: 1,
    });
    const stats = (await app.get("/v1/support/tickets/stats", { as: agent })).body;
    expect(stats).toMatchObject({ total: 449 });
  });

  it("is not done by two at once", async () => {
    const path = await file(head + Array.from({ length: 300 }, (_, index) => good(index)).join(""));
    const runs = await Promise.allSettled([
      importTickets({ siteId: site.id, file: path }),
      importTickets({ siteId: site.id, file: path }),
    ]);
    await importTickets({ siteId: site.id, file: path });
    expect(runs.some((run) => run.status === "fulfilled")).toBe(true);
    expect((await app.get("/v1/support/tickets/stats", { as: agent })).body.total).toBe(300);
  });

  it("into another site is another import", async () => {
    const content = head + good(1);
    await read(content);
    const other = await buildSite();
    expect(await importTickets({ siteId: other.id, file: await file(content) })).toMatchObject({
      imported: 1,
      skipped: 0,
    });
  });
});
