import { readdir } from "node:fs/promises";
import { join } from "node:path";
import type { Import } from "@sidedesk/contract";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { problemOf, startTestApp, type Reply, type TestApp } from "../../../test/support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  type TestSite,
  type TestStaff,
} from "../../../test/support/factories.ts";
import { until } from "../../../test/support/until.ts";
import { config } from "../core/config.ts";
import { tickets } from "../tickets/ticket.model.ts";
import { importRuns } from "./import-run.model.ts";

const path = "/v1/imports";
const head = "subject,description,email\r\n";
const good = (index: number) => `Subject ${index},"Description, number ${index}",p${index % 7}@home.example\r\n`;
const many = (count: number) => Array.from({ length: count }, (_none, index) => good(index)).join("");
let app: TestApp;
let site: TestSite;
let admin: TestStaff;

beforeAll(async () => {
  app = await startTestApp({ roles: ["http", "worker"], env: { SIDEDESK_IMPORT_MAX_BYTES: "300000" } });
});
afterAll(() => app.close());
beforeEach(async () => {
  site = await buildSite();
  admin = await buildStaff(app, site, { role: "admin" });
});

async function send(
  content: string | Buffer,
  as: { token: string } | string = admin,
  name = "old.csv",
): Promise<Reply> {
  const form = new FormData();
  form.append("file", new Blob([content as BlobPart], { type: "text/csv" }), name);
  const encoded = new Response(form);
  return app.post(path, {
    as,
    raw: Buffer.from(await encoded.arrayBuffer()),
    headers: { "content-type": encoded.headers.get("content-type") ?? "" },
  });
}
const look = async (id: string): Promise<Import> => (await app.get(`${path}/${id}`, { as: admin })).body as Import;
const done = (id: string): Promise<Import> =>
  until(
    async () => {
      const shown = await look(id);
      return shown.state === "done" || shown.state === "failed" ? shown : undefined;
    },
    { what: "the import to end", ms: 30_000 },
  );

