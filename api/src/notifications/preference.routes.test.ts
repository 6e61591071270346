// Longer than 300 lines: every way of being told goes through the same app and mailbox, which are costly to start.
import type { ChosenPreferences, Preferences, PreferencesInput } from "@sidedesk/contract";
import mongoose from "mongoose";
import { beforeEach, describe, expect, it } from "vitest";
import { problemOf } from "../../../test/support/app.ts";
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
import { startMailDesk } from "../../../test/support/mail-desk.ts";
import { until } from "../../../test/support/until.ts";
import { emails } from "../channels/email.model.ts";
import { events } from "../core/events/event.model.ts";
import { missingIn } from "../core/events/made.ts";
import { digests } from "./digest.model.ts";
import { gatherMail } from "./gather-mail.ts";
import { notifications, recipientOf, unlistedOf } from "./notification.model.ts";
import { run as runDigest } from "./run-digest.ts";

const path = "/v1/notifications/preferences";
const tickets = "/v1/support/tickets";
type Person = TestCustomer | TestStaff;
let customer: TestCustomer;

const { app, box, site, agent } = await startMailDesk();
beforeEach(async () => {
  customer = await buildCustomer(app, site);
  box.mails.length = 0;
});

const get = async (as: Person): Promise<Preferences> => (await app.get(path, { as })).body as Preferences;
const put = (body: PreferencesInput, as: { token: string } | string = customer) => app.put(path, { as, body });
const comment = (id: string, body: string, as: Person = agent) =>
  app.post(`${tickets}/${id}/comments`, { as, body: { body } });
/** What was recorded has been reacted to. */
const reacted = () =>
  until(async () => (await events().countDocuments({ "pending.0": { $exists: true } })) === 0, {
    what: "the reactions",
  });
const mailsOf = ({ id }: Person) =>
  emails()
    .find({ $or: [{ customerId: id }, { staffId: id }] })
    .sort({ createdAt: 1 })
    .toArray();
const kindsOf = async (person: Person) => (await mailsOf(person)).map(({ kind, state }) => [kind, state]);
const digestOf = ({ id }: Person) =>
  digests()
    .find({ recipient: new RegExp(id) })
    .toArray();
const listOf = async (as: Person) =>
  (await app.get("/v1/notifications", { as })).body as { data: { id: string; title: string }[]; unreadCount: number };
/** A ticket of the customer's whose confirmation is out of the way. */
async function ticketOf(as: TestCustomer, given: Record<string, unknown> = {}) {
  const ticket = await buildTicket(app, as, given);
  await until(async () => (await mailsOf(as)).some(({ state }) => state === "succeeded"), { what: "the confirmation" });
  await emails().deleteMany({ customerId: as.id });
  box.mails.length = 0;
  return ticket;
}
/** Makes due what waits for somebody, as if the time had come. */
const letCome = ({ id }: Person) =>
  digests().updateMany({ recipient: new RegExp(id), state: "pending" }, { $set: { nextAttemptAt: new Date(0) } });
const sent = (count: number) => until(() => box.mails.length >= count && box.mails, { what: `${count} mails` });
/** Quiet hours of three that this moment lies in the middle of, by UTC. */
function quietNow(): NonNullable<ChosenPreferences["quietHours"]> {
  const clock = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString().slice(11, 16);
  return { from: clock(-90), to: clock(90), exceptCritical: true };
}

