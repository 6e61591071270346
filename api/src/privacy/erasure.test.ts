// A little over 300 lines: one life is lived once, and everything that is left of it is looked for together.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AuditEntry, DomainEvent, Ticket } from "@sidedesk/contract";
import mongoose from "mongoose";
import { pino } from "pino";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bringMail, inboundEnv } from "../../../test/support/bring-mail.ts";
import { buildLife, upload } from "../../../test/support/busy-customer.ts";
import { problemOf, startTestApp, type Reply, type TestApp } from "../../../test/support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  signUserToken,
  type TestCustomer,
  type TestSite,
  type TestStaff,
} from "../../../test/support/factories.ts";
import { corpus } from "../../../test/support/mail-corpus.ts";
import { buildPushBrowser } from "../../../test/support/push-browser.ts";
import { filesIn, placesOf } from "../../../test/support/places.ts";
import { until } from "../../../test/support/until.ts";
import { replyAddress } from "../channels/reply-address.ts";
import { suppressAddress } from "../channels/suppression.model.ts";
import { config } from "../core/config.ts";
import { log } from "../core/log.ts";
import { record } from "../core/events/record.ts";
import { transaction } from "../core/data/transaction.ts";
import { findReaction } from "../core/events/reaction.ts";
import { drainEvents } from "../core/events/relay.ts";
import { keepPeople } from "../reports/import-person.model.ts";
import { importTickets } from "../reports/index.ts";
import { eraseCustomer } from "./erase-customer.ts";
import { erasures } from "./erasure.model.ts";
import { run } from "./run-erasure.ts";

const db = () => mongoose.connection.db!;
const name = "Wilhelmina Quastenberg";
const email = "wilhelmina.q@unmistakable.example";

let app: TestApp;
let site: TestSite;
let owner: TestStaff;
let admin: TestStaff;
let agent: TestStaff;

async function open(roles: string[]): Promise<void> {
  app = await startTestApp({ roles, env: inboundEnv });
  site = await buildSite();
  owner = await buildStaff(app, site, { role: "owner" });
  admin = await buildStaff(app, site, { role: "admin" });
  agent = await buildStaff(app, site, { role: "agent" });
}

const erase = (id: string, confirm: string, as: { token: string } | string = owner): Promise<Reply> =>
  app.post(`/v1/customers/${id}/erase`, { as, body: { confirm } });

