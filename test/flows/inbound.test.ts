// Longer than most: the corpus and all that follows from it share one desk, which is costly to start.
import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { Comment, InboundMail, Ticket } from "@sidedesk/contract";
import mongoose from "mongoose";
import { Webhook } from "standardwebhooks";
import { beforeAll, describe, expect, it } from "vitest";
import { problemOf, type Reply } from "../support/app.ts";
import { buildCustomer, buildSite, buildStaff, buildTicket } from "../support/factories.ts";
import { replyAddress } from "../../api/src/channels/reply-address.ts";
import { suppressAddress } from "../../api/src/channels/suppression.model.ts";
import { config } from "../../api/src/core/config.ts";
import { forgetInboundAbout, inboundSweep } from "../../api/src/inbound/remove-inbound.ts";
import { bringMail, headersFor, inboundEnv, inboundSecret } from "../support/bring-mail.ts";
import { bounceOf, corpus, mailOfSize } from "../support/mail-corpus.ts";
import { startMailDesk } from "../support/mail-desk.ts";
import { until } from "../support/until.ts";

const path = "/v1/support/tickets";
const desk = await startMailDesk({ ...inboundEnv, SIDEDESK_LIMIT_INBOUND: "100" });
const { app, box, site, agent, customer: mara } = desk;
const owner = await buildStaff(app, site, { role: "owner" });
let ticket: Ticket;
/** Where an answer of hers goes, as the mail says. */
let to: string;

beforeAll(async () => {
  ticket = await buildTicket(app, mara);
  to = await answerAddress(mara.email);
});

/** Where answers to the newest mail to somebody go. */
const answerAddress = (email: string): Promise<string> =>
  until(() => box.mails.findLast((mail) => mail.to?.[0]?.address === email)?.replyTo?.[0]?.address, {
    what: `a mail to ${email}`,
  });

const bring = (raw: Buffer, headers?: Record<string, string>): Promise<Reply> => bringMail(app, raw, headers);

/** Brings a mail and waits until it is judged. */
async function judged(raw: Buffer): Promise<InboundMail> {
  const reply = await bring(raw);
  expect(reply.status).toBe(202);
  const found = await until(
    async () => {
      const { data } = (await app.get("/v1/inbound/mail?limit=100", { as: owner })).body as { data: InboundMail[] };
      return data.find(({ id, state }) => id === reply.body.id && state !== "received");
    },
    { what: "the mail judged", ms: 30_000 },
  );
  return found;
}
const comments = async (id = ticket.id): Promise<Comment[]> =>
  (await app.get(`${path}/${id}/comments?limit=100`, { as: owner })).body.data as Comment[];