describe("GET and PUT /v1/notifications/preferences", () => {
  it("are one's own: defaults until changed, part by part, and what was chosen is taken back by null", async () => {
    const all = { inApp: true, email: true, push: true };
    const before = await get(customer);
    expect(before).toEqual({
      types: { ticket: all, billing: all, compliance: all, alert: all, info: { ...all, email: false, push: false } },
      digest: "off",
      locale: "en",
      timezone: "UTC",
    });
    const changed = await put({ types: { billing: { email: false } }, digest: "hourly" });
    expect([changed.status, changed.body]).toEqual([
      200,
      { ...before, digest: "hourly", types: { ...before.types, billing: { ...all, email: false } } },
    ]);
    const quietHours = { from: "22:00", to: "06:30" };
    const both = await Promise.all([put({ quietHours, locale: "pt-BR" }), put({ timezone: "America/Sao_Paulo" })]);
    expect(both.map(({ status }) => status)).toEqual([200, 200]);
    expect(await get(customer)).toEqual({
      ...(changed.body as object),
      quietHours: { ...quietHours, exceptCritical: true },
      locale: "pt-BR",
      timezone: "America/Sao_Paulo",
    });
    await put({ quietHours: null, locale: null, timezone: null, digest: "off", types: { billing: { email: true } } });
    expect(await get(customer)).toEqual(before);
    expect((await put({})).body).toEqual(before);
  });

  it("are each person's and each site's own, staff's too", async () => {
    const other = await buildCustomer(app, site);
    const elsewhere = await buildSite();
    const viewer = await buildStaff(app, site, { role: "viewer" });
    const before = [await get(other), await get(agent)];
    await put({ digest: "daily", types: { ticket: { push: false } } });
    expect((await put({ digest: "burst" }, viewer)).body.digest).toBe("burst");
    expect([await get(other), await get(agent)]).toEqual(before);
    expect([(await get(customer)).digest, (await get(viewer)).digest]).toEqual(["daily", "burst"]);
    await buildStaff(app, elsewhere, { email: viewer.email, role: "viewer" });
    const at = async ({ slug }: TestSite, body?: object) =>
      (
        await app.call(body ? "PUT" : "GET", path, {
          as: viewer,
          ...(body ? { body } : {}),
          headers: { "x-site": slug },
        })
      ).body as Preferences;
    await at(elsewhere, { locale: "ja" });
    expect([(await at(site)).digest, (await at(site)).locale]).toEqual(["burst", "en"]);
    expect([(await at(elsewhere)).digest, (await at(elsewhere)).locale]).toEqual(["off", "ja"]);
    const foreigner = await buildCustomer(app, elsewhere, { sub: customer.externalId ?? "" });
    expect((await get(foreigner)).digest).toBe("off");
    expect((await app.put(path, { as: agent, body: {}, headers: { "x-site": elsewhere.slug } })).status).toBe(404);
  });

  it.each([
    { sound: true },
    { types: { news: { email: true } } },
    { types: { ticket: { sms: true } } },
    { types: { ticket: { email: "yes" } } },
    { digest: "weekly" },
    { quietHours: { from: "22:00", to: "22:00" } },
    { quietHours: { from: "22:00" } },
    { quietHours: { from: "24:00", to: "07:00" } },
    { quietHours: { from: "22:00", to: "07:00", days: [1] } },
    { timezone: "Mars/Olympus" },
    { locale: "not a language" },
    { digest: null },
    [],
  ])("is 400 for %j", async (body) => {
    const reply = await app.put(path, { as: customer, body });
    expect([reply.status, problemOf(reply).code]).toEqual([400, "validation_failed"]);
  });

  it("is 401 for nobody, 403 for who is nobody in particular", async () => {
    for (const [as, status] of [
      [undefined, 401],
      [site.publicKey, 401],
      ["sk_nope", 401],
      [site.secretKey, 403],
    ] as const)
      for (const method of ["GET", "PUT"]) {
        const reply = await app.call(method, path, { as, ...(method === "PUT" ? { body: {} } : {}) });
        expect([method, as, reply.status]).toEqual([method, as, status]);
        problemOf(reply);
      }
  });
});