describe("T7 erasure of one customer", () => {
  let person: TestCustomer;
  let bystander: TestCustomer;
  let tickets: Ticket[];
  /** Whatever the process writes into its log from here on, in full. */
  const logged: string[] = [];
  const stream = (log as unknown as Record<symbol, { write: (line: string) => boolean }>)[pino.symbols.streamSym]!;
  const { write } = stream;
  beforeAll(async () => {
    await open(["http", "relay", "worker", "live"]);
    log.level = "debug";
    stream.write = (line) => logged.push(line) > 0;
    person = await buildCustomer(app, site, { sub: "quast-1", name, email });
    bystander = await buildCustomer(app, site, { name: "By Stander" });
    const { subscription } = buildPushBrowser("https://push.invalid");
    await app.post("/v1/notifications/push", { as: person, body: subscription });
    await buildTicket(app, bystander, {
      subject: "Not hers",
      attachmentIds: [await upload(app, bystander.token, "mine\n")],
    });
    tickets = await buildLife({ app, site, owner, agent }, person);
    const costs = { currency: "EUR", customerId: person.id, period: "2026-11", limit: 9, spent: 9, forecast: null };
    await transaction(() =>
      record(
        "budget.alert",
        { siteId: site.id, actor: { kind: "system", id: null, name: "" } },
        { ...costs, budgetId: "b", name: `Budget of ${name}`, threshold: 80 },
      ),
    );
    // Mails of hers: one taken, one turned away, and one that could not be judged.
    const mails = [
      replyAddress({ ticketId: tickets[0]!.id })!,
      `reply+${site.slug}@desk.example`,
      "reply@desk.example",
    ];
    for (const to of mails) await bringMail(app, corpus[0]!.raw({ from: email, to }));
    // And one of somebody else's, of which she had a copy.
    const copied = corpus[0]!.raw({ from: bystander.email, to: "reply@desk.example" });
    await bringMail(app, Buffer.concat([Buffer.from(`Cc: ${name} <${email}>\r\n`), copied]));
    const judged = { outcome: { $ne: null } };
    await until(async () => (await db().collection("inbound_mails").countDocuments(judged)) === 4, {
      what: "her mails",
    });
    // Afterwards: a mail that is taken shows that the address is there again.
    await suppressAddress(site.id, email, "It came back.");
    // An export of another system named her, and her tickets have not come yet.
    await keepPeople(site.id, [{ key: "501", email, name, isStaff: false }]);
    await until(
      async () =>
        (await db()
          .collection("events")
          .countDocuments({ nextAt: { $exists: true } })) === 0,
      {
        what: "all reactions",
      },
    );
  }, 120_000);
  afterAll(async () => {
    stream.write = write;
    log.level = "silent";
    await app.close();
  });

  it("shows what would go", async () => {
    const reply = await app.get(`/v1/customers/${person.id}/erase`, { as: admin });
    expect(reply.status).toBe(200);
    expect(reply.body).toEqual({ tickets: 4, comments: 5, files: 5, notifications: expect.any(Number) });
    expect(reply.body.notifications).toBeGreaterThan(1);
    // What she does not want told in here, and what she deleted a moment ago, is kept, and goes.
    const { id } = (await app.get("/v1/notifications", { as: person })).body.data[0] as { id: string };
    expect((await app.delete(`/v1/notifications/${id}`, { as: person })).status).toBe(204);
    expect((await app.get(`/v1/customers/${person.id}/erase`, { as: admin })).body).toEqual(reply.body);
  });

  it("does nothing without the customer's own address", async () => {
    for (const [body, path] of [
      [{ confirm: bystander.email }, "confirm"],
      [{ confirm: "" }, "confirm"],
      [{}, "confirm"],
      [{ confirm: email, really: true }, "really"],
    ] as const) {
      const reply = await app.post(`/v1/customers/${person.id}/erase`, { as: owner, body });
      expect([reply.status, problemOf(reply).errors?.[0]?.path]).toEqual([400, path]);
    }
    expect((await app.get(`/v1/customers/${person.id}`, { as: agent })).status).toBe(200);
  });

  it("is for owners and admins of the site", async () => {
    const stranger = await buildStaff(app, await buildSite(), { role: "owner" });
    for (const method of ["GET", "POST"]) {
      const path = `/v1/customers/${person.id}/erase`;
      const body = method === "POST" ? { body: { confirm: email } } : {};
      expect((await app.call(method, path, { ...body, as: agent })).status).toBe(403);
      expect((await app.call(method, path, { ...body, as: person })).status).toBe(403);
      expect((await app.call(method, path, body)).status).toBe(401);
      expect((await app.call(method, path, { ...body, as: stranger })).status).toBe(404);
    }
  });

  it("leaves nothing of theirs in the whole database and no byte in the storage", { timeout: 90_000 }, async () => {
    const places = new Set((await placesOf(name, email)).map((place) => place.split(":")[0]));
    for (const one of [
      "tickets",
      "comments",
      "ticket_history",
      "notifications",
      "emails",
      "stream_entries",
      "views",
      "webhook_deliveries",
      "inbound_mails",
      "mail_suppressions",
      "import_people",
    ])
      expect(places).toContain(one);
    const hers = (folder: string) => filesIn(folder, name, email).filter(({ mentions }) => mentions).length;
    expect(hers(config().SIDEDESK_STORAGE)).toBe(9);
    for (const one of ["push_subscriptions", "pushes"])
      expect(
        await db()
          .collection(one)
          .countDocuments({ recipient: `customer:${person.id}` }),
      ).toBeGreaterThan(0);

    const asked = await erase(person.id, "  Wilhelmina.Q@unmistakable.example ");
    expect(asked.status).toBe(202);
    expect(asked.body).toMatchObject({ id: expect.any(String), state: "running", expected: { tickets: 4 } });

    // Whoever it was is nobody from this moment.
    expect((await app.get(`/v1/customers/${person.id}`, { as: agent })).status).toBe(404);
    expect((await erase(person.id, email)).status).toBe(404);
    const refused = await app.post("/v1/support/tickets", {
      as: person,
      body: { subject: "Still here?", description: "With a session from before." },
    });
    expect([refused.status, problemOf(refused).code]).toEqual([401, "unauthenticated"]);

    const done = await until(
      async () => {
        const reply = await app.get(`/v1/erasures/${asked.body.id}`, { as: admin });
        return reply.body.state === "done" && reply.body;
      },
      { what: "the end of the erasure", ms: 60_000, every: 500 },
    );
    expect(done).toMatchObject({ removed: { tickets: 4, comments: 5, files: 5 } });

    expect((await app.get("/v1/webhooks", { as: owner })).body.data).toHaveLength(1);
    expect(await placesOf(name, email, "quastenberg", "wilhelmina", "quast-1")).toEqual([]);
    expect(hers(config().SIDEDESK_STORAGE)).toBe(0);
    expect(logged.filter((line) => line.includes('"route":"/v1/support/tickets"')).length).toBeGreaterThan(3);
    for (const word of [name, email, "quastenberg", "wilhelmina", "quast-1"])
      expect(logged.filter((line) => line.toLowerCase().includes(word.toLowerCase()))).toEqual([]);
    // What is left of her is an opaque id: that she was erased, that she had been told something (30 days), whose socket was closed.
    expect([...new Set((await placesOf(person.id)).map((place) => place.split(":")[0]))].sort()).toEqual([
      "audit",
      "erased_customers",
      "erasures",
      "events",
      "stream_counters",
    ]);
    for (const { id, number } of tickets)
      for (const ref of [id, number])
        expect((await app.get(`/v1/support/tickets/${ref}`, { as: agent })).status).toBe(404);
  });

  it("leaves everybody else's things alone", async () => {
    const list = await app.get("/v1/support/tickets", { as: agent });
    expect((list.body.data as Ticket[]).map(({ subject }) => subject)).toEqual(["Not hers"]);
    expect((list.body.data as Ticket[])[0]?.attachments.length).toBe(1);
    expect(filesIn(config().SIDEDESK_STORAGE).length).toBe(1);
    expect((await app.get(`/v1/customers/${bystander.id}`, { as: agent })).status).toBe(200);
    expect((await app.get("/v1/support/tickets", { as: bystander })).body.data.length).toBe(1);
  });

  it("is in the audit and in operations, without a name", async () => {
    const entries = (await app.get("/v1/audit?action=customer.erasure_asked,customer.erased", { as: owner })).body
      .data as AuditEntry[];
    expect(entries).toMatchObject([
      { action: "customer.erased", actor: { id: owner.id }, target: { type: "customer", id: person.id, name: "" } },
      { action: "customer.erasure_asked", actor: { id: owner.id }, after: { tickets: 4 } },
    ]);
    expect(entries[0]?.after).toMatchObject({ tickets: 4, comments: 5, files: 5 });
    const { erasures: listed } = (await app.get("/v1/operations", { as: owner })).body;
    expect(listed).toMatchObject([{ state: "done", removed: { tickets: 4 } }]);
  });

  it("knows somebody who comes back with the same identity as somebody new", async () => {
    const back = await buildCustomer(app, site, { sub: "quast-1", name, email });
    expect(back.id).not.toBe(person.id);
    expect((await app.get("/v1/support/tickets", { as: back })).body.data).toEqual([]);
    expect((await app.get(`/v1/customers/${back.id}`, { as: agent })).body).toMatchObject({
      notes: "",
      tickets: { total: 0 },
    });
    const token = await signUserToken(site.identitySecret, { sub: "quast-1", email, name });
    expect((await app.post("/v1/sessions", { body: { siteKey: site.publicKey, userToken: token } })).status).toBe(200);
    expect((await buildTicket(app, back)).customer.id).toBe(back.id);
  });
});

