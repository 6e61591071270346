// Longer than most: one feature's promises to the outside, each short by itself.
import { once } from "node:events";
import { existsSync } from "node:fs";
import { readdir, readFile, rm } from "node:fs/promises";
import { request, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attachments } from "../../api/src/attachments/attachment.model.ts";
import { run as sweep } from "../../api/src/attachments/sweep.ts";
import { sweeps } from "../../api/src/attachments/sweep.job.ts";
import { signedUrl } from "../../api/src/attachments/sign-url.ts";
import { removeAttachmentsOfTickets } from "../../api/src/attachments/index.ts";
import { config } from "../../api/src/core/config.ts";
import { problemOf, startTestApp, type Reply, type TestApp } from "../support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  type TestCustomer,
  type TestSite,
  type TestStaff,
} from "../support/factories.ts";
import { office, picture, upload, zip } from "../support/files.ts";

const tickets = "/v1/support/tickets";
const files = "/v1/support/attachments";
const mib = 1024 * 1024;
let app: TestApp;
let site: TestSite;
let customer: TestCustomer;
let other: TestCustomer;
let agent: TestStaff;
let owner: TestStaff;

beforeAll(async () => {
  app = await startTestApp();
  site = await buildSite();
  [customer, other] = [await buildCustomer(app, site), await buildCustomer(app, site)];
  [agent, owner] = [await buildStaff(app, site), await buildStaff(app, site, { role: "owner" })];
});
afterAll(() => app.close());

const sent = async (
  as: { token: string } | string = customer,
  content: Uint8Array | string = "hello",
  name = "a.txt",
) => {
  const reply = await upload(app, as, content, name);
  if (reply.status !== 201) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body as { id: string; url: string; previewUrl: string | null };
};
const refusalOf = (reply: Reply) => [reply.status, problemOf(reply).code];
/** Everything that lies in storage and staging. */
async function leftovers(): Promise<string[]> {
  const listed = async (folder: string) =>
    existsSync(folder)
      ? (await readdir(folder, { recursive: true })).filter((name) => !/^\d{4}-\d\d-\d\d$/.test(name))
      : [];
  return [
    ...(await listed(config().SIDEDESK_STORAGE)),
    ...(await listed(join(tmpdir(), `sidedesk-uploads-${config().SIDEDESK_REDIS_PREFIX}`))),
  ];
}

