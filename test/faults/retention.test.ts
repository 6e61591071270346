import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import mongoose from "mongoose";
import { afterAll, beforeAll, expect } from "vitest";
import { newId } from "../../api/src/core/data/ids.ts";
import { storage } from "../../api/src/attachments/storage.ts";
import type { startTestApp } from "../support/app.ts";
import { sleep } from "../support/core.ts";
import { startDesk, type Desk } from "../support/desk.ts";
import { faultRow, scaled } from "../support/fault-rows.ts";
import { buildCustomer, buildTicket } from "../support/factories.ts";
import { filesIn } from "../support/places.ts";
import { until } from "../support/until.ts";

// What is over is removed by a process that is killed again and again: at no moment is there half of a ticket.
const many = scaled(400, 1600);
const perTicket = 4;
const files = mkdtempSync(join(tmpdir(), "sidedesk-retention-"));
let desk: Desk;
let token: string;

const table = (name: string) => mongoose.connection.collection<{ _id: string } & Record<string, unknown>>(name);
const call = (method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(desk.url + path, {
    method,
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    ...(body ? { body: JSON.stringify(body) } : {}),
  });

beforeAll(async () => {
  desk = await startDesk({ origins: [], env: { SIDEDESK_STORAGE: files, SIDEDESK_SCAN: "off" } });
  await signIn();
  const app = { post: postJson } as unknown as Awaited<ReturnType<typeof startTestApp>>;
  const customer = await buildCustomer(app, desk.site);
  const { id } = await buildTicket(app, customer);
  await desk.start("http,live,relay");
  await fill(id);
});
afterAll(async () => {
  await desk?.close();
  rmSync(files, { recursive: true, force: true });
});

async function postJson(path: string, given: { as?: { token: string }; body: unknown }) {
  const reply = await fetch(desk.url + path, {
    method: "POST",
    headers: {
      "content-type": "application/json",
      ...(given.as ? { authorization: `Bearer ${given.as.token}` } : {}),
    },
    body: JSON.stringify(given.body),
  });
  return { status: reply.status, headers: reply.headers, body: await reply.json() };
}
async function signIn(): Promise<void> {
  const { email, password } = desk.owner;
  token = (await postJson("/v1/staff/login", { body: { email, password } })).body.token as string;
}

/** Closed tickets like one that was made by the desk itself, each with comments, history and every tenth with a file. */
async function fill(like: string): Promise<void> {
  const model = (await table("tickets").findOne({ _id: like }))!;
  const old = new Date(Date.now() - 100 * 86_400_000);
  const ids = Array.from({ length: many }, () => newId());
  const number = (id: string) =>
    `TKT-20260801-${createHash("sha256").update(id).digest("hex").slice(0, 8).toUpperCase()}`;
  const siteId = desk.site.id;
  const closed = { status: "closed", closedAt: old, createdAt: old, updatedAt: old, commentCount: perTicket };
  await table("tickets").insertMany(ids.map((_id) => ({ ...model, ...closed, _id, number: number(_id) })));
  const author = { type: "staff", id: null, name: "Somebody" };
  const said = { siteId, author, body: "Said.", html: "<p>Said.</p>", visibility: "public", createdAt: old };
  await table("comments").insertMany(
    ids.flatMap((ticketId) => Array.from({ length: perTicket }, () => ({ ...said, _id: newId(), ticketId }))),
  );
  await table("ticket_history").insertMany(
    ids.map((ticketId) => ({ _id: newId(), siteId, ticketId, type: "ticket.created", data: {}, occurredAt: old })),
  );
  await table("notifications").insertMany(
    ids.map((ticketId) => ({ _id: newId(), siteId, recipient: "staff:x", data: { ticketId }, read: false })),
  );
  const bytes = await storage();
  for (const ticketId of ids.filter((_id, index) => index % 10 === 0)) {
    const _id = newId();
    const key = `2026-08-01/${_id}`;
    const path = join(files, `staged-${_id}`);
    writeFileSync(path, "bytes");
    await bytes.put(key, path, "text/plain");
    await table("attachments").insertOne({ _id, siteId, ticketId, commentId: null, key, previewKey: null });
  }
}

/** Whatever belongs to a ticket belongs to one that is there, and those that are there have all of it. */
async function assertWhole(): Promise<number> {
  const ids = new Set(
    (
      await table("tickets")
        .find({ status: "closed" }, { projection: { _id: 1 } })
        .toArray()
    ).map(({ _id }) => _id),
  );
  for (const [name, each] of [
    ["comments", perTicket],
    ["ticket_history", 1],
    ["notifications", 1],
  ] as const) {
    const counted = await table(name)
      .aggregate<{ _id: string; count: number }>([
        {
          $match:
            name === "notifications"
              ? { recipient: "staff:x" }
              : { ticketId: { $ne: null }, ...(name === "comments" ? {} : { data: {} }) },
        },
        { $group: { _id: name === "notifications" ? "$data.ticketId" : "$ticketId", count: { $sum: 1 } } },
      ])
      .toArray();
    expect([name, counted.filter(({ _id }) => !ids.has(_id)).length]).toEqual([name, 0]);
    expect([name, counted.filter(({ count }) => count !== each).length, counted.length]).toEqual([name, 0, ids.size]);
  }
  return ids.size;
}

faultRow(
  18,
  "T7 retention killed again and again removes everything in the end, and never half of a ticket",
  async (figure) => {
    expect((await call("POST", "/v1/operations/retention")).status).toBe(202);
    let left = many;
    for (let kills = 0; kills < 5; kills += 1) {
      await desk.start("worker");
      await until(async () => (await table("tickets").countDocuments({ status: "closed" })) < left, {
        what: "it goes on",
        ms: 30_000,
      });
      await sleep(Math.random() * 100);
      await desk.kill();
      left = await assertWhole();
      // What the killed one had taken becomes anybody's when its lease ends; that time passes here.
      await table("retentions").updateOne({ state: "inflight" }, { $set: { leaseUntil: new Date(0) } });
    }
    expect(left).toBeGreaterThan(0); // or it was never killed in the middle
    await desk.start();
    await signIn();
    const run = await until(
      async () => {
        const { retention } = (await (await call("GET", "/v1/operations")).json()) as {
          retention: { due: number; run: { endedAt: string | null; removed: Record<string, number> } | null };
        };
        return retention.due === 0 && retention.run?.endedAt ? retention.run : null;
      },
      { what: "the run ends", ms: 90_000 },
    );
    expect(await assertWhole()).toBe(0);
    // The counts were written with what they count, so no kill has made them wrong; a file may have gone uncounted.
    expect(run.removed).toMatchObject({ tickets: many, comments: many * perTicket });
    expect(run.removed["files"]).toBeLessThanOrEqual(many / 10);
    expect(await table("attachments").countDocuments({})).toBe(0);
    expect(filesIn(files).filter(({ path }) => path.includes("2026-08-01"))).toEqual([]);
    const done = (await (await call("GET", "/v1/audit?action=retention.done")).json()) as { data: unknown[] };
    expect(done.data.length).toBe(1);
    figure("tickets removed by a retention killed 5 times", many);
  },
  400_000,
);
