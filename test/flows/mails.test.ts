// Longer than most: who is mailed what, and what is not mailed twice, is read side by side.
import { beforeEach, describe, expect, it } from "vitest";
import type { DomainEvents, EventType } from "@sidedesk/contract";
import mongoose from "mongoose";
import { transaction } from "../../api/src/core/data/transaction.ts";
import { events } from "../../api/src/core/events/event.model.ts";
import { record } from "../../api/src/core/events/record.ts";
import { forgetSites } from "../../api/src/sites/site.model.ts";
import { problemOf } from "../support/app.ts";
import { buildSite, buildStaff, buildTicket, signUserToken } from "../support/factories.ts";
import { startMailDesk } from "../support/mail-desk.ts";
import { until } from "../support/until.ts";

const path = "/v1/support/tickets";
const env = { SIDEDESK_MODE: "production", SIDEDESK_MAIL_DOMAINS: "help.example" };
const { app, box, site, customer, agent } = await startMailDesk(env);
const colleague = await buildStaff(app, site, { name: "Ines Faro" });
const owner = await buildStaff(app, site, { role: "owner", name: "Olga Own" });
const mails = () => mongoose.connection.collection("emails");

beforeEach(async () => {
  await mails().deleteMany({});
  box.mails.length = 0;
});

/** Waits until every mail of the test has come to an end, those that wait on purpose included. */
async function settled(count: number): Promise<void> {
  await until(async () => (await mails().countDocuments({})) >= count, { what: `${count} mails` });
  await until(
    async () => {
      await mails().updateMany({ state: "pending" }, { $set: { nextAttemptAt: new Date(0) } });
      return (await mails().countDocuments({ state: { $in: ["pending", "inflight"] } })) === 0;
    },
    { what: "all mails settled", every: 200 },
  );
}
/** What was recorded has been reacted to: what follows it goes by how things were then. */
const reacted = () =>
  until(async () => (await events().countDocuments({ "pending.0": { $exists: true } })) === 0, {
    what: "the reactions",
  });
const to = (person: { email: string }) => box.mails.filter((mail) => mail.to?.[0]?.address === person.email);
const subjects = (person: { email: string }) => to(person).map(({ subject }) => subject);
const patch = (id: string, body: object, as: { token: string } = agent) => app.patch(`${path}/${id}`, { as, body });
const comment = (id: string, body: object, as: { token: string } = agent) =>
  app.post(`${path}/${id}/comments`, { as, body });
async function fresh(given: Record<string, unknown> = {}) {
  await mails().deleteMany({});
  const ticket = await buildTicket(app, customer, given);
  await settled(1);
  await mails().deleteMany({});
  box.mails.length = 0;
  return ticket;
}
const happen = <T extends EventType>(type: T, data: DomainEvents[T]) =>
  transaction(() => record(type, { siteId: site.id, actor: { kind: "system", id: null, name: "" } }, data));
async function setUp(email: object, change: object = {}): Promise<void> {
  const changed = await app.patch(`/v1/sites/${site.slug}/settings`, { as: owner, body: { channels: { email } } });
  expect(changed.status).toBe(200);
  expect((await app.patch(`/v1/sites/${site.slug}`, { as: owner, body: change })).status).toBe(200);
}