describe("T8 attachments: what may come in", () => {
  it.each<[ending: string, content: () => string | Buffer | Promise<string | Buffer>, type: string]>([
    ["png", () => picture("png"), "image/png"],
    ["jpg", () => picture("jpeg"), "image/jpeg"],
    ["gif", () => picture("gif"), "image/gif"],
    ["webp", () => picture("webp"), "image/webp"],
    ["pdf", () => "%PDF-1.7\n1 0 obj\n%%EOF", "application/pdf"],
    ["txt", () => "BM is how some pictures begin, and this text", "text/plain"],
    ["txt", () => Buffer.from("Grüße aus Köln, altmodisch", "latin1"), "text/plain"],
    ["txt", () => Buffer.from("\ufeffUTF-16 from Windows", "utf16le"), "text/plain"],
    ["log", () => "2026-11-21 12:00 ERROR \u001b[31mred\u001b[0m\n".repeat(5000), "text/plain"],
    ["csv", () => "a;b\r\n1;2\r\n", "text/csv"],
    ["json", () => '{"a": [1, 2, {"b": null}]}', "application/json"],
    ["zip", () => zip({ "a.txt": "hello" }), "application/zip"],
    ["docx", () => office("word"), "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
    ["xlsx", () => office("xl"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"],
  ] as const)("%s is known by its content", async (ending, make, contentType) => {
    const content = Buffer.from((await make()) as string);
    const reply = await upload(app, customer, content, `right.${ending}`, { type: "application/x-msdownload" });
    expect(reply.status).toBe(201);
    expect(reply.body).toMatchObject({ name: `right.${ending}`, size: content.length, contentType, scan: "unscanned" });
    const got = await fetch(reply.body.url as string);
    expect([got.status, Buffer.from(await got.arrayBuffer()).equals(content)]).toEqual([200, true]);
  });

  it.each([
    ["a program", Buffer.from([0x4d, 0x5a, 0x90, 0, 3, 0, 0, 0, 4, 0, 0, 0, 0xff, 0xff])],
    ["a page", "<!DOCTYPE html><script>alert(1)</script>"],
    ["a drawing with script", '<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>'],
    ["a shell script", "#!/bin/sh\nrm -rf /"],
    ["a video", Buffer.from("000000186674797069736f6d0000020069736f6d", "hex")],
    ["a jar", zip({ "META-INF/MANIFEST.MF": "Main-Class: X" })],
    ["a document with macros", office("word", { "word/vbaProject.bin": "x" })],
    ["noise", Buffer.from(Array.from({ length: 4000 }, (_, index) => (index * 7919) % 256))],
  ])("%s is 415, though its name says png", async (_what, content) => {
    const before = await leftovers();
    expect(refusalOf(await upload(app, customer, content, "photo.png", { type: "image/png" }))).toEqual([
      415,
      "unsupported_media_type",
    ]);
    expect(await leftovers()).toEqual(before);
  });

  it("what is broken or would swell is 422 and leaves nothing", async () => {
    const before = await leftovers();
    const half = async (format: "png" | "jpeg" | "gif" | "webp") => {
      const whole = await picture(format);
      return whole.subarray(0, whole.length / 2);
    };
    const bomb = await sharp({ create: { width: 16_000, height: 16_000, channels: 3, background: "#000" } })
      .png({ compressionLevel: 9 })
      .toBuffer();
    expect(bomb.length).toBeLessThan(mib);
    for (const [name, content] of [
      ["cut.png", await half("png")],
      ["cut.jpg", await half("jpeg")],
      ["cut.gif", await half("gif")],
      ["cut.webp", await half("webp")],
      ["bomb.png", bomb],
      ["bomb.zip", zip({ "zeros.txt": Buffer.alloc(20 * mib) })],
      ["bomb.docx", zip({ "[Content_Types].xml": "<Types/>", "word/document.xml": Buffer.alloc(20 * mib) })],
      ["liar.zip", zip({ "a.txt": "a" }, 0xfffffff0)],
      ["cut.zip", zip({ "a.txt": "hello" }).subarray(0, 40)],
    ] as const)
      expect([name, ...refusalOf(await upload(app, customer, content, name))]).toEqual([name, 422, "unreadable_file"]);
    expect(await leftovers()).toEqual(before);
  });

  it("an empty one is 400, and so is none", async () => {
    expect(refusalOf(await upload(app, customer, "", "empty.txt"))).toEqual([400, "validation_failed"]);
    const none = await app.post(files, {
      as: customer,
      raw: "--b--\r\n",
      headers: { "content-type": "multipart/form-data; boundary=b" },
    });
    expect(problemOf(none).errors).toMatchObject([{ path: "file" }]);
    expect((await app.post(files, { as: customer, body: { file: "x" } })).status).toBe(415);
  });

  it("exactly 10 MiB is taken, one byte more is 413 and leaves nothing", async () => {
    const exact = Buffer.alloc(10 * mib, "a line of text\n");
    expect((await upload(app, customer, exact, "exact.txt")).status).toBe(201);
    const before = await leftovers();
    expect(refusalOf(await upload(app, customer, Buffer.concat([exact, Buffer.from("x")])))).toEqual([
      413,
      "payload_too_large",
    ]);
    expect(await leftovers()).toEqual(before);
  });

  it.each([
    ["../../etc/passwd", "passwd.txt"],
    ["C:\\Users\\Mara\\notes.txt", "notes.txt"],
    ["photo\u202Egnp.txt", "photognp.txt"],
    ["a\u0085b\n.txt", "ab.txt"],
    ["...", "file.txt"],
    ["con.txt", "_con.txt"],
    ["invoice.exe", "invoice.exe.txt"],
    [`${"n".repeat(300)}.txt`, `${"n".repeat(116)}.txt`],
    ["Ünïcode ÄÖ.log", "Ünïcode ÄÖ.log"],
  ])("a name like %j becomes safe", async (given, name) => {
    expect((await upload(app, customer, "hello", given)).body.name).toBe(name);
  });

  it("a site may allow fewer kinds", async () => {
    const strict = await buildSite();
    const boss = await buildStaff(app, strict, { role: "owner" });
    const settings = `/v1/sites/${strict.slug}/settings`;
    expect((await app.patch(settings, { as: boss, body: { uploads: { types: ["exe"] } } })).status).toBe(400);
    expect((await app.patch(settings, { as: boss, body: { uploads: { types: ["png"] } } })).body.uploads).toEqual({
      types: ["png"],
    });
    expect(refusalOf(await upload(app, boss, "hello"))).toEqual([415, "unsupported_media_type"]);
    expect((await upload(app, boss, await picture("png"), "a.png")).status).toBe(201);
    expect((await app.get("/v1/site", { as: strict.publicKey })).body.uploads).toEqual({
      types: ["png"],
      maxBytes: 10 * mib,
    });
  });

  it("leaves nothing of a connection cut half-way", async () => {
    const before = await leftovers();
    const count = await attachments().countDocuments();
    const cut = request(app.url + files, {
      method: "POST",
      headers: {
        authorization: `Bearer ${customer.token}`,
        "content-type": "multipart/form-data; boundary=b",
        "content-length": String(5 * mib),
      },
    });
    cut.on("error", () => undefined);
    cut.write('--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\n');
    cut.write("x".repeat(mib));
    await expect.poll(async () => (await leftovers()).length).toBe(before.length + 1);
    cut.destroy();
    await expect.poll(leftovers).toEqual(before);
    expect(await attachments().countDocuments()).toBe(count);
  });

  it("the same repeat key gives the first answer and keeps one file; another file under it is 409", async () => {
    const before = await leftovers();
    const headers = { "idempotency-key": `key-${Date.now()}` };
    const both = await Promise.all([1, 2].map(() => upload(app, customer, "once", "once.txt", { headers })));
    const again = await upload(app, customer, "once", "once.txt", { headers });
    expect(new Set([...both, again].map((reply) => reply.body.id)).size).toBe(1);
    expect(again.headers.get("idempotency-replayed")).toBe("true");
    expect(refusalOf(await upload(app, customer, "other", "once.txt", { headers }))).toEqual([
      409,
      "idempotency_conflict",
    ]);
    expect((await leftovers()).length).toBe(before.length + 1);
  });

  it("is not for pages where nobody signed in", async () => {
    expect(refusalOf(await upload(app, site.publicKey, "x"))).toEqual([401, "unauthenticated"]);
    expect(refusalOf(await upload(app, undefined, "x"))).toEqual([401, "unauthenticated"]);
    const viewer = await buildStaff(app, site, { role: "viewer" });
    expect(refusalOf(await upload(app, viewer, "x"))).toEqual([403, "forbidden"]);
  });
});

describe("T8 attachments: previews", () => {
  it("images get a small picture, upright and without metadata", async () => {
    const photo = await picture("jpeg", { width: 3000, height: 2000, exif: true });
    expect((await sharp(photo).metadata()).exif).toBeDefined();
    const { previewUrl } = await sent(customer, photo, "photo.jpg");
    const reply = await fetch(previewUrl ?? "");
    expect(reply.headers.get("content-type")).toBe("image/webp");
    expect(reply.headers.get("content-disposition")).toMatch(/^inline/);
    const shown = await sharp(Buffer.from(await reply.arrayBuffer())).metadata();
    expect(shown).toMatchObject({ format: "webp", width: 640, height: 427 });
    expect([shown.exif, shown.icc, shown.xmp]).toEqual([undefined, undefined, undefined]);
  });

  it("other files have none", async () => {
    const { id, previewUrl, url } = await sent();
    expect(previewUrl).toBeNull();
    const forged = url.replace("/file?", "/preview?");
    expect((await fetch(forged)).status).toBe(401);
    expect(id).toMatch(/^[0-9a-f]{24}$/);
  });
});

describe("T8 attachments: downloads", () => {
  it("show and run nothing in our name", async () => {
    const { id } = await sent(customer, "hello", 'He said "hi" – ünï.txt');
    const reply = await app.get(`${files}/${id}`, { as: customer });
    expect(reply.body).toBe("hello");
    expect(Object.fromEntries(reply.headers)).toMatchObject({
      "content-type": "text/plain",
      "content-length": "5",
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox; default-src 'none'",
      "content-disposition": `attachment; filename="He said _hi_ _ u_ni_.txt"; filename*=UTF-8''He%20said%20_hi_%20%E2%80%93%20%C3%BCn%C3%AF.txt`,
    });
    expect(reply.headers.get("cache-control")).toContain("private");
  });

  it("by address hold ten minutes, for one file, and for nothing else", async () => {
    const [one, two] = [await sent(), await sent()];
    expect((await fetch(one.url)).status).toBe(200);
    const query = new URL(one.url).searchParams;
    const expires = Number(query.get("expires"));
    expect(expires * 1000 - Date.now()).toBeGreaterThan(599_000);
    expect(expires * 1000 - Date.now()).toBeLessThanOrEqual(660_000);
    for (const forged of [
      one.url.replace(one.id, two.id),
      one.url.replace(`expires=${expires}`, `expires=${expires + 1}`),
      one.url.replace(/signature=.*/, "signature=x"),
      one.url.replace("/file?", "/preview?"),
    ])
      expect([forged, (await fetch(forged)).status]).toEqual([forged, 401]);
    expect((await fetch(one.url.replace(/\?.*/, ""))).status).toBe(400);
    const old = await app.get(signedUrl(one.id, "file", Date.now() - 661_000).slice(app.url.length));
    expect(refusalOf(old)).toEqual([401, "session_expired"]);
  });

  it("are for those who may see the message: sender, the ticket's customer, staff of the site", async () => {
    const elsewhere = await buildSite();
    const stranger = await buildStaff(app, elsewhere, { role: "owner" });
    const read = async (id: string) =>
      Promise.all(
        [customer, other, agent, site.secretKey, stranger, elsewhere.secretKey].map(
          async (as) => (await app.get(`${files}/${id}`, { as })).status,
        ),
      );
    const mine = await sent(customer);
    expect(await read(mine.id)).toEqual([200, 404, 404, 200, 404, 404]);
    const ticket = await buildTicket(app, customer, { attachmentIds: [mine.id] });
    expect(await read(mine.id)).toEqual([200, 404, 200, 200, 404, 404]);
    const noted = await sent(agent, "for staff", "note.txt");
    expect(await read(noted.id)).toEqual([404, 404, 200, 200, 404, 404]);
    const body = { body: "See the file", visibility: "internal", attachmentIds: [noted.id] };
    expect((await app.post(`${tickets}/${ticket.id}/comments`, { as: agent, body })).status).toBe(201);
    expect(await read(noted.id)).toEqual([404, 404, 200, 200, 404, 404]);
    expect((await app.get(`${files}/nothing`, { as: agent })).status).toBe(404);
  });

  it("end quietly when the reader goes away, and do not when bytes are gone", async () => {
    const { id } = await sent(customer, Buffer.alloc(9 * mib, "text "), "long.txt");
    const reading = request(`${app.url}${files}/${id}`, {
      headers: { authorization: `Bearer ${customer.token}` },
    }).end();
    const [reply] = (await once(reading, "response")) as [IncomingMessage];
    await once(reply, "data");
    reading.destroy();
    expect((await app.get(`${files}/${id}`, { as: customer })).body.length).toBe(9 * mib);
    const { key } = (await attachments().findOne({ _id: id }))!;
    await rm(join(config().SIDEDESK_STORAGE, key!));
    expect((await app.get(`${files}/${id}`, { as: customer })).status).toBe(404);
  });
});

describe("T8 attachments: on tickets and comments", () => {
  it("show wherever the message does", async () => {
    const [a, b, c] = [
      await sent(),
      await sent(customer, await picture("png"), "shot.png"),
      await sent(agent, "x", "fix.log"),
    ];
    const ticket = await buildTicket(app, customer, { attachmentIds: [a.id, b.id] });
    expect(ticket.attachments.map(({ id }) => id)).toEqual([a.id, b.id]);
    const comment = await app.post(`${tickets}/${ticket.id}/comments`, {
      as: agent,
      body: { body: "Fixed", attachmentIds: [c.id] },
    });
    expect(comment.body.attachments).toMatchObject([
      { id: c.id, name: "fix.log", scan: "unscanned", previewUrl: null },
    ]);
    for (const as of [customer, agent]) {
      expect((await app.get(`${tickets}/${ticket.id}`, { as })).body.attachments).toHaveLength(2);
      const list = await app.get(`${tickets}?limit=1`, { as });
      expect(list.body.data[0].attachments).toMatchObject([{ id: a.id }, { id: b.id, name: "shot.png" }]);
      const talk = await app.get(`${tickets}/${ticket.id}/comments`, { as });
      expect(talk.body.data[0].attachments).toMatchObject([{ id: c.id }]);
      expect((await fetch(talk.body.data[0].attachments[0].url as string)).status).toBe(200);
    }
  });

  it("by a server key are used by it", async () => {
    const file = await sent(site.secretKey);
    const body = {
      subject: "On behalf",
      description: "They sent us a file.",
      onBehalfOf: { id: customer.id },
      attachmentIds: [file.id],
    };
    expect((await app.post(tickets, { as: site.secretKey, body })).body.attachments).toMatchObject([{ id: file.id }]);
    expect((await app.get(`${files}/${file.id}`, { as: customer })).status).toBe(200);
  });

  it("are used once, by their sender, five a message; else 400 at attachmentIds and nothing changes", async () => {
    const ticket = await buildTicket(app, customer);
    const five = await Promise.all([1, 2, 3, 4, 5].map(() => sent()));
    const ids = five.map(({ id }) => id);
    const [foreign, sixth] = [await sent(other), await sent()];
    const say = (attachmentIds: string[]) =>
      app.post(`${tickets}/${ticket.id}/comments`, { as: customer, body: { body: "Here", attachmentIds } });
    const draft = (attachmentIds: string[]) =>
      app.post(tickets, { as: customer, body: { subject: "Files", description: "See the files.", attachmentIds } });
    for (const wrong of [[...ids, sixth.id], ["nothing"], [ids[0]!, foreign.id]])
      for (const reply of [await say(wrong), await draft(wrong)]) {
        expect(refusalOf(reply)).toEqual([400, "validation_failed"]);
        expect(problemOf(reply).errors).toMatchObject([{ path: "attachmentIds" }]);
      }
    expect((await app.get(`${tickets}/${ticket.id}/comments`, { as: customer })).body.data).toEqual([]);
    expect((await say(ids)).status).toBe(201);
    expect((await say([ids[0]!])).status).toBe(400);
  });

  it("go to one of two messages that take them at once", async () => {
    const file = await sent();
    const made = await Promise.all(
      [1, 2, 3].map((n) =>
        app.post(tickets, {
          as: customer,
          body: { subject: `Race ${n}`, description: "See the file.", attachmentIds: [file.id] },
        }),
      ),
    );
    expect(made.map(({ status }) => status).sort()).toEqual([201, 400, 400]);
  });
});

describe("T8 attachments: what goes", () => {
  it("is swept when nothing used it for a day, with bytes that nobody knows", async () => {
    const [used, unused, fresh] = [
      await sent(customer, "used"),
      await sent(customer, await picture("png"), "a.png"),
      await sent(),
    ];
    await buildTicket(app, customer, { attachmentIds: [used.id] });
    expect(await sweeps().countDocuments({ state: "pending" })).toBeGreaterThan(0);
    const old = new Date(Date.now() - 25 * 3_600_000);
    await attachments().updateMany({ _id: { $in: [used.id, unused.id] } }, { $set: { createdAt: old } });
    const [swept] = await sweeps().find({ state: "pending" }).toArray();
    const stray = join(
      config().SIDEDESK_STORAGE,
      swept!.day,
      `${Math.floor(old.getTime() / 1000).toString(16)}0000000000000000`,
    );
    await (await import("node:fs/promises")).writeFile(stray, "stray");
    const context = { signal: new AbortController().signal, attempt: 1, isLast: false };
    expect(await sweep(swept!, context)).toMatchObject({ state: "succeeded", set: { unused: 1, strays: 1 } });
    const status = async (id: string) => (await app.get(`${files}/${id}`, { as: customer })).status;
    expect([await status(used.id), await status(unused.id), await status(fresh.id)]).toEqual([200, 404, 200]);
    expect((await leftovers()).join()).not.toContain(unused.id);
    expect(existsSync(stray)).toBe(false);
  });

  it("goes with its ticket: bytes, previews and what is known of them", async () => {
    const image = await sent(customer, await picture("png"), "a.png");
    const ticket = await buildTicket(app, customer, { attachmentIds: [image.id] });
    expect((await leftovers()).filter((name) => name.includes(image.id))).toHaveLength(2);
    expect(await removeAttachmentsOfTickets(site.id, [ticket.id])).toBe(1);
    expect(await removeAttachmentsOfTickets(site.id, [ticket.id])).toBe(0);
    expect((await leftovers()).filter((name) => name.includes(image.id))).toEqual([]);
    expect((await app.get(`${tickets}/${ticket.id}`, { as: customer })).body.attachments).toEqual([]);
  });

  it("has an index for each question", async () => {
    const plan = async (filter: object, sort: Record<string, 1> = {}) =>
      JSON.stringify(await attachments().find(filter).sort(sort).explain("queryPlanner"));
    expect(await plan({ createdAt: { $lt: new Date() }, ticketId: null }, { createdAt: 1 })).toContain("createdAt_1");
    expect(await plan({ siteId: "s", ticketId: { $in: ["a", "b"] } })).toContain("siteId_1_ticketId_1__id_1");
    const theirs = {
      $or: [
        { siteId: "s", customerId: "c" },
        { siteId: "s", "uploader.id": "c", "uploader.kind": "customer" },
      ],
    };
    expect(await plan(theirs)).not.toContain("COLLSCAN");
    expect(await readFile(new URL("../../api/src/attachments/attachment.model.ts", import.meta.url), "utf8")).toContain(
      "schema.index",
    );
  });

  it("memory stays bounded while a file streams through", async () => {
    const content = Buffer.alloc(10 * mib, "a line of text\n");
    await upload(app, owner, content, "warm.txt");
    globalThis.gc?.();
    const before = process.memoryUsage().rss;
    for (let round = 0; round < 12; round++) expect((await upload(app, owner, content, "big.txt")).status).toBe(201);
    // The test itself holds a few copies of what it sends; 120 MiB passed through.
    expect(process.memoryUsage().rss - before).toBeLessThan(90 * mib);
  });
});
