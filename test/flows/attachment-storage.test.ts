import { readdir } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { attachments } from "../../api/src/attachments/attachment.model.ts";
import { checkStorage, removeAttachmentsOfTickets } from "../../api/src/attachments/index.ts";
import { storage } from "../../api/src/attachments/storage.ts";
import { loadConfig, config } from "../../api/src/core/config.ts";
import { problemOf, startTestApp, type TestApp } from "../support/app.ts";
import { buildCustomer, buildSite, buildTicket, type TestCustomer, type TestSite } from "../support/factories.ts";
import { picture, upload } from "../support/files.ts";
import { s3Account, startS3, type TestS3 } from "../support/s3.ts";

let server: TestS3;
let app: TestApp;
let site: TestSite;
let customer: TestCustomer;

beforeAll(async () => {
  server = await startS3();
  app = await startTestApp({
    env: {
      SIDEDESK_STORAGE: "s3://desk/files",
      SIDEDESK_S3_ENDPOINT: server.url,
      SIDEDESK_S3_ACCESS_KEY: s3Account.accessKey,
      SIDEDESK_S3_SECRET_KEY: s3Account.secretKey,
    },
  });
  site = await buildSite();
  customer = await buildCustomer(app, site);
});
afterAll(async () => {
  await app?.close();
  await server?.close();
});

const objects = async (): Promise<string[]> =>
  (await readdir(server.folder, { recursive: true })).filter((name) => /\/[0-9a-f]{24}.*_object$/.test(name));

describe("T8 attachments in an S3-compatible storage", () => {
  it("come back as they were, with their preview, and go with their ticket", async () => {
    const photo = await picture("png");
    const { id, url, previewUrl } = (await upload(app, customer, photo, "photo.png")).body;
    expect(await objects()).toHaveLength(2);
    expect(Buffer.from(await (await fetch(url as string)).arrayBuffer()).equals(photo)).toBe(true);
    expect((await fetch(previewUrl as string)).headers.get("content-type")).toBe("image/webp");
    const ticket = await buildTicket(app, customer, { attachmentIds: [id] });
    expect(await removeAttachmentsOfTickets(site.id, [ticket.id])).toBe(1);
    expect(await objects()).toEqual([]);
    expect((await fetch(url as string)).status).toBe(404);
  });

  it("stream through: 10 MiB in, 10 MiB out", async () => {
    const content = Buffer.alloc(10 * 1024 * 1024, "a line of text\n");
    const { id, url } = (await upload(app, customer, content, "long.txt")).body;
    expect(Buffer.from(await (await fetch(url as string)).arrayBuffer()).equals(content)).toBe(true);
    const { key } = (await attachments().findOne({ _id: id as string }))!;
    const listed: string[] = [];
    for await (const one of (await storage()).list(key!.slice(0, 10))) listed.push(one);
    expect(listed).toContain(key);
    await expect(checkStorage()).resolves.toMatch(/read/);
  });

  it("are 503 with a wrong key or while it is away, and leave nothing", async () => {
    const right = { ...config() };
    const env = (more: Record<string, string>) =>
      loadConfig({
        ...Object.fromEntries(
          Object.entries(right).map(([name, value]) => [name, Array.isArray(value) ? value.join(",") : String(value)]),
        ),
        ...more,
      });
    const before = await attachments().countDocuments();
    for (const wrong of [
      { SIDEDESK_S3_SECRET_KEY: "not-it", SIDEDESK_STORAGE: "s3://desk/wrong-key" },
      { SIDEDESK_S3_ENDPOINT: "http://127.0.0.1:1", SIDEDESK_STORAGE: "s3://desk/away" },
      { SIDEDESK_STORAGE: "s3://no-such-bucket/x" },
    ]) {
      env(wrong);
      const reply = await upload(app, customer, "hello");
      expect([reply.status, problemOf(reply).code]).toEqual([503, "unavailable"]);
      await expect(checkStorage()).rejects.toThrow();
    }
    expect(await attachments().countDocuments()).toBe(before);
    env({});
    expect((await upload(app, customer, "hello")).status).toBe(201);
  });
});