describe("E1 mail to customers", () => {
  it("tells of a status that somebody else set, and never of one's own doing", async () => {
    const ticket = await fresh();
    await patch(ticket.id, { status: "in_progress" });
    await settled(1);
    expect(subjects(customer)).toEqual([`We're on it: Checkout page times out [${ticket.number}]`]);
    expect(to(customer)[0]?.text).toContain("is now “We're on it”");
    expect(box.header(to(customer)[0]!, "list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
    await patch(ticket.id, { status: "resolved" }, customer);
    await comment(ticket.id, { body: "One more thing" }, customer);
    await comment(ticket.id, { body: "For us", visibility: "internal" });
    await patch(ticket.id, { status: "in_progress" });
    await settled(2);
    expect(subjects(customer)).toHaveLength(2);
  });

  it("sends one mail where an answer and a status come together, in either order", async () => {
    const first = await fresh();
    await patch(first.id, { status: "in_progress" });
    await comment(first.id, { body: "Have you tried a private window?" });
    await settled(2);
    expect(subjects(customer)).toEqual([`New answer: Checkout page times out [${first.number}]`]);
    const second = await fresh();
    await comment(second.id, { body: "We look into it." });
    await patch(second.id, { status: "in_progress" });
    await settled(2);
    expect(subjects(customer)).toEqual([`New answer: Checkout page times out [${second.number}]`]);
    expect(await mails().findOne({ kind: "status-changed" })).toMatchObject({ state: "cancelled" });
  });

  it("shows as one conversation in mail programs", async () => {
    const ticket = await buildTicket(app, customer);
    await settled(1);
    await patch(ticket.id, { status: "in_progress" });
    await settled(2);
    const threads = to(customer).map((mail) => [box.header(mail, "references"), box.header(mail, "in-reply-to")]);
    expect(threads[1]).toEqual(threads[0]);
    expect(new Set(to(customer).map(({ messageId }) => messageId)).size).toBe(2);
  });
});

describe("E1 mail to staff", () => {
  it("tells of what is assigned, of answers, of mentions; not of own acts", async () => {
    const ticket = await fresh({ priority: "high" });
    await patch(ticket.id, { assigneeId: colleague.id });
    await comment(ticket.id, { body: "It is **urgent** now" }, customer);
    await comment(ticket.id, { body: `@[Ines Faro](staff:${colleague.id}) secret plan`, visibility: "internal" });
    await settled(3);
    await patch(ticket.id, { assigneeId: agent.id });
    await reacted();
    await settled(3);
    const about = `Checkout page times out [${ticket.number}]`;
    expect(subjects(colleague).sort()).toEqual(
      [`Assigned to you: ${about}`, `New reply: ${about}`, `You were mentioned: ${about}`].sort(),
    );
    expect(box.mails).toHaveLength(3);
    for (const mail of to(colleague)) {
      expect(mail.text).toContain(`${app.url}/admin/tickets/${ticket.number}`);
      expect(mail.text).toContain("Priority: High");
      expect(mail.text).not.toContain("secret plan");
      expect(box.header(mail, "list-unsubscribe")).toMatch(/unsubscribe\?token=/);
    }
    expect(to(colleague).find(({ subject }) => subject?.startsWith("New reply"))?.html).toContain(
      "<strong>urgent</strong>",
    );
  });

  it("tells a team, once for each member", async () => {
    const team = await app.post("/v1/teams", {
      as: owner,
      body: { name: "Night", memberIds: [agent.id, colleague.id], roundRobin: false },
    });
    const ticket = await fresh();
    await patch(ticket.id, { teamId: team.body.id }, agent);
    await settled(1);
    expect(box.mails.map((mail) => [mail.to?.[0]?.address, mail.subject])).toEqual([
      [colleague.email, `For Night: Checkout page times out [${ticket.number}]`],
    ]);
    await app.delete(`/v1/teams/${team.body.id}`, { as: owner });
  });

  it("tells whoever a ticket waits for that time runs out or has run out, unless it was answered", async () => {
    const ticket = await fresh();
    await mongoose.connection
      .collection("tickets")
      .updateOne({ _id: ticket.id as never }, { $set: { assignee: { id: colleague.id, name: colleague.name } } });
    const told = { ticketId: ticket.id, customerId: customer.id, slaDueAt: "2026-11-21T10:00:00.000Z" };
    await happen("ticket.sla_warning", told);
    await happen("ticket.sla_breached", told);
    await settled(2);
    const about = `Checkout page times out [${ticket.number}]`;
    expect(subjects(colleague).sort()).toEqual([`Due soon: ${about}`, `Overdue: ${about}`]);
    expect(to(colleague)[0]?.text).toContain("21 November 2026 at 10:00 (UTC)");
    await comment(ticket.id, { body: "Here you are" });
    await settled(3);
    await happen("ticket.sla_warning", told);
    await happen("ticket.sla_breached", { ...told, slaDueAt: "2026-11-22T10:00:00.000Z" });
    await settled(4);
    expect(subjects(colleague)).toHaveLength(3);
  });

  it("tells of an endpoint in trouble: those who look after the site, or the customer whose it is", async () => {
    const trouble = { webhookId: "w", host: "erp.example.com", reason: "It answered 500." } as const;
    await happen("webhook.failing", { ...trouble, customerId: null, stage: "exhausted" });
    await happen("webhook.failing", { ...trouble, customerId: customer.id, stage: "disabled" });
    await settled(2);
    expect(subjects(owner)).toEqual(["A webhook to erp.example.com could not be delivered"]);
    expect(subjects(customer)).toEqual(["The webhook to erp.example.com was disabled"]);
    expect([subjects(agent), subjects(colleague)]).toEqual([[], []]);
  });

  it("stops for one of them with one click, but for what is needed to get in, and begins again when asked to", async () => {
    const ticket = await fresh();
    await patch(ticket.id, { assigneeId: colleague.id });
    await settled(1);
    const address = /<(.*)>/.exec(box.header(to(colleague)[0]!, "list-unsubscribe") ?? "")?.[1] ?? "";
    expect(await (await fetch(address)).text()).toContain("You still see everything in the console.");
    const form = new FormData();
    form.set("List-Unsubscribe", "One-Click");
    expect((await fetch(address, { method: "POST", body: form })).status).toBe(200);
    await comment(ticket.id, { body: "Anybody there?" }, customer);
    await reacted();
    await patch(ticket.id, { assigneeId: agent.id }, owner);
    await settled(2);
    expect([subjects(colleague).length, subjects(agent).length]).toEqual([1, 1]);
    expect((await fetch(`${address}&resume=1`, { method: "POST" })).status).toBe(200);
    await patch(ticket.id, { assigneeId: colleague.id });
    await settled(3);
    expect(subjects(colleague)).toHaveLength(2);
  });
});

describe("E1 a site's mail", () => {
  it("comes in the site's name, from its address, with its logo and colour, in its language", async () => {
    await setUp(
      {
        fromName: "Tarnside Hilfe",
        fromAddress: "Moin@help.example",
        replyTo: "team@else.example",
        logoUrl: "https://cdn.example/logo.png",
      },
      { locale: "de", timezone: "Europe/Berlin" },
    );
    await app.patch(`/v1/sites/${site.slug}/settings`, {
      as: owner,
      body: { theme: { colors: { primary: "#7b2d8e" } } },
    });
    const ticket = await buildTicket(app, customer);
    await settled(1);
    const [mail] = box.mails;
    expect(mail?.subject).toBe(`Wir haben Ihre Anfrage erhalten: Checkout page times out [${ticket.number}]`);
    expect(mail?.from).toMatchObject({ name: "Tarnside Hilfe", address: "moin@help.example" });
    expect(mail?.replyTo).toMatchObject([{ address: "team@else.example" }]);
    expect(mail?.html).toContain('src="https://cdn.example/logo.png"'.replaceAll("/", "/"));
    expect(mail?.html).toContain('bgcolor="#7b2d8e"');
    expect(mail?.html).toContain('<html lang="de" dir="ltr"');
    await setUp({ logoUrl: null, fromAddress: null, fromName: null, replyTo: null }, { locale: "ar-EG" });
    await patch(ticket.id, { status: "resolved" });
    await settled(2);
    const arabic = box.mails[1];
    expect(arabic?.html).toContain('<html lang="ar" dir="rtl"');
    expect(arabic?.from).toMatchObject({ name: "Tarnside", address: "desk@tarnside.example" });
    expect(arabic?.subject).toContain("تم الحل");
    await setUp({}, { locale: "en", timezone: "UTC" });
  });

  it("never comes in the name of a domain that the operator does not allow", async () => {
    const refused = await app.patch(`/v1/sites/${site.slug}/settings`, {
      as: owner,
      body: { channels: { email: { fromAddress: "ceo@bank.example" } } },
    });
    expect([refused.status, problemOf(refused).errors?.[0]?.path]).toEqual([400, "channels.email.fromAddress"]);
    await mongoose.connection
      .collection("sites")
      .updateOne({ _id: site.id as never }, { $set: { "settings.channels.email.fromAddress": "ceo@bank.example" } });
    forgetSites();
    await buildTicket(app, customer);
    await settled(1);
    expect(box.mails[0]?.from?.address).toBe("desk@tarnside.example");
    await setUp({ fromAddress: null });
  });

  it("leaves out the kinds that are switched off", async () => {
    await setUp({ off: ["ticket-received"] });
    const ticket = await buildTicket(app, customer);
    await patch(ticket.id, { status: "in_progress" });
    await settled(1);
    expect(subjects(customer)).toEqual([`We're on it: Checkout page times out [${ticket.number}]`]);
    await setUp({ off: [] });
  });

  it("lets no header be put into it by names and subjects", async () => {
    const name = 'Eve"\r\nBcc: victim@x.example\r\n<eve@evil.example>';
    const userToken = await signUserToken(site.identitySecret, { sub: "eve", email: "eve@shop.example", name });
    const session = await app.post("/v1/sessions", { body: { siteKey: site.publicKey, userToken } });
    const subject = "Hello\r\nBcc: victim@x.example\r\n\r\n<b>body</b> \u202eevil";
    const made = await app.post(path, {
      as: session.body.token,
      body: { subject, description: "Long enough to send." },
    });
    expect(made.status).toBe(201);
    await settled(1);
    const [mail] = box.mails;
    expect(mail?.bcc ?? []).toEqual([]);
    expect(mail?.headers.some(({ key }) => key === "bcc")).toBe(false);
    expect(mail?.subject).toMatch(/^We received your request: Hello Bcc: victim@x\.example <b>body<\/b> evil \[TKT-/);
    expect(mail?.to).toHaveLength(1);
    expect(mail?.to?.[0]?.address).toBe("eve@shop.example");
    expect(mail?.to?.[0]?.name).not.toMatch(/[\r\n]/);
  });
});

describe("E1 mail that lets somebody in", () => {
  const forgot = (email: string) => app.post("/v1/staff/password/forgot", { body: { email } });

  it("brings a link for a new password to who forgot theirs, once in five minutes; nobody learns who has an account", async () => {
    const forgetful = await buildStaff(app, site, { name: "Fern Forgetful" });
    const answers = [
      await forgot("nobody@elsewhere.example"),
      await forgot(forgetful.email),
      await forgot(forgetful.email),
    ];
    expect(answers.map(({ status, body }) => [status, body])).toEqual(answers.map(() => [204, ""]));
    await settled(1);
    expect(subjects(forgetful)).toEqual(["A new password for Tarnside"]);
    const [mail] = to(forgetful);
    expect(box.header(mail!, "list-unsubscribe")).toBeUndefined();
    const token = new URL(
      /https?:\/\/\S+\/admin\/password\?token=\S+/.exec(mail?.text ?? "")?.[0] ?? "",
    ).searchParams.get("token");
    expect((await app.get("/v1/staff/me", { as: forgetful })).status).toBe(200);
    const set = { token, password: "a wholly new password" };
    expect((await app.post("/v1/staff/password", { body: set })).status).toBe(204);
    expect((await app.post("/v1/staff/password", { body: set })).status).toBe(401);
    expect(
      (await app.post("/v1/staff/login", { body: { email: forgetful.email, password: set.password } })).status,
    ).toBe(200);
    expect((await forgot("no address")).status).toBe(400);
  });

  it("is sent to who stopped all mails, and while the site sends none", async () => {
    const stopped = await buildStaff(app, site, { name: "Stella Stopped" });
    await mongoose.connection
      .collection("staff")
      .updateOne({ _id: stopped.id as never }, { $set: { "memberships.0.preferences.types.ticket.email": false } });
    await setUp({ enabled: false });
    await buildTicket(app, customer);
    await forgot(stopped.email);
    await settled(1);
    expect(box.mails.map((mail) => mail.to?.[0]?.address)).toEqual([stopped.email]);
    await setUp({ enabled: true });
  });
});

describe("E1 looking at mails", () => {
  it("shows a mail of the log without the links that let somebody in, to admins of its site alone", async () => {
    const invited = await app.post("/v1/staff", {
      as: owner,
      body: { email: "new@desk.example", name: "New Person", role: "agent" },
    });
    expect(invited.status).toBe(201);
    const ticket = await buildTicket(app, customer);
    await settled(2);
    const log = (await app.get("/v1/email-log", { as: owner })).body.data as { id: string; kind: string }[];
    for (const { id, kind } of log) {
      const preview = await app.get(`/v1/email-log/${id}/preview`, { as: owner });
      expect([kind, preview.status]).toEqual([kind, 200]);
      expect(`${preview.body.text}${preview.body.subject}`).not.toContain("token=");
      const page = await fetch(`${app.url}${preview.body.htmlUrl}`);
      const html = await page.text();
      expect(page.headers.get("content-security-policy")).toMatch(
        /default-src 'none'.*frame-ancestors 'self'; sandbox$/,
      );
      expect(html).not.toContain("token=");
      if (kind === "ticket-received") expect(html).toContain(ticket.number);
    }
    const id = log[0]!.id;
    const foreigner = await buildStaff(app, await buildSite(), { role: "owner" });
    const tries = [
      [undefined, 401],
      [agent, 403],
      [customer, 403],
      [foreigner, 404],
    ] as const;
    for (const [as, status] of tries)
      expect((await app.get(`/v1/email-log/${id}/preview`, { as })).status).toBe(status);
    expect((await fetch(`${app.url}/mail-preview?token=nope`)).status).toBe(401);
  });

  it("shows each kind with the site's settings before it is ever sent", async () => {
    const at = `/v1/sites/${site.slug}/channels/email/preview`;
    for (const kind of ["staff-replied", "sla-breached", "staff-invitation"]) {
      const preview = await app.get(`${at}?kind=${kind}`, { as: owner });
      expect([kind, preview.status]).toEqual([kind, 200]);
      expect((await fetch(`${app.url}${preview.body.htmlUrl}`)).status).toBe(200);
    }
    expect((await app.get(`${at}?kind=nope`, { as: owner })).status).toBe(400);
    expect((await app.get(`${at}?kind=mentioned`, { as: agent })).status).toBe(403);
    expect((await app.get(`${at}?kind=mentioned`)).status).toBe(401);
  });
});