describe("T7 erasure while others are writing", () => {
  let person: TestCustomer;
  beforeAll(async () => {
    await open(["http"]);
    person = await buildCustomer(app, site, { name, email });
    await buildLife({ app, site, owner, agent }, person);
  });
  afterAll(() => app.close());
  const claimed = async (id: string) => (await erasures().findOne({ _id: id }))!;
  /** Begun so long ago that nobody who is not yet told can still be writing: only the first test waits for that. */
  const begin = async ({ id, email }: TestCustomer): Promise<string> => {
    const by = { siteId: site.id, actor: { kind: "staff" as const, id: owner.id, name: "Owner" } };
    const held = { lease: "test", leaseUntil: new Date(Date.now() + 600_000) };
    const { _id } = await eraseCustomer(by, id, email, held);
    await erasures().updateOne({ _id }, { $set: { askedAt: new Date(Date.now() - 60_000) } });
    return _id;
  };
  const pass = async (id: string) =>
    run(await claimed(id), { signal: new AbortController().signal, attempt: 1, isLast: false });

  it("nothing that was still to follow from their events brings anything back", { timeout: 60_000 }, async () => {
    const events = db().collection("events");
    expect(await events.countDocuments({ nextAt: { $exists: true } })).toBeGreaterThan(10);
    const inHand = (await events.find({}).toArray()).map(
      ({ _id, ...event }) => ({ id: String(_id), ...event }) as unknown as DomainEvent,
    );
    const by = { siteId: site.id, actor: { kind: "staff" as const, id: owner.id, name: "Owner" } };
    const held = { lease: "test", leaseUntil: new Date(Date.now() + 600_000) };
    const { _id } = await eraseCustomer(by, person.id, email, held);

    // Killed after the customer was taken out and before anything else: nothing is lost by it.
    expect(await pass(_id)).toMatchObject({ state: "again", afterSeconds: 25 });
    await drainEvents();
    expect(await placesOf(name, email)).toEqual([]);

    // Reactions that had been handed their event before it was removed, and write only now.
    for (const event of inHand)
      for (const reaction of ["tickets.history", "tickets.live", "notifications.comment-created"])
        if (findReaction(reaction)?.types.includes(event.type)) await findReaction(reaction)!.handle(event);
    expect((await placesOf(name)).length).toBeGreaterThan(0);
    expect(await pass(_id)).toMatchObject({ state: "succeeded" });
    expect(await placesOf(name, email)).toEqual([]);
    expect((await claimed(_id)).subject).toBeUndefined();
  });

  it(
    "takes somebody in copy of others' imported requests out of them, and leaves what was said",
    { timeout: 60_000 },
    async () => {
      const copied = await buildCustomer(app, site, { name: "Cora Pyvonne", email: "cora@copy.example" });
      const users = [
        { id: 1, name: "Otto Asker", email: "otto@ask.example", role: "end-user" },
        { id: 2, name: "C. Pyvonne", email: "Cora@copy.example", role: "end-user" },
        { id: 3, name: "Cora Pyvonne", role: "end-user" },
      ];
      const said = (author_id: number, body: string, minute: number) => ({
        ...{ author_id, body, created_at: `2024-03-01T11:0${minute}:00Z` },
      });
      const comments = [
        said(2, "I was there, too. Yours, Cora Pyvonne <cora@copy.example>", 1),
        said(1, "Thank you, cora pyvonne. CoraPyvonnesson was not.", 2),
        said(3, "And I again.", 3),
      ];
      const ticket = {
        id: 9,
        subject: "The pump of Cora Pyvonne leaks",
        description: "It leaks since Monday. **Cora** (cora@copy.example) saw it.",
        requester_id: 1,
        comments,
      };
      const folder = await mkdtemp(join(tmpdir(), "sidedesk-copy-"));
      await writeFile(join(folder, "old.json"), JSON.stringify({ users, tickets: [ticket] }));
      await importTickets({ siteId: site.id, file: join(folder, "old.json") });
      await rm(folder, { recursive: true });
      const pump = async () => ((await app.get("/v1/support/tickets?q=pump", { as: agent })).body.data as Ticket[])[0]!;
      const bodies = async () => {
        const path = `/v1/support/tickets/${(await pump()).id}/comments`;
        return (await app.get(path, { as: agent })).body.data as {
          author: { name: string };
          body: string;
          html: string;
        }[];
      };
      expect((await bodies()).map(({ author }) => author.name)).toEqual(["C. Pyvonne", "Otto Asker", "Cora Pyvonne"]);
      const _id = await begin(copied);
      await pass(_id);
      await pass(_id);
      expect((await bodies()).map(({ author, body }) => [author.name, body])).toEqual([
        ["–", "I was there, too. Yours, – <–>"],
        ["Otto Asker", "Thank you, –. CoraPyvonnesson was not."],
        ["–", "And I again."],
      ]);
      const path = `/v1/support/tickets/${(await pump()).id}`;
      expect((await app.get(path, { as: agent })).body).toMatchObject({
        subject: "The pump of – leaks",
        description: "It leaks since Monday. **Cora** (–) saw it.",
        descriptionHtml: "<p>It leaks since Monday. <strong>Cora</strong> (–) saw it.</p>",
      });
      // Where others say so, too, it is still found by what a name has in common with other words.
      expect((await app.get("/v1/support/tickets?q=cora", { as: agent })).body.data).toHaveLength(1);
      expect((await app.get("/v1/support/tickets?q=pyvonne", { as: agent })).body.data).toEqual([]);
      expect(await placesOf("cora@copy.example", "Cora Pyvonne", "C. Pyvonne")).toEqual([]);
      expect(await placesOf("authorKey")).toEqual([]);
    },
  );

  it("takes an address out of whatever others wrote, and leaves namesakes alone", { timeout: 60_000 }, async () => {
    const gone = await buildCustomer(app, site, { name: "Ida Moss", email: "ida.moss@named.example" });
    const other = await buildCustomer(app, site, { name: "Otto", email: "otto@named.example" });
    const named = await buildTicket(app, other, {
      subject: "Ask IDA.Moss@named.example",
      description: "Ida Moss knows it: <ida.moss@named.example>.",
    });
    const noted = await buildTicket(app, other, { subject: "Without her", description: "Named in a note alone." });
    const note = { body: "See ida.moss@named.example.", visibility: "internal" };
    expect((await app.post(`/v1/support/tickets/${noted.id}/comments`, { as: agent, body: note })).status).toBe(201);
    const namesake = await buildTicket(app, other, { subject: "Another one", description: "Yours, Ida Moss of York" });
    await drainEvents();
    const _id = await begin(gone);
    await pass(_id);
    const back = await buildCustomer(app, site, { name: "Ida Moss", email: gone.email });
    const anew = await buildTicket(app, back, { subject: "Back again", description: `It is me, ${gone.email}.` });
    await pass(_id);
    const read = async (id: string) => (await app.get(`/v1/support/tickets/${id}`, { as: agent })).body as Ticket;
    expect(await read(named.id)).toMatchObject({ subject: "Ask –", description: "– knows it: <–>." });
    const [kept] = (await app.get(`/v1/support/tickets/${noted.id}/comments`, { as: agent })).body.data;
    expect(kept).toMatchObject({ body: "See –.", html: "<p>See –.</p>" });
    expect(await read(namesake.id)).toMatchObject({ description: "Yours, Ida Moss of York" });
    expect(await read(anew.id)).toMatchObject({ description: `It is me, ${gone.email}.` });
    const found = async (q: string) =>
      (await app.get(`/v1/support/tickets?q=${q}`, { as: agent })).body.data.map(({ id }: Ticket) => id) as string[];
    expect(await found(gone.email)).toEqual([anew.id]);
    expect(await found("moss")).toEqual([anew.id, namesake.id]);
    const places = (await placesOf(gone.email)).filter((place) => /^(tickets|comments|ticket_history):/.test(place));
    expect(places).toEqual([`tickets: ${anew.id}`]);
  });

  it("may be run again from anywhere", { timeout: 60_000 }, async () => {
    const another = await buildCustomer(app, site, { name, email: "another@unmistakable.example" });
    await buildTicket(app, another, { subject: `For ${name}` });
    const _id = await begin(another);
    await pass(_id);
    await erasures().updateOne({ _id }, { $set: { pass: 1 } });
    await pass(_id);
    await pass(_id);
    await erasures().updateOne({ _id }, { $set: { state: "inflight" } });
    await pass(_id); // the end was written, but not that the job is done
    expect((await claimed(_id)).removed.tickets).toBe(1);
    expect(await db().collection("audit").countDocuments({ action: "customer.erased", "after.erasureId": _id })).toBe(
      1,
    );
    expect(await placesOf("another@unmistakable.example")).toEqual([]);
  });
});