describe("E2 the corpus, by HTTP", () => {
  it.each(corpus)("$name", async ({ raw, body, refused, files = [], left = [] }) => {
    const before = (await comments()).length;
    const mail = await judged(raw({ from: mara.email, to }));
    if (refused) {
      expect(mail).toMatchObject({ state: "refused", reason: refused, kind: null });
      expect(await comments()).toHaveLength(before);
      return;
    }
    expect(mail).toMatchObject({ state: "accepted", reason: null, kind: "comment", ticket: { id: ticket.id } });
    expect(mail.from?.address).toBe(mara.email);
    const comment = (await comments()).at(-1)!;
    if (body !== undefined) expect(comment.body).toBe(body);
    expect(comment).toMatchObject({ author: { type: "customer", id: mara.id }, visibility: "public" });
    expect(comment.html).not.toMatch(/<(script|img|iframe)|onclick|href="javascript/i);
    expect(comment.attachments.map(({ name }) => name)).toEqual(files);
    for (const name of left) expect(mail.files.refused.map((file) => file.name)).toContain(name);
  });
});

describe("E2 answers", () => {
  it("reopens a request that its customer answers, like any comment of theirs", async () => {
    const mine = await buildTicket(app, mara);
    await app.post(`${path}/${mine.id}/comments`, { as: agent, body: { body: "Solved?" } });
    await app.patch(`${path}/${mine.id}`, { as: agent, body: { status: "resolved" } });
    const address = await until(
      () => box.mails.findLast(({ subject }) => subject?.includes(mine.number))?.replyTo?.[0]?.address,
      { what: "its mail" },
    );
    expect((await judged(corpus[0]!.raw({ from: mara.email.toUpperCase(), to: address.toUpperCase() }))).state).toBe(
      "accepted",
    );
    expect((await app.get(`${path}/${mine.id}`, { as: agent })).body.status).toBe("open");
    // The feed says that it came by mail, and so does the request's own history.
    const { data: feed } = (await app.get(`/v1/activity?ticket=${mine.id}&limit=2`, { as: owner })).body as {
      data: { type: string; channel: string }[];
    };
    expect(feed.map(({ type, channel }) => [type, channel]).sort()).toEqual([
      ["comment.created", "email"],
      ["ticket.status_changed", "email"],
    ]);
    const history = (await app.get(`${path}/${mine.id}/history`, { as: mara })).body.data as { after: object }[];
    expect(history.filter(({ after }) => "channel" in after && after.channel === "email")).toHaveLength(1);
  });

  it("takes a mail once, however often it comes", async () => {
    const raw = corpus[0]!.raw({ from: mara.email, to });
    const before = (await comments()).length;
    const first = await judged(raw);
    const again = await bring(raw);
    expect([again.status, again.body]).toEqual([202, { id: first.id, state: "accepted" }]);
    // The same mail by another way has other headers, and is another document.
    const twin = await judged(Buffer.concat([Buffer.from("Delivered-To: x@desk.example\r\n"), raw]));
    expect(twin).toMatchObject({ state: "refused", reason: "duplicate" });
    expect(await comments()).toHaveLength(before + 1);
  });

  it("lets staff answer by mail who may answer, from their own address", async () => {
    const theirs = await buildTicket(app, mara);
    await app.patch(`${path}/${theirs.id}`, { as: owner, body: { assigneeId: agent.id } });
    const address = await answerAddress(agent.email);
    expect(await judged(corpus[0]!.raw({ from: mara.email, to: address }))).toMatchObject({
      reason: "sender_mismatch",
    });
    expect(await judged(corpus[0]!.raw({ from: agent.email, to: address }))).toMatchObject({ state: "accepted" });
    expect((await comments(theirs.id)).at(-1)).toMatchObject({
      author: { type: "staff", id: agent.id, name: "Kim Aldous" },
      visibility: "public",
    });
    expect((await app.get(`${path}/${theirs.id}`, { as: agent })).body.status).toBe("waiting_customer");
    await app.patch(`/v1/staff/${agent.id}`, { as: owner, body: { role: "viewer" } });
    const refused = until(
      async () => {
        const mail = await judged(corpus[0]!.raw({ from: agent.email, to: address }));
        return mail.reason === "not_allowed" && mail;
      },
      { what: "the new role" },
    );
    expect(await refused).toMatchObject({ state: "refused" });
    await app.patch(`/v1/staff/${agent.id}`, { as: owner, body: { role: "agent" } });
  });

  it.each([
    [
      "a letter changed",
      (address: string) => address.replace(/\+(.)(.)/, (_all, a: string, b: string) => `+${a}${b === "a" ? "b" : "a"}`),
    ],
    ["another domain", (address: string) => address.replace("@desk.example", "@desk.example.evil.example")],
  ])("takes nothing at an address with %s", async (_name, change) => {
    const mail = corpus[0]!.raw({ from: mara.email, to: change(to) });
    const reply = await bring(mail);
    expect(reply.status).toBe(202);
    const before = (await comments()).length;
    // The desk's other way to know: the one site that there is.
    const found = await until(
      async () =>
        ((await app.get("/v1/inbound/mail?state=refused", { as: owner })).body.data as InboundMail[]).find(
          ({ id }) => id === reply.body.id,
        ),
      { what: "the mail refused" },
    );
    expect(found).toMatchObject({ reason: "no_recipient" });
    expect(await comments()).toHaveLength(before);
  });

  it("makes a new request of an answer to one that was closed long ago, and links the two", async () => {
    const old = await buildTicket(app, mara);
    await app.patch(`${path}/${old.id}`, { as: agent, body: { status: "closed" } });
    const longAgo = { closedAt: new Date(Date.now() - 31 * 86_400_000) };
    await mongoose.connection.db!.collection("tickets").updateOne({ number: old.number }, { $set: longAgo });
    const mail = await judged(corpus[0]!.raw({ from: mara.email, to: replyAddress({ ticketId: old.id })! }));
    expect(mail).toMatchObject({ state: "accepted", kind: "ticket" });
    const opened = (await app.get(`${path}/${mail.ticket!.id}`, { as: agent })).body as Ticket;
    expect(opened).toMatchObject({ description: "It works now, thanks!", links: [{ id: old.id }] });
  });

  it("takes no more from one address in an hour than is allowed", async () => {
    const busy = await buildCustomer(app, site);
    const theirs = await buildTicket(app, busy);
    const earlier = {
      siteId: site.id,
      outcome: "accepted",
      state: "succeeded",
      from: { name: "", address: busy.email },
    };
    const many = Array.from({ length: 100 }, (_none, n) => ({
      ...earlier,
      _id: `earlier-${n}`,
      receivedAt: new Date(),
      key: "",
    }));
    await mongoose.connection.db!.collection<{ _id: string }>("inbound_mails").insertMany(many);
    const mail = await judged(corpus[0]!.raw({ from: busy.email, to: replyAddress({ ticketId: theirs.id })! }));
    expect(mail).toMatchObject({ state: "refused", reason: "too_many" });
    await mongoose.connection.db!.collection("inbound_mails").deleteMany({ "from.address": busy.email, key: "" });
  });

  it("goes with its ticket: at once what it says, and with the next sweep its bytes", async () => {
    const theirs = await buildTicket(app, mara);
    const raw = corpus[0]!.raw({ from: mara.email, to: replyAddress({ ticketId: theirs.id })! });
    const { id } = await judged(raw);
    await forgetInboundAbout(site.id, [theirs.id]);
    const { data } = (await app.get("/v1/inbound/mail?limit=100", { as: owner })).body as { data: InboundMail[] };
    expect(data.find((one) => one.id === id)).toMatchObject({ from: null, subject: "", state: "refused" });
    await inboundSweep.run();
    const original = `/v1/inbound/mail/${id}/original`;
    expect((await app.get(original, { as: owner })).status).toBe(404);
    expect(existsSync(join(config().SIDEDESK_STORAGE, "inbound", id))).toBe(false);
  });

  it("keeps what is too long for a comment in a file", async () => {
    const long = `${"Word by word. ".repeat(1500)}The end.`;
    const raw = Buffer.from(String(corpus[0]!.raw({ from: mara.email, to })).replace("It works now, thanks!", long));
    expect(await judged(raw)).toMatchObject({ state: "accepted" });
    const comment = (await comments()).at(-1)!;
    expect(comment.body.length).toBeLessThanOrEqual(10_000);
    expect(comment.body).toMatch(/…\n\n\*The mail goes on in the file mail\.txt\.\*$/);
    expect(comment.attachments).toMatchObject([{ name: "mail.txt", contentType: "text/plain" }]);
    const { url } = comment.attachments[0]!;
    expect(await (await fetch(url)).text()).toBe(long);
  });
});

describe("E2 new requests by mail", () => {
  const stranger = "new.person@elsewhere.example";
  const addressOf = async (): Promise<string> => (await app.get("/v1/inbound", { as: owner })).body.address as string;

  it("turns strangers away until the site takes their mail, and takes it then, once asked again", async () => {
    const address = await addressOf();
    expect(address).toBe(`reply+${site.slug}@desk.example`);
    const raw = corpus.find(({ name }) => name === "Gmail, English")!.raw({ from: stranger, to: address });
    const mail = await judged(raw);
    expect(mail).toMatchObject({ state: "refused", reason: "unknown_sender", ticket: null });
    const setting = { channels: { email: { inbound: { newTickets: true } } } };
    expect((await app.patch(`/v1/sites/${site.slug}/settings`, { as: owner, body: setting })).status).toBe(200);
    const retried = await app.post(`/v1/inbound/mail/${mail.id}/retry`, { as: owner });
    expect([retried.status, retried.body.state]).toEqual([202, "received"]);
    const made = await until(
      async () =>
        ((await app.get("/v1/inbound/mail?state=accepted", { as: owner })).body.data as InboundMail[]).find(
          ({ id }) => id === mail.id,
        ),
      { what: "the mail accepted" },
    );
    expect(made).toMatchObject({ kind: "ticket", ticket: { number: expect.stringMatching(/^TKT-/) } });
    const opened = (await app.get(`${path}/${made.ticket!.id}`, { as: owner })).body as Ticket;
    // Who forwards something to us means what they forward: nothing is cut.
    expect(opened).toMatchObject({ subject: "Re: New answer", customer: { email: stranger, name: "Mara Lindqvist" } });
    expect(opened.description).toContain("> Please try again.");
    expect((await app.post(`/v1/inbound/mail/${mail.id}/retry`, { as: owner })).status).toBe(409);
    // They are told, and can answer that mail.
    const answer = corpus[0]!.raw({ from: stranger, to: await answerAddress(stranger) });
    expect(await judged(answer)).toMatchObject({ kind: "comment", ticket: { id: made.ticket!.id } });
  });

  it("makes a request of few words and no subject", async () => {
    const raw = String(corpus[0]!.raw({ from: stranger, to: await addressOf() }))
      .replace("It works now, thanks!", "Hi")
      .replace("Subject: Re: New answer", "Subject:");
    const mail = await judged(Buffer.from(raw));
    expect(mail).toMatchObject({ state: "accepted", kind: "ticket" });
    const opened = (await app.get(`${path}/${mail.ticket!.id}`, { as: owner })).body as Ticket;
    expect(opened.subject).toBe("(no subject)");
    expect(opened.description).toMatch(/^Hi/);
  });
});

describe("E2 bounces", () => {
  it("shows the mail as failed, and writes to an address that does not exist no more", async () => {
    const lost = await buildCustomer(app, site, { email: `lost-${Date.now()}@nowhere.example` });
    const theirs = await buildTicket(app, lost);
    const first = await until(() => box.mails.find((mail) => mail.to?.[0]?.address === lost.email), { what: "a mail" });
    const bounceTo = box.senders[box.mails.indexOf(first)]!;
    expect(bounceTo).toMatch(/^reply\+b[a-z2-7]{32}@desk\.example$/);
    const late = await judged(bounceOf(first.messageId!, "4.4.7", { from: lost.email, to: bounceTo }));
    expect(late).toMatchObject({ state: "refused", reason: "auto_reply" });
    const mail = await judged(bounceOf(first.messageId!, "5.1.1", { from: lost.email, to: bounceTo }));
    expect(mail).toMatchObject({ state: "accepted", kind: "bounce", ticket: { id: theirs.id } });
    const log = (await app.get("/v1/email-log?state=failed", { as: owner })).body.data as {
      to: string;
      error: string;
    }[];
    expect(log.find((entry) => entry.to === lost.email)?.error).toContain("It came back: 5.1.1");
    const count = box.mails.length;
    await app.post(`${path}/${theirs.id}/comments`, { as: agent, body: { body: "Do you hear us?" } });
    await until(
      async () =>
        ((await app.get("/v1/email-log?state=cancelled", { as: owner })).body.data as { to: string }[]).some(
          (entry) => entry.to === lost.email,
        ),
      { what: "the next mail called off" },
    );
    expect(box.mails).toHaveLength(count);
    // The site's list says so, to those who look after it; one of them may know better.
    const list = "/v1/email-suppressions";
    const listed = async () =>
      ((await app.get(list, { as: owner })).body as { data: { id: string; email: string; reason: string }[] }).data;
    expect(await listed()).toMatchObject([{ email: lost.email, reason: expect.stringContaining("5.1.1") }]);
    for (const [as, status] of [
      [undefined, 401],
      [agent, 403],
      [mara, 403],
    ] as const)
      expect((await app.get(list, { as })).status).toBe(status);
    const lift = `${list}/${(await listed())[0]!.id}`;
    expect((await app.delete(lift, { as: agent })).status).toBe(403);
    expect([(await app.delete(lift, { as: owner })).status, await listed()]).toEqual([204, []]);
    expect((await app.delete(lift, { as: owner })).status).toBe(404);
    const audited = (await app.get("/v1/audit?action=mail.suppression_lifted", { as: owner })).body.data as object[];
    expect(audited).toMatchObject([{ actor: { kind: "staff" }, target: { type: "suppression", name: "" } }]);
    await suppressAddress(site.id, lost.email, "It came back.");
    // Somebody who writes from there is there.
    const address = first.replyTo![0]!.address!;
    expect(await judged(corpus[0]!.raw({ from: lost.email, to: address }))).toMatchObject({ state: "accepted" });
    await app.post(`${path}/${theirs.id}/comments`, { as: agent, body: { body: "Welcome back" } });
    await until(() => box.mails.length > count, { what: "mail again" });
  });

  it("believes no report about a mail that was not ours", async () => {
    const forged = bounceOf("<0123456789abcdef01234567@127.0.0.1>", "5.1.1", {
      from: mara.email,
      to: "reply@desk.example",
    });
    expect(await judged(forged)).toMatchObject({ state: "refused", reason: "auto_reply" });
  });
});

describe("E2 the way in by HTTP", () => {
  it("takes what the published library signs", async () => {
    const raw = corpus[0]!.raw({ from: mara.email, to });
    const now = new Date();
    const signature = new Webhook(inboundSecret).sign("msg_library", now, raw.toString());
    const headers = { ...headersFor(raw), "webhook-id": "msg_library" };
    const reply = await bring(raw, {
      ...headers,
      "webhook-timestamp": String(Math.floor(now.getTime() / 1000)),
      "webhook-signature": `v1,bm90IHRoaXMgb25l ${signature}`,
    });
    expect(reply.status).toBe(202);
  });

  it.each([
    ["another secret", { secret: `whsec_${randomBytes(32).toString("base64")}` }],
    ["a time long ago", { seconds: -400 }],
    ["a time far ahead", { seconds: 400 }],
  ])("refuses %s", async (_name, given) => {
    const raw = corpus[0]!.raw({ from: mara.email, to });
    const reply = await bring(raw, headersFor(raw, given));
    expect([reply.status, problemOf(reply).code]).toEqual([401, "unauthenticated"]);
  });

  it("refuses another body under a good signature, no signature, other types and nothing at all", async () => {
    const raw = corpus[0]!.raw({ from: mara.email, to });
    const headers = headersFor(raw);
    expect((await bring(Buffer.concat([raw, Buffer.from("!")]), headers)).status).toBe(401);
    expect((await bring(raw, { "content-type": "message/rfc822" })).status).toBe(401);
    expect((await bring(raw, { ...headers, "webhook-signature": "v1," })).status).toBe(401);
    expect((await bring(raw, { ...headers, "content-type": "application/json" })).status).toBe(415);
    const nothing = Buffer.alloc(0);
    expect((await bring(nothing, headersFor(nothing))).status).toBe(400);
  });

  it("takes 25 MB without holding them, and says 413 for more", async () => {
    const large = mailOfSize(25 * 1024 * 1024 - 4096, { from: mara.email, to });
    const before = process.memoryUsage().rss;
    let most = before;
    const watch = setInterval(() => (most = Math.max(most, process.memoryUsage().rss)), 20);
    const mail = await judged(large);
    clearInterval(watch);
    expect(mail).toMatchObject({ state: "accepted", files: { refused: [{ name: "large.zip", reason: "too large" }] } });
    expect((await comments()).at(-1)!.body).toBe("A large one.\n\n*Not taken from the mail: large.zip (too large)*");
    // The mail itself stands in this process twice, since the test sends it; what reads it adds little.
    expect((most - before) / 1024 / 1024).toBeLessThan(150);
    const larger = Buffer.concat([large, Buffer.alloc(8192, 10)]);
    const reply = await bring(larger);
    expect([reply.status, problemOf(reply).code]).toEqual([413, "payload_too_large"]);
  });

  it("lets owners and admins save a mail as it came, and nobody else see any", async () => {
    const raw = corpus[0]!.raw({ from: mara.email, to });
    const { id } = await judged(raw);
    const saved = await fetch(`${app.url}/v1/inbound/mail/${id}/original`, {
      headers: { authorization: `Bearer ${owner.token}` },
    });
    expect(saved.headers.get("content-disposition")).toBe(`attachment; filename="mail-${id}.eml"`);
    expect(Buffer.from(await saved.arrayBuffer()).equals(raw)).toBe(true);
    const stranger = await buildStaff(app, await buildSite(), { role: "owner" });
    for (const route of [`/v1/inbound/mail/${id}/original`, "/v1/inbound/mail", "/v1/inbound"]) {
      expect((await app.get(route)).status).toBe(401);
      expect((await app.get(route, { as: agent })).status).toBe(403);
      expect((await app.get(route, { as: mara })).status).toBe(403);
    }
    expect((await app.get(`/v1/inbound/mail/${id}/original`, { as: stranger })).status).toBe(404);
    expect((await app.post(`/v1/inbound/mail/${id}/retry`, { as: stranger })).status).toBe(404);
    expect((await app.get("/v1/inbound/mail", { as: stranger })).body.data).toEqual([]);
    expect((await app.get("/v1/inbound/mail?state=lost", { as: owner })).status).toBe(400);
  });

  it("pages through its list", async () => {
    const first = (await app.get("/v1/inbound/mail?limit=3", { as: owner })).body;
    const second = (await app.get(`/v1/inbound/mail?limit=3&cursor=${first.nextCursor}`, { as: owner })).body;
    const ids = [...first.data, ...second.data].map(({ id }: InboundMail) => id);
    expect(new Set(ids).size).toBe(6);
  });
});