describe("N7 type by way", () => {
  it("what is off in here is on no list and in no count, and mailed all the same", async () => {
    const ticket = await ticketOf(customer);
    await put({ types: { ticket: { inApp: false } } });
    await comment(ticket.id, "Hello");
    await sent(1);
    await reacted();
    expect(await listOf(customer)).toMatchObject({ data: [], unreadCount: 0 });
    expect(
      await notifications().findOne({ recipient: unlistedOf(recipientOf("customer", customer.id)) }),
    ).toMatchObject({
      type: "ticket",
    });
    await put({ types: { ticket: { inApp: true } } });
    await comment(ticket.id, "Hello again");
    await sent(2);
    expect(await listOf(customer)).toMatchObject({ data: [{ type: "ticket" }], unreadCount: 1 });
  });

  it("what is off by mail is not mailed, and told in here; the one mail about rating is about the ticket, too", async () => {
    const ticket = await ticketOf(customer);
    await put({ types: { ticket: { email: false } } });
    await comment(ticket.id, "Hello");
    await app.patch(`${tickets}/${ticket.id}`, { as: agent, body: { status: "resolved" } });
    await reacted();
    expect([await kindsOf(customer), (await listOf(customer)).data.length]).toEqual([[], 2]);
    const owner = await buildStaff(app, site, { role: "admin" });
    expect((await app.get(`/v1/customers/${customer.id}`, { as: owner })).body.unsubscribed).toBe(true);
  });

  it("an owner's notice is mailed by its type, in the owner's words, with its way", async () => {
    const tell = (type: string, link = "https://shop.example/r1") =>
      app.post("/v1/notifications", {
        as: site.secretKey,
        body: { customer: { id: customer.id }, type, title: `About ${type}`, message: "First line\nSecond line", link },
      });
    for (const type of ["info", "billing"]) await tell(type);
    const [mail] = await sent(1);
    expect([
      mail!.subject,
      mail!.text?.includes("Second line"),
      mail!.text?.includes("https://shop.example/r1"),
    ]).toEqual(["About billing", true, true]);
    await put({ types: { billing: { email: false }, info: { email: true } } });
    for (const type of ["billing", "info"]) await tell(type);
    await sent(2);
    await reacted();
    expect(box.mails.map(({ subject }) => subject)).toEqual(["About billing", "About info"]);
  });

  it("a notice for everybody is kept off the lists of who wants none, and mailed to who wants mail", async () => {
    const lone = await buildSite();
    const people = await Promise.all([1, 2, 3].map(() => buildCustomer(app, lone)));
    await put({ types: { compliance: { inApp: false } } }, people[0]);
    await put({ types: { compliance: { email: false } } }, people[1]);
    const body = { audience: "all", type: "compliance", title: "New terms", message: "Please read them." };
    const { id } = (await app.post("/v1/notifications", { as: lone.secretKey, body })).body as { id: string };
    await until(
      async () => (await app.get(`/v1/notifications/broadcasts/${id}`, { as: lone.secretKey })).body.state === "done",
      { what: "the broadcast" },
    );
    await reacted();
    expect(await Promise.all(people.map(async (one) => (await listOf(one)).unreadCount))).toEqual([0, 1, 1]);
    expect(await Promise.all(people.map(async (one) => (await mailsOf(one)).length))).toEqual([1, 0, 1]);
  });
});

describe("N7 quiet hours", () => {
  it("hold mails until they end, for customers and staff, but not what is critical, nor what is told in here", async () => {
    const ticket = await ticketOf(customer);
    const urgent = await ticketOf(customer, { priority: "critical" });
    const quietHours = quietNow();
    await put({ quietHours });
    await put({ quietHours }, agent);
    await comment(ticket.id, "It can wait");
    await comment(urgent.id, "It cannot");
    await app.patch(`${tickets}/${ticket.id}`, { as: await buildStaff(app, site), body: { assigneeId: agent.id } });
    await sent(1);
    await reacted();
    expect(box.mails.map(({ to }) => to?.[0]?.address)).toEqual([customer.email]);
    expect(box.mails[0]!.subject).toContain(urgent.number);
    const waiting = [...(await mailsOf(customer)), ...(await mailsOf(agent))].filter(
      ({ state }) => state === "pending",
    );
    expect(waiting.map(({ kind }) => kind)).toEqual(["staff-replied", "ticket-assigned"]);
    for (const { nextAttemptAt } of waiting) expect(nextAttemptAt?.toISOString().slice(11, 16)).toBe(quietHours.to);
    const { data } = (
      await app.get("/v1/email-log?state=pending", { as: await buildStaff(app, site, { role: "admin" }) })
    ).body as { data: { to: string; nextAttemptAt: string | null }[] };
    const logged = data
      .filter(({ to }) => to === customer.email)
      .map(({ nextAttemptAt }) => nextAttemptAt?.slice(11, 16));
    expect(logged).toEqual([quietHours.to]);
    expect((await listOf(customer)).unreadCount).toBe(2);
    await put({ quietHours: null }, agent);
  });
});

