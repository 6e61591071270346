import type { Notification } from "@sidedesk/contract";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "../../../test/support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  type TestCustomer,
  type TestSite,
  type TestStaff,
} from "../../../test/support/factories.ts";
import { emails } from "../channels/email.model.ts";
import { events } from "../core/events/event.model.ts";
import { entries } from "../core/live/entry.model.ts";
import { notifications } from "./notification.model.ts";
import { noticeWords } from "./notice-words.ts";
import { notificationReactions } from "./notification.reactions.ts";

const path = "/v1/support/tickets";
const secret = "the-body-of-a-message";
let app: TestApp;
let site: TestSite;
let customer: TestCustomer;
let agent: TestStaff;
let colleague: TestStaff;

beforeAll(async () => {
  app = await startTestApp();
  site = await buildSite();
  customer = await buildCustomer(app, site);
  agent = await buildStaff(app, site, { name: "Kim Aldous" });
  colleague = await buildStaff(app, site);
});
afterAll(() => app.close());
beforeEach(async () => {
  for (const collection of [events(), entries(), notifications(), emails()])
    await (collection as ReturnType<typeof events>).deleteMany({});
});

/** Runs every reaction of notices on all that was recorded and on what follows from it, twice, as a relay may. */
async function react(): Promise<void> {
  for (let run = 0; run < 2; run += 1)
    for (const { _id, siteId, type, actor, data, occurredAt } of await events().find().sort({ _id: 1 }).toArray())
      for (const reaction of notificationReactions)
        if (reaction.types.includes(type)) await reaction.handle({ id: _id, siteId, type, actor, data, occurredAt });
  for (const { _id, siteId, type, actor, data, occurredAt } of await events()
    .find({ type: "notification.created" })
    .toArray())
    for (const reaction of notificationReactions)
      if (reaction.types.includes(type)) await reaction.handle({ id: _id, siteId, type, actor, data, occurredAt });
}
const told = async () =>
  (await notifications().find().sort({ createdAt: 1 }).toArray()).map(({ recipient, title }) => [recipient, title]);
const mailed = async () => (await emails().find().sort({ createdAt: 1 }).toArray()).map(({ to, kind }) => [to, kind]);
const fresh = async (given: Record<string, unknown> = {}) => {
  const ticket = await buildTicket(app, customer, { description: secret, ...given });
  await events().deleteMany({});
  return ticket;
};

