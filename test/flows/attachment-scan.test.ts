import type { Comment, LiveEntry } from "@sidedesk/contract";
import { existsSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { connect, createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { io, type Socket } from "socket.io-client";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { checkScanner } from "../../api/src/attachments/index.ts";
import { config } from "../../api/src/core/config.ts";
import { problemOf, startTestApp, type Reply, type TestApp } from "../support/app.ts";
import { eicar, startClamd, type TestClamd } from "../support/clamd.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  type TestCustomer,
  type TestStaff,
} from "../support/factories.ts";
import { picture, upload, zip } from "../support/files.ts";
import { until } from "../support/until.ts";

const files = "/v1/support/attachments";
let clamd: TestClamd;
let app: TestApp;
let customer: TestCustomer;
let agent: TestStaff;

beforeAll(async () => {
  clamd = await startClamd();
  app = await startTestApp({
    roles: ["http", "live", "relay", "worker"],
    env: { SIDEDESK_SCAN: "", CLAMAV_URL: clamd.url },
  });
  const site = await buildSite();
  customer = await buildCustomer(app, site);
  agent = await buildStaff(app, site);
});
afterAll(async () => {
  await app?.close();
  await clamd?.remove();
});

const refusalOf = (reply: Reply) => [reply.status, problemOf(reply).code];
const read = (id: string, as = customer) => app.get(`${files}/${id}`, { as });
const stored = async (): Promise<string[]> =>
  existsSync(config().SIDEDESK_STORAGE) ? readdir(config().SIDEDESK_STORAGE, { recursive: true }) : [];

describe("T8 attachments before a real clamd", () => {
  it("are clean, and can be read at once", async () => {
    const sent = await upload(app, customer, await picture("png"), "photo.png");
    expect([sent.status, sent.body.scan]).toEqual([201, "clean"]);
    expect((await read(sent.body.id)).status).toBe(200);
    expect((await fetch(sent.body.previewUrl as string)).status).toBe(200);
    await expect(checkScanner()).resolves.toMatch(/^ClamAV/);
  });

  it.each([
    ["by itself", () => eicar, "harmless.txt"],
    ["inside an archive", () => zip({ "inner.txt": eicar }), "harmless.zip"],
  ])("EICAR %s is infected: named so, never given out or used, and its bytes are gone", async (_where, make, name) => {
    const before = await stored();
    const sent = await upload(app, customer, make(), name);
    expect([sent.status, sent.body.scan, sent.body.name]).toEqual([201, "infected", name]);
    expect(await stored()).toEqual(before);
    expect(refusalOf(await read(sent.body.id))).toEqual([422, "infected_file"]);
    expect((await fetch(sent.body.url as string)).status).toBe(422);
    const body = { subject: "With a virus", description: "See the file.", attachmentIds: [sent.body.id] };
    const used = await app.post("/v1/support/tickets", { as: customer, body });
    expect(refusalOf(used)).toEqual([422, "infected_file"]);
  });

  it("can be asked over a Unix socket", async () => {
    const path = join(tmpdir(), `sidedesk-clamd-${process.pid}.sock`);
    const bridge: Server = createServer((from) => {
      const to = connect(clamd.port, "127.0.0.1");
      from.pipe(to).pipe(from);
      for (const end of [from, to]) end.on("error", () => undefined);
    });
    await new Promise<void>((resolve) => bridge.listen(path, resolve));
    const { scan } = await import("../../api/src/attachments/clamd.ts");
    const { Readable } = await import("node:stream");
    const tcp = config();
    const { loadConfig } = await import("../../api/src/core/config.ts");
    const env = Object.fromEntries(
      Object.entries(tcp).map(([key, value]) => [key, Array.isArray(value) ? value.join(",") : String(value)]),
    );
    loadConfig({ ...env, CLAMAV_URL: `unix:${path}` });
    try {
      const ask = (text: string) => scan(Readable.from([Buffer.from(text)]), AbortSignal.timeout(5000));
      expect([await ask("hello"), await ask(eicar)]).toEqual([
        { infected: false },
        { infected: true, signature: "EICAR-Test-File.UNOFFICIAL" },
      ]);
    } finally {
      loadConfig(env);
      bridge.close();
    }
  });
});

describe("T8 attachments while clamd is away", () => {
  let socket: Socket;
  let heard: LiveEntry<Comment>[];
  beforeEach(async () => {
    heard = [];
    socket = io(app.url, {
      path: "/v1/realtime",
      transports: ["websocket"],
      forceNew: true,
      auth: { token: customer.token },
    });
    socket.on("comment", (entry: LiveEntry<Comment>) => heard.push(entry));
    await until(() => socket.connected, { what: "the connection" });
  });

  it("wait: nobody reads them; once it is back the verdict shows on every screen", async () => {
    const ticket = await buildTicket(app, customer);
    await clamd.stop();
    await expect(checkScanner()).rejects.toThrow(/does not answer/);
    const [good, bad] = [
      await upload(app, customer, await picture("png"), "good.png"),
      await upload(app, customer, eicar, "bad.txt"),
    ];
    expect([good.body.scan, bad.body.scan, good.body.previewUrl]).toEqual(["pending", "pending", null]);
    for (const id of [good.body.id, bad.body.id]) expect(refusalOf(await read(id))).toEqual([409, "scan_pending"]);
    expect((await fetch(good.body.url as string)).status).toBe(409);
    const body = { body: "See these", attachmentIds: [good.body.id, bad.body.id] };
    const comment = await app.post(`/v1/support/tickets/${ticket.id}/comments`, { as: customer, body });
    expect(comment.status).toBe(201);
    expect(refusalOf(await read(good.body.id, agent as never))).toEqual([409, "scan_pending"]);

    await clamd.start();
    await until(() => heard.at(-1)?.data.attachments.every(({ scan }) => scan !== "pending"), {
      what: "both verdicts",
    });
    expect(heard.at(-1)).toMatchObject({
      type: "attachment.scanned",
      data: {
        id: comment.body.id,
        attachments: [
          { scan: "clean", previewUrl: expect.any(String) },
          { scan: "infected", name: "bad.txt" },
        ],
      },
    });
    expect((await read(good.body.id)).status).toBe(200);
    expect(refusalOf(await read(bad.body.id, agent as never))).toEqual([422, "infected_file"]);
    expect((await stored()).join()).not.toContain(bad.body.id);
    socket.disconnect();
  });
});
