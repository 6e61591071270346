// A little over 300 lines: every kind of mail goes through the same mailbox, which is costly to start.
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { problemOf } from "../../../test/support/app.ts";
import { buildCustomer, buildSite, buildStaff, buildTicket } from "../../../test/support/factories.ts";
import { startMailDesk } from "../../../test/support/mail-desk.ts";
import { until } from "../../../test/support/until.ts";
import { SiteModel } from "../sites/site.model.ts";
import { emails } from "./email.model.ts";
import { mailJob } from "./mail.job.ts";

const path = "/v1/support/tickets";
const evil = `"><img src=x onerror=alert(1)>`;
const { app, box, site, customer, agent } = await startMailDesk();
const admin = await buildStaff(app, site, { role: "admin" });

beforeEach(async () => {
  await emails().deleteMany({});
  box.mails.length = 0;
});
afterEach(() => void (box.next.length = 0));

const settled = (count: number) =>
  until(
    async () => (await emails().countDocuments({ state: { $in: ["succeeded", "failed", "cancelled"] } })) === count,
    { what: `${count} mails settled` },
  );
/** Makes what waits for its next try due now. */
const hurry = () => emails().updateMany({ state: "pending" }, { $set: { nextAttemptAt: new Date(0) } });
const failedOnce = () => until(() => emails().findOne({ state: "pending", failures: 1 }), { what: "a failed try" });
const linkIn = (text: string | undefined): URL => new URL(/https?:\/\/\S+#\S+/.exec(text ?? "")?.[0] ?? "");

describe("E1 a mail", () => {
  it("confirms a request: number, when to expect an answer, and a link that lets its customer in", async () => {
    const ticket = await buildTicket(app, customer, { subject: `Broken ${evil}` });
    const mail = await box.wait();
    expect(mail.subject).toBe(`We received your request: Broken ${evil} [${ticket.number}]`);
    expect(mail.from).toMatchObject({ name: "Tarnside", address: "desk@tarnside.example" });
    expect(mail.to).toMatchObject([{ name: customer.name, address: customer.email }]);
    expect(mail.text).toContain(ticket.number);
    expect(mail.text).toContain("You can expect an answer by");
    expect(mail.html).toContain("Broken &#34;&#62;&#60;img");
    expect(mail.html).not.toContain("<img");
    const link = linkIn(mail.text);
    expect(link.pathname).toBe(`/portal/${site.slug}`);
    const given = new URLSearchParams(link.hash.slice(1));
    expect(given.get("ticket")).toBe(ticket.number);
    expect(mail.html).toContain(link.href.replaceAll("&", "&#38;"));
  });

  it("carries the answer as text and as safe HTML, unless the site keeps text out of mail", async () => {
    const ticket = await buildTicket(app, customer);
    await box.wait();
    await app.post(`${path}/${ticket.id}/comments`, {
      as: agent,
      body: { body: `**Try** again ${evil}\n\nhttps://a.example` },
    });
    const mail = await box.wait(2);
    expect(mail.subject).toBe(`New answer: Checkout page times out [${ticket.number}]`);
    expect(mail.text).toContain("> **Try** again");
    expect(mail.html).toContain("<strong>Try</strong>");
    expect(mail.html).not.toContain("<img");
    await SiteModel.updateOne(
      { _id: site.id },
      { $set: { "settings.channels.email": { enabled: true, includeText: false, fromName: "Quiet Desk" } } },
    );
    await new Promise((resolve) => setTimeout(resolve, 2100)); // sites are remembered for two seconds
    await app.post(`${path}/${ticket.id}/comments`, { as: agent, body: { body: "unspeakable" } });
    const quiet = await box.wait(3);
    expect(quiet.from?.name).toBe("Quiet Desk");
    expect(`${quiet.text}${quiet.html}`).not.toContain("unspeakable");
    await SiteModel.updateOne(
      { _id: site.id },
      { $set: { "settings.channels.email": { enabled: true, includeText: true } } },
    );
  });

  it("belongs to a conversation, is known as automatic, and can be stopped with one click", async () => {
    const ticket = await buildTicket(app, customer);
    await box.wait();
    await app.post(`${path}/${ticket.id}/comments`, { as: agent, body: { body: "Hello" } });
    const [received, replied] = [await box.wait(1), await box.wait(2)];
    expect(replied.references).toBe(received.references);
    expect(replied.references).toContain(ticket.id);
    expect(replied.messageId).not.toBe(received.messageId);
    for (const mail of [received, replied]) {
      expect(box.header(mail, "auto-submitted")).toBe("auto-generated");
      expect(box.header(mail, "list-unsubscribe-post")).toBe("List-Unsubscribe=One-Click");
      expect(box.header(mail, "list-unsubscribe")).toMatch(/^<http.*\/v1\/unsubscribe\?token=.*>$/);
    }
  });

  it("T11 asks once for a rating when somebody else solved it, with a link that rates", async () => {
    const ticket = await buildTicket(app, customer);
    await box.wait();
    await app.patch(`${path}/${ticket.id}`, { as: agent, body: { status: "resolved" } });
    const mail = await box.wait(2);
    expect(mail.subject).toBe(`Solved: Checkout page times out [${ticket.number}]`);
    expect(box.header(mail, "list-unsubscribe")).toMatch(/unsubscribe\?token=/);
    const link = new URL(/https?:\/\/\S+\/rate\?token=\S+/.exec(mail.text ?? "")?.[0] ?? "");
    expect((await fetch(link)).status).toBe(200);
    const rated = await app.post("/v1/support/ratings", {
      body: { token: link.searchParams.get("token"), score: 5 },
    });
    expect(rated.status).toBe(201);
    await app.patch(`${path}/${ticket.id}`, { as: agent, body: { status: "closed" } });
    await app.patch(`${path}/${ticket.id}`, { as: agent, body: { status: "open" } });
    await app.patch(`${path}/${ticket.id}`, { as: agent, body: { status: "resolved" } });
    await box.wait(3);
    expect(box.mails.filter((one) => one.subject?.startsWith("Solved:"))).toHaveLength(2);
  });

  it("T11 asks nobody who solved it themselves, nor about what is open again", async () => {
    const own = await buildTicket(app, customer);
    await app.patch(`${path}/${own.id}`, { as: customer, body: { status: "resolved" } });
    const reopened = await buildTicket(app, customer);
    await settled(2);
    box.next.push(451);
    await app.patch(`${path}/${reopened.id}`, { as: agent, body: { status: "resolved" } });
    await failedOnce();
    await app.patch(`${path}/${reopened.id}`, { as: customer, body: { status: "open" } });
    await hurry();
    await settled(3);
    expect(await emails().find({ kind: "rating-request" }).toArray()).toMatchObject([
      { ticketId: reopened.id, state: "cancelled" },
    ]);
    expect(box.mails.some((one) => one.subject?.startsWith("Solved:"))).toBe(false);
  });

  it("invites staff, without a way to unsubscribe, with a link that sets a password", async () => {
    const invited = await app.post("/v1/staff", {
      as: admin,
      body: { email: "fresh@desk.example", name: "Fresh Person", role: "agent" },
    });
    expect(invited.status).toBe(201);
    const mail = await box.wait();
    expect(mail.to).toMatchObject([{ address: "fresh@desk.example" }]);
    expect(box.header(mail, "list-unsubscribe")).toBeUndefined();
    const token = new URL(
      /https?:\/\/\S+\/admin\/password\?token=\S+/.exec(mail.text ?? "")?.[0] ?? "",
    ).searchParams.get("token");
    expect((await app.post("/v1/staff/password", { body: { token, password: "a new long password" } })).status).toBe(
      204,
    );
    expect(
      (await app.post("/v1/staff/login", { body: { email: "fresh@desk.example", password: "a new long password" } }))
        .status,
    ).toBe(200);
  });
});

describe("E1 sending", () => {
  it("tries again after a temporary refusal, under the same Message-ID", async () => {
    box.next.push(451);
    await buildTicket(app, customer);
    const waiting = await failedOnce();
    const seconds = ((waiting.nextAttemptAt?.getTime() ?? 0) - Date.now()) / 1000;
    expect(seconds).toBeGreaterThan(20);
    expect(seconds).toBeLessThan(34);
    await hurry();
    expect((await box.wait()).messageId).toMatch(new RegExp(`^<${waiting._id}@`));
    await settled(1);
  });

  it("tries seven times in 20 hours, and then stands as failed in the log", async () => {
    expect(mailJob.schedule).toEqual([30, 120, 600, 3600, 21_600, 43_200]);
    box.next.push(451, 451, 451);
    await buildTicket(app, customer);
    await failedOnce();
    await emails().updateMany({}, { $set: { failures: 5 } });
    await hurry();
    const last = await until(() => emails().findOne({ state: "pending", failures: 6 }), { what: "the sixth failure" });
    const seconds = (last.nextAttemptAt!.getTime() - last.lastError!.at.getTime()) / 1000;
    expect(seconds).toBeGreaterThan(43_200 * 0.9 - 1);
    expect(seconds).toBeLessThan(43_200 * 1.1 + 1);
    await hurry();
    await settled(1);
    expect(await emails().findOne({})).toMatchObject({ state: "failed", failures: 7, expireAt: expect.any(Date) });
    expect(box.mails).toEqual([]);
  });

  it("takes a permanent refusal for an answer, until somebody asks for another try", async () => {
    box.next.push(550);
    await buildTicket(app, customer);
    await settled(1);
    const log = await app.get("/v1/email-log", { as: admin });
    expect(log.body.data).toMatchObject([
      {
        to: customer.email,
        kind: "ticket-received",
        state: "failed",
        attempts: 1,
        error: expect.stringContaining("550"),
        sentAt: null,
      },
    ]);
    expect((await app.get("/v1/email-log?state=succeeded", { as: admin })).body.data).toEqual([]);
    const again = await app.post(`/v1/email-log/${log.body.data[0].id}/retry`, { as: admin });
    expect(again.status).toBe(202);
    await box.wait();
    await until(async () => (await emails().findOne({}))?.state === "succeeded", { what: "the mail sent" });
    const sent = await app.post(`/v1/email-log/${log.body.data[0].id}/retry`, { as: admin });
    expect([sent.status, problemOf(sent).code]).toEqual([409, "conflict"]);
  });

  it("row 15: hands over at most two copies when the line breaks after each, and then says so", async () => {
    box.next.push("drop", "drop", "drop");
    await buildTicket(app, customer);
    await failedOnce();
    await hurry();
    await settled(1);
    expect(box.mails).toHaveLength(2);
    expect(box.mails[0]?.messageId).toBe(box.mails[1]?.messageId);
    expect(await emails().findOne({})).toMatchObject({
      state: "failed",
      lastError: { message: expect.stringContaining("may have arrived") },
    });
  });

  it("asks once more whether the mail is still wanted", async () => {
    box.next.push(451);
    const leaving = await buildCustomer(app, site);
    await buildTicket(app, leaving);
    await failedOnce();
    await (
      await import("mongoose")
    ).default.connection
      .collection("customers")
      .updateOne({ _id: leaving.id as never }, { $set: { "preferences.types.ticket.email": false } });
    await hurry();
    await settled(1);
    expect([box.mails.length, (await emails().findOne({}))?.state]).toEqual([0, "cancelled"]);
  });
});

describe("E1 the mail log", () => {
  it("is for admins and owners", async () => {
    for (const [as, status] of [
      [undefined, 401],
      [customer, 403],
      [agent, 403],
      [site.secretKey, 403],
      [admin, 200],
    ] as const)
      expect((await app.get("/v1/email-log", { as })).status).toBe(status);
    expect((await app.post("/v1/email-log/nope/retry", { as: admin })).status).toBe(404);
    expect((await app.post("/v1/email-log/nope/retry", { as: agent })).status).toBe(403);
    expect((await app.get("/v1/email-log?state=nope", { as: admin })).status).toBe(400);
    expect((await app.get("/v1/email-log?cursor=x", { as: admin })).status).toBe(400);
  });

  it("is a site's own", async () => {
    await buildTicket(app, customer);
    await settled(1);
    const foreigner = await buildStaff(app, await buildSite(), { role: "owner" });
    expect((await app.get("/v1/email-log", { as: foreigner })).body.data).toEqual([]);
    const id = (await emails().findOne({}))?._id ?? "";
    expect((await app.post(`/v1/email-log/${id}/retry`, { as: foreigner })).status).toBe(404);
  });

  it("comes page by page, newest first", async () => {
    for (let made = 0; made < 3; made += 1) await buildTicket(app, customer);
    await settled(3);
    const first = (await app.get("/v1/email-log?limit=2", { as: admin })).body;
    const second = (await app.get(`/v1/email-log?limit=2&cursor=${first.nextCursor}`, { as: admin })).body;
    expect([first.data.length, second.data.length, second.nextCursor]).toEqual([2, 1, null]);
    expect(new Set([...first.data, ...second.data].map((entry) => entry.id)).size).toBe(3);
  });
});

describe("E1 unsubscribing", () => {
  it("needs one click, and looking is none", async () => {
    const leaving = await buildCustomer(app, site);
    await buildTicket(app, leaving);
    const address = /<(.*)>/.exec(box.header(await box.wait(), "list-unsubscribe") ?? "")?.[1] ?? "";
    const page = await fetch(address);
    expect([page.status, page.headers.get("content-type")]).toEqual([200, "text/html; charset=utf-8"]);
    expect(page.headers.get("content-security-policy")).toContain("default-src 'none'");
    await buildTicket(app, leaving);
    await box.wait(2);
    const click = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: "List-Unsubscribe=One-Click",
    });
    expect(click.status).toBe(200);
    const ticket = await buildTicket(app, leaving);
    await app.post(`${path}/${ticket.id}/comments`, { as: agent, body: { body: "Hello" } });
    await buildTicket(app, customer);
    await box.wait(3);
    expect(box.mails.map((mail) => mail.to?.[0]?.address)).toEqual([leaving.email, leaving.email, customer.email]);
  });

  it.each([
    ["", 400],
    ["?token=nope", 401],
    [`?token=${"x".repeat(5000)}`, 400],
  ])("refuses %s", async (query, status) => {
    expect((await app.post(`/v1/unsubscribe${query}`)).status).toBe(status);
  });
});