describe("N7 gathered mails", () => {
  it("are one of all that came, once each however often reactions and workers run, and one alone is itself", async () => {
    const ticket = await ticketOf(customer);
    await put({ digest: "burst" });
    for (const body of ["One", "Two", "Three"]) await comment(ticket.id, body);
    await reacted();
    expect(await kindsOf(customer)).toEqual([]);
    const [digest, ...more] = await digestOf(customer);
    expect([digest!.items.length, more.length]).toEqual([3, 0]);
    expect(digest!.nextAttemptAt!.getTime() - digest!.createdAt.getTime()).toBeCloseTo(300_000, -3);
    // Reactions that run again change nothing: not while it waits, nor after it has gone.
    const again = {
      siteId: site.id,
      order: { kind: "staff-replied", customerId: customer.id, ticketId: ticket.id },
      at: new Date(),
    } as const;
    const repeat = () => Promise.all(digest!.items.map(({ id, noticeId }) => gatherMail({ ...again, id, noticeId })));
    await repeat();
    // A worker that is killed after any step leaves what the next one ends, as the same mail.
    const { signal } = new AbortController();
    await runDigest(digest!, { signal, attempt: 1, isLast: false });
    await letCome(customer);
    await sent(1);
    await repeat();
    const [mail] = box.mails;
    expect([mail!.subject, await kindsOf(customer)]).toEqual(["3 updates from Tarnside", [["digest", "succeeded"]]]);
    expect(mail!.text?.match(/\/portal\/\S+#\S+/g)).toHaveLength(3);
    const ended = await until(async () => (await digestOf(customer)).find(({ state }) => state === "succeeded"), {
      what: "the end",
    });
    expect([ended._id, ended.open, box.mails.length]).toEqual([digest!._id, undefined, 1]);
    await comment(ticket.id, "Alone");
    await reacted();
    await letCome(customer);
    await sent(2);
    expect(box.mails[1]!.subject).toBe(`New answer: Checkout page times out [${ticket.number}]`);
    expect(box.mails[1]!.text).toContain("> Alone");
    const noted = (await events().find({ type: "comment.created" }).toArray()).flatMap(({ made = [] }) => made);
    const gathered = noted.filter((one) => one.startsWith("gathered:"));
    expect(gathered.length).toBeGreaterThanOrEqual(4);
    expect(await missingIn(digests(), [digest!._id])).toEqual([]);
  });

  it("are the mail that was decided when a worker is lost between deciding and sending, whatever is read then", async () => {
    const ticket = await ticketOf(customer);
    await put({ digest: "daily" });
    for (const body of ["One", "Two"]) await comment(ticket.id, body);
    await reacted();
    const [digest] = await digestOf(customer);
    const chosen = digest!.items.map(({ id }) => id);
    await digests().updateOne({ _id: digest!._id }, { $set: { chosen }, $unset: { open: "" } }); // so far it came
    await app.put("/v1/notifications/read-all", { as: customer, body: {} });
    await comment(ticket.id, "Three"); // begins the next one
    await reacted();
    expect((await digestOf(customer)).map(({ items }) => items.length).sort()).toEqual([1, 2]);
    await digests().updateOne({ _id: digest!._id }, { $set: { nextAttemptAt: new Date(0) } });
    await put({ digest: "off" });
    await sent(2);
    expect(box.mails.map(({ subject }) => subject).sort()).toEqual([
      "2 updates from Tarnside",
      `New answer: Checkout page times out [${ticket.number}]`,
    ]);
  });

  it("leave out what was read in here meanwhile; when that is all, no mail is sent", async () => {
    const ticket = await ticketOf(customer);
    await put({ digest: "hourly" });
    for (const body of ["One", "Two"]) {
      await comment(ticket.id, body);
      await reacted(); // what follows from two comments may happen in any order
    }
    const [newest] = (await listOf(customer)).data;
    await app.put(`/v1/notifications/${newest!.id}/read`, { as: customer });
    await letCome(customer);
    await sent(1);
    expect(box.mails[0]!.text).toContain("> One");
    await comment(ticket.id, "Three");
    await reacted();
    await app.put("/v1/notifications/read-all", { as: customer, body: {} });
    await letCome(customer);
    await until(async () => (await digestOf(customer)).some(({ state }) => state === "cancelled"), { what: "the end" });
    expect(box.mails).toHaveLength(1);
  });

  it("go out when another rhythm is chosen, are dropped with a type switched off, and wait out quiet hours set since", async () => {
    const ticket = await ticketOf(customer);
    await put({ digest: "daily" });
    await comment(ticket.id, "One");
    await reacted();
    await put({ digest: "off" });
    await sent(1);
    await put({ digest: "daily" });
    await comment(ticket.id, "Two");
    await reacted();
    const quietHours = quietNow();
    await put({ quietHours });
    await letCome(customer);
    const waiting = await until(
      async () => (await digestOf(customer)).find(({ state, attempt }) => state === "pending" && attempt > 0),
      { what: "the digest put off" },
    );
    expect([waiting.nextAttemptAt!.getTime() > Date.now() + 3_600_000, waiting.open]).toEqual([true, true]);
    await put({ quietHours: null, types: { ticket: { email: false } } });
    await letCome(customer);
    await until(async () => (await digestOf(customer)).some(({ state }) => state === "cancelled"), { what: "the end" });
    expect(box.mails).toHaveLength(1);
  });

  it("wait in another when the last one ended before it was closed", async () => {
    const order = { kind: "staff-replied", customerId: customer.id, ticketId: "t" } as const;
    const at = new Date(Date.now() + 3_600_000);
    const gather = (name: string) =>
      gatherMail({ id: `${customer.id}-${name}`, siteId: site.id, order, noticeId: "n", at });
    for (const state of ["failed", "cancelled"] as const) {
      await gather(`before ${state}`);
      await digests().updateOne({ recipient: recipientOf("customer", customer.id), open: true }, { $set: { state } });
    }
    await gather("after both");
    const waiting = (await digestOf(customer)).filter(({ open }) => open);
    expect(waiting.map(({ state, items }) => [state, items.length])).toEqual([["pending", 1]]);
  });

  it("begin a second mail after a hundred, and are forgotten with their customer", async () => {
    const order = { kind: "staff-replied", customerId: customer.id, ticketId: "t" } as const;
    const one = (index: number) =>
      gatherMail({
        id: `${customer.id}-${index}`,
        siteId: site.id,
        order,
        noticeId: "n",
        at: new Date(Date.now() + 3_600_000),
      });
    await Promise.all(Array.from({ length: 101 }, (_, index) => one(index)));
    const both = await digestOf(customer);
    expect(both.map(({ items }) => items.length).sort()).toEqual([1, 100]);
    expect(both.filter(({ open }) => open)).toHaveLength(1);
    const owner = await buildStaff(app, site, { role: "owner" });
    await app.post(`/v1/customers/${customer.id}/erase`, { as: owner, body: { confirm: customer.email } });
    await until(async () => (await digestOf(customer)).length === 0, { what: "the erasure" });
    expect(await mongoose.connection.collection("customers").countDocuments({ _id: customer.id as never })).toBe(0);
  });
});

describe("N7 a person's language", () => {
  it("is until they choose that of the page that signed them in, else the site's", async () => {
    const userToken = () =>
      signUserToken(site.identitySecret, { sub: customer.externalId, email: customer.email, name: customer.name });
    const signIn = async (spoken: object) => {
      const body = { siteKey: site.publicKey, userToken: await userToken(), ...spoken };
      expect((await app.post("/v1/sessions", { body })).status).toBe(200);
      const { locale, timezone } = await get(customer);
      return [locale, timezone];
    };
    expect(await signIn({ locale: "fr-CA", timezone: "America/Toronto" })).toEqual(["fr-CA", "America/Toronto"]);
    expect(await signIn({ locale: "tlh\0", timezone: "Mars/Olympus" })).toEqual(["fr-CA", "America/Toronto"]);
    await put({ timezone: "Europe/Paris" });
    expect(await signIn({ locale: "es" })).toEqual(["es", "Europe/Paris"]);
    await put({ timezone: null });
    expect(await signIn({})).toEqual(["es", "America/Toronto"]);
  });

  it("is that of their mails, with times by their clock", async () => {
    await put({ locale: "de", timezone: "Asia/Tokyo" });
    const ticket = await buildTicket(app, customer);
    const [mail] = await sent(1);
    expect(mail!.subject).toBe(`Wir haben Ihre Anfrage erhalten: Checkout page times out [${ticket.number}]`);
    const due = new Intl.DateTimeFormat("de", { dateStyle: "full", timeStyle: "short", timeZone: "Asia/Tokyo" });
    expect(mail!.text).toContain(due.format(new Date(ticket.slaDueAt!)));
    await put({ locale: "ar" }, agent);
    await app.patch(`${tickets}/${ticket.id}`, { as: await buildStaff(app, site), body: { assigneeId: agent.id } });
    const [, theirs] = await sent(2);
    expect(theirs!.html).toContain('<html lang="ar" dir="rtl"');
    await put({ locale: null }, agent);
  });
});

describe("N7 one click on unsubscribe", () => {
  const addressIn = (index: number) =>
    /<(.*)>/.exec(box.header(box.mails[index]!, "list-unsubscribe") ?? "")?.[1] ?? "";

  it("turns off the mails of exactly that type, in the preferences, and says so", async () => {
    await put({ locale: "de" });
    await buildTicket(app, customer);
    await sent(1);
    const page = await (await fetch(addressIn(0))).text();
    expect(page).toContain("Mails dieser Art: Anfragen.");
    expect(page).toContain(`/portal/${site.slug}#settings`);
    expect((await get(customer)).types.ticket.email).toBe(true);
    const click = await fetch(addressIn(0), {
      method: "POST",
      body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
    });
    expect([click.status, (await click.text()).includes("keine Mails dieser Art mehr: Anfragen")]).toEqual([200, true]);
    const { types } = await get(customer);
    expect([types.ticket, types.billing.email, types.alert.email]).toEqual([
      { inApp: true, email: false, push: true },
      true,
      true,
    ]);
    expect((await fetch(`${addressIn(0)}&resume=1`, { method: "POST" })).status).toBe(200);
    expect((await get(customer)).types.ticket.email).toBe(true);
  });

  it("of a gathered mail stops the types that were in it", async () => {
    await put({ digest: "daily" });
    await buildTicket(app, customer);
    const body = { customer: { id: customer.id }, type: "alert", title: "Disk full", message: "On web-1." };
    await app.post("/v1/notifications", { as: site.secretKey, body });
    await reacted();
    await letCome(customer);
    await sent(1);
    expect(box.mails[0]!.subject).toBe("2 updates from Tarnside");
    await fetch(addressIn(0), { method: "POST" });
    const { types } = await get(customer);
    expect(Object.entries(types).map(([type, { email }]) => [type, email])).toEqual([
      ["ticket", false],
      ["billing", true],
      ["compliance", true],
      ["alert", false],
      ["info", false],
    ]);
  });

  it("by a forged or cut link is a page to read, in the browser's language, and a problem to a program", async () => {
    const address = `${app.url}/v1/unsubscribe?token=nope`;
    const page = await fetch(address, { headers: { "accept-language": "fr" } });
    expect([page.status, page.headers.get("content-type")]).toEqual([401, "text/html; charset=utf-8"]);
    expect(await page.text()).toContain("Ce lien ne fonctionne pas");
    expect((await fetch(`${app.url}/v1/unsubscribe`)).status).toBe(400);
    expect(problemOf(await app.post("/v1/unsubscribe?token=nope")).code).toBe("unauthenticated");
  });
});

describe("N8 notices", () => {
  it("carry the beginning of an answer only where the site says so, and never of a note", async () => {
    const owner = await buildStaff(app, site, { role: "owner" });
    const ticket = await ticketOf(customer);
    const notice = async () => ((await listOf(customer)).data[0] as { message?: string } | undefined)?.message;
    await comment(ticket.id, "The secret\n\nis out");
    expect(await until(notice, { what: "the notice" })).not.toContain("secret");
    await app.patch(`/v1/sites/${site.slug}/settings`, {
      as: owner,
      body: { channels: { notices: { includeText: true } } },
    });
    await app.put("/v1/notifications/read-all", { as: customer, body: {} });
    await comment(ticket.id, `The **secret**\n\nis out ${"x".repeat(400)}`);
    await until(async () => (await listOf(customer)).unreadCount === 1, { what: "the second notice" });
    expect(await notice()).toMatch(/^The \*\*secret\*\* is out x+…$/);
    const colleague = await buildStaff(app, site);
    await app.post(`${tickets}/${ticket.id}/comments`, {
      as: owner,
      body: { body: `@[${colleague.name}](${colleague.id}) unspeakable`, visibility: "internal" },
    });
    await reacted();
    expect(JSON.stringify(await notifications().find({}).toArray())).not.toContain("unspeakable");
    await app.patch(`/v1/sites/${site.slug}/settings`, {
      as: owner,
      body: { channels: { notices: { includeText: false } } },
    });
  });
});