describe("T16 import", () => {
  it("takes a CSV, tells how far it is, and names the rows it rejects", async () => {
    const reply = await send(
      `${head}${many(250)}x,too short,p@home.example\r\n${good(300)}=1,Description of it,nobody\r\n`,
    );
    expect([reply.status, Object.keys(reply.body)]).toEqual([202, ["id"]]);
    const { id } = reply.body as { id: string };
    const shown = await done(id);
    expect(shown).toMatchObject({
      id,
      state: "done",
      done: 253,
      total: 253,
      imported: 251,
      rejected: 2,
      name: "old.csv",
    });
    expect(shown.errors.map(({ row }) => row)).toEqual([252, 254]);
    expect(shown.errors[0]?.message).toContain("subject");
    expect(await tickets().countDocuments({ siteId: site.id })).toBe(251);
    expect((await app.get("/v1/support/tickets/stats", { as: admin })).body.total).toBe(251);
    const rejects = await app.get(`${path}/${id}/rejects.csv`, { as: admin });
    expect(rejects.headers.get("content-type")).toBe("text/csv; charset=utf-8");
    expect((rejects.body as unknown as string).split("\r\n")).toHaveLength(4);
    expect(rejects.body).toMatch(/^\ufeff?row,message\r\n252,/);
    expect((await app.get(path, { as: admin })).body.data).toMatchObject([{ id, errors: [], rejected: 2 }]);
    // What is read in is not kept.
    expect(await readdir(join(config().SIDEDESK_STORAGE, "imports"))).not.toContain(id);
  });

  it("X8 takes JSON as Zendesk exports it, with people, and says what was not brought along", async () => {
    const ina = { id: 501, name: "Ina Berg", email: "ina@home.example", role: "end-user" };
    const ticket = (id: number) => ({
      ...{ id, subject: `Old question ${id}`, description: "What is the matter?", requester_id: 501, status: "closed" },
      comments: [{ author_id: 77, body: "Solved it.", attachments: [{ file_name: "photo.png" }] }],
    });
    const tickets = [ticket(1), ticket(2), { ...ticket(3), requester_id: 502 }];
    const { id } = (await send(JSON.stringify({ tickets, users: [ina] }), admin, "export.json")).body as { id: string };
    expect(await done(id)).toMatchObject({
      ...{ state: "done", done: 3, total: 3, imported: 2, rejected: 1, alreadyThere: 0, people: 1, filesLeft: 2 },
      errors: [{ row: 3, message: expect.stringContaining("502") }],
    });
    // A later export that holds the same tickets.
    const later = [ticket(2), ticket(4)].map((one) => JSON.stringify(one)).join("\n");
    const next = (await send(later, admin, "export-2.json")).body as { id: string };
    expect(await done(next.id)).toMatchObject({ imported: 1, alreadyThere: 1, people: 0 });
  });

  it("goes on when the same file comes again, also at once and after its worker was lost, and duplicates nothing", async () => {
    const content = head + many(1200);
    const [one, other] = await Promise.all([send(content), send(content, site.secretKey, "again.csv")]);
    expect([one.status, other.status]).toEqual([202, 202]);
    expect(one.body).toEqual(other.body);
    const { id } = one.body as { id: string };
    // A worker that was killed leaves its lease behind; whoever comes next takes it back.
    await until(async () => (await look(id)).done >= 100, { what: "a hundred rows", ms: 20_000, every: 5 });
    await importRuns().updateOne(
      { _id: id },
      { $set: { state: "inflight", leaseUntil: new Date(0), lease: "lost" }, $unset: { settledAt: "" } },
    );
    expect(await done(id)).toMatchObject({ done: 1200, imported: 1200, rejected: 0 });
    expect((await send(content)).body).toEqual({ id });
    expect(await done(id)).toMatchObject({ done: 1200, imported: 1200 });
    const subjects = await tickets().distinct("subject", { siteId: site.id });
    expect([await tickets().countDocuments({ siteId: site.id }), subjects.length]).toEqual([1200, 1200]);
  });

  it("refuses what cannot be read at all, and keeps nothing of it", async () => {
    const refused: [content: string | Buffer, status: number, code: string][] = [
      ["", 400, "validation_failed"],
      ["subject,description\r\na,b\r\n", 400, "validation_failed"],
      ['{"tickets":[', 400, "validation_failed"],
      ['[{"macros":1}]', 400, "validation_failed"],
      [Buffer.from([0xff, 0xfe, 0x41, 0x00]), 400, "validation_failed"],
      [head + many(9000), 413, "payload_too_large"],
    ];
    for (const [content, status, code] of refused) {
      const reply = await send(content);
      expect([reply.status, problemOf(reply).code]).toEqual([status, code]);
    }
    const wrongType = await app.post(path, { as: admin, body: { file: "x" } });
    expect([wrongType.status, problemOf(wrongType).code]).toEqual([415, "unsupported_media_type"]);
    expect((await app.get(path, { as: admin })).body.data).toEqual([]);
  });

  it("is for admins, owners and server keys of the site", async () => {
    const { id } = (await send(head + good(1), site.secretKey)).body as { id: string };
    await done(id);
    const agent = await buildStaff(app, site, { role: "agent" });
    const customer = await buildCustomer(app, site);
    expect((await send(head + good(1), agent)).status).toBe(403);
    expect((await send(head + good(1), customer)).status).toBe(403);
    for (const address of [path, `${path}/${id}`, `${path}/${id}/rejects.csv`]) {
      expect((await app.get(address)).status).toBe(401);
      expect((await app.get(address, { as: agent })).status).toBe(403);
      expect((await app.get(address, { as: customer })).status).toBe(403);
      expect((await app.get(address, { as: site.secretKey })).status).toBe(200);
    }
    const stranger = await buildStaff(app, await buildSite(), { role: "owner" });
    expect((await app.get(`${path}/${id}`, { as: stranger })).status).toBe(404);
    expect((await app.get(`${path}/${id}/rejects.csv`, { as: stranger })).status).toBe(404);
    expect((await app.get(`${path}/nothing`, { as: admin })).status).toBe(404);
    expect((await app.get(`${path}?cursor=x`, { as: admin })).status).toBe(400);
  });
});