describe("customers", () => {
  it("find what happened one after the other one above the other, also when all of it is told at once", async () => {
    const ticket = await fresh();
    const said = Array.from({ length: 6 }, (_, at) => `Answer ${at}`);
    const ids: string[] = [];
    for (const body of said)
      ids.push((await app.post(`${path}/${ticket.id}/comments`, { as: agent, body: { body } })).body.id as string);
    const recorded = await events().find({ type: "comment.created" }).sort({ _id: 1 }).toArray();
    // Two of one moment, and all told from the last to the first.
    await events().updateOne({ _id: recorded[4]!._id }, { $set: { occurredAt: recorded[3]!.occurredAt } });
    const all = await events().find({ type: "comment.created" }).sort({ _id: -1 }).toArray();
    const tell = ({ _id, siteId, type, actor, data, occurredAt }: (typeof all)[number]) =>
      notificationReactions
        .filter((reaction) => reaction.types.includes(type))
        .map((reaction) => reaction.handle({ id: _id, siteId, type, actor, data, occurredAt }));
    await Promise.all(all.flatMap(tell));
    const list = (await app.get("/v1/notifications?limit=10", { as: customer })).body.data as Notification[];
    expect(list.map(({ data }) => data["commentId"])).toEqual(ids.toReversed());
    expect(new Set(list.map(({ createdAt }) => createdAt)).size).toBe(6);
  });

  it("find what is told late at the time at which it is told, and not far below", async () => {
    const ticket = await fresh();
    await app.post(`${path}/${ticket.id}/comments`, { as: agent, body: { body: "An answer." } });
    const before = Date.now();
    await events().updateMany({}, { $set: { occurredAt: new Date(before - 120_000) } });
    await react();
    const [notice] = await notifications().find().toArray();
    expect(notice!.createdAt.getTime()).toBeGreaterThanOrEqual(before);
  });

  it("are told of an answer once, with its way to the ticket and without its text", async () => {
    const ticket = await fresh();
    const comment = (await app.post(`${path}/${ticket.id}/comments`, { as: agent, body: { body: secret } })).body;
    await react();
    const [notice, ...others] = await notifications().find().toArray();
    expect(others).toEqual([]);
    expect(notice).toMatchObject({
      recipient: `customer:${customer.id}`,
      type: "ticket",
      title: "New answer to “Checkout page times out”",
      message: `Kim Aldous answered your request ${ticket.number}.`,
      link: `ticket:${ticket.id}`,
      data: { ticketId: ticket.id, number: ticket.number, commentId: comment.id },
      read: false,
    });
    expect(JSON.stringify(notice)).not.toContain(secret);
    expect(await mailed()).toEqual([[customer.email, "staff-replied"]]);
    expect(JSON.stringify(await emails().find().toArray())).not.toContain(secret);
    const stream = await entries().find({ event: "notification" }).toArray();
    expect(stream).toMatchObject([
      { stream: `c:${site.id}:${customer.id}`, data: { id: notice?._id, title: notice?.title, read: false } },
    ]);
  });

  it("N7 are told in the language that they read, each value in its place in all seven", async () => {
    for (const [language, { quote, ...said }] of Object.entries(noticeWords)) {
      const valuesOf = (words: unknown) =>
        JSON.stringify(words, (_key, value: unknown) =>
          typeof value === "string" ? (value.match(/\{[a-z]+\}/g) ?? []).sort().join() : value,
        );
      const { quote: _quote, ...english } = noticeWords.en;
      expect([language, valuesOf(said), quote.includes("{about}")]).toEqual([language, valuesOf(english), true]);
    }
    const reader = await buildCustomer(app, site);
    await app.put("/v1/notifications/preferences", { as: reader, body: { locale: "fr-CA" } });
    const ticket = await buildTicket(app, reader);
    await events().deleteMany({});
    await app.post(`${path}/${ticket.id}/comments`, { as: agent, body: { body: secret } });
    await app.patch(`${path}/${ticket.id}`, { as: site.secretKey, body: { status: "resolved" } });
    await react();
    expect(
      await notifications()
        .find({ recipient: `customer:${reader.id}` })
        .sort({ title: 1 })
        .toArray(),
    ).toMatchObject([
      {
        title: "Nouvelle réponse à « Checkout page times out »",
        message: `Kim Aldous a répondu à votre demande ${ticket.number}.`,
      },
      { title: "Résolue : « Checkout page times out »" },
    ]);
  });

  it("are told when somebody else moves their ticket", async () => {
    const ticket = await fresh();
    await app.patch(`${path}/${ticket.id}`, { as: site.secretKey, body: { status: "resolved" } });
    await react();
    expect(await told()).toEqual([[`customer:${customer.id}`, "Solved: “Checkout page times out”"]]);
    expect(await mailed()).toEqual([[customer.email, "rating-request"]]); // which says that it is solved
  });

  it("are told nothing of what they did, of notes, and of tickets handed about", async () => {
    const ticket = await fresh();
    await app.post(`${path}/${ticket.id}/comments`, { as: customer, body: { body: "Me again" } });
    await app.post(`${path}/${ticket.id}/comments`, { as: agent, body: { body: "A note", visibility: "internal" } });
    await app.patch(`${path}/${ticket.id}`, { as: customer, body: { status: "resolved" } });
    await app.patch(`${path}/${ticket.id}`, { as: agent, body: { priority: "high" } });
    await react();
    expect([await told(), await mailed()]).toEqual([[], []]);
  });

  it("get a mail that their request came in, whoever wrote it down", async () => {
    await buildTicket(app, customer);
    await app.post(path, {
      as: agent,
      body: { subject: "By telephone", description: "They called us about it.", onBehalfOf: { id: customer.id } },
    });
    await app.post("/v1/support/submissions", {
      as: site.publicKey,
      body: { name: "Ina", email: "ina@home.example", subject: "From the form", message: "Hello, hello, hello." },
    });
    await react();
    expect(await mailed()).toEqual([
      [customer.email, "ticket-received"],
      [customer.email, "ticket-received"],
      ["ina@home.example", "ticket-received"],
    ]);
    expect(await told()).toEqual([]);
  });

  it("get no mail that they or the site switched off", async () => {
    const quiet = await buildCustomer(app, site);
    const { default: mongoose } = await import("mongoose");
    await mongoose.connection
      .collection("customers")
      .updateOne({ _id: quiet.id as never }, { $set: { "preferences.types.ticket.email": false } });
    await buildTicket(app, quiet);
    const silent = await buildSite();
    await mongoose.connection
      .collection("sites")
      .updateOne({ _id: silent.id as never }, { $set: { "settings.channels.email.enabled": false } });
    await buildTicket(app, await buildCustomer(app, silent));
    await react();
    expect(await mailed()).toEqual([]);
  });
});

describe("staff", () => {
  it("are told what others give them, in their own part of the site's stream", async () => {
    const ticket = await fresh();
    await app.patch(`${path}/${ticket.id}`, { as: agent, body: { assigneeId: colleague.id } });
    await react();
    expect(await told()).toEqual([[`staff:${colleague.id}`, "Assigned to you: “Checkout page times out”"]]);
    expect(await entries().find({ event: "notification" }).toArray()).toMatchObject([
      { stream: `s:${site.id}`, to: colleague.id },
    ]);
  });

  it("T4 are told when a note names them, once, and not of their own", async () => {
    const ticket = await fresh();
    const names = [colleague, colleague, agent].map(({ id }) => `@[x](staff:${id})`).join(" ");
    await app.post(`${path}/${ticket.id}/comments`, { as: agent, body: { body: names, visibility: "internal" } });
    await react();
    expect(await told()).toEqual([[`staff:${colleague.id}`, "Mentioned on “Checkout page times out”"]]);
    expect(await mailed()).toEqual([[colleague.email, "mentioned"]]);
  });

  it("are told nothing of what they take or give back", async () => {
    const ticket = await fresh();
    await app.patch(`${path}/${ticket.id}`, { as: agent, body: { assigneeId: agent.id } });
    await app.patch(`${path}/${ticket.id}`, { as: agent, body: { assigneeId: null } });
    await react();
    expect(await told()).toEqual([]);
  });

  it("are told when a customer writes on their ticket, and of no other", async () => {
    const ticket = await fresh();
    await app.post(`${path}/${ticket.id}/comments`, { as: customer, body: { body: secret } });
    await app.patch(`${path}/${ticket.id}`, { as: agent, body: { assigneeId: agent.id } });
    await events().deleteMany({});
    await app.post(`${path}/${ticket.id}/comments`, { as: customer, body: { body: secret } });
    await react();
    expect(await told()).toEqual([[`staff:${agent.id}`, "New reply on “Checkout page times out”"]]);
    expect(JSON.stringify(await notifications().find().toArray())).not.toContain(secret);
  });
});
