import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestApp, type TestApp } from "../../../test/support/app.ts";

const message = `From: Desk <desk@a.example>\r\nTo: Mara <mara@b.example>\r\nSubject: <script>alert(1)</script>\r\nMessage-ID: <1@a.example>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nOpen https://a.example/x#token=1 <b>now</b>\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Open</p><script>alert(1)</script>\r\n--b--\r\n`;
let app: TestApp;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sidedesk-mail-"));
  app = await startTestApp({ env: { SIDEDESK_MAIL_DIR: folder } });
});
afterAll(async () => {
  await app.close();
  await rm(folder, { recursive: true });
});

it("shows an empty mailbox, then what was caught, newest first", async () => {
  expect((await app.get("/dev/mail")).body).toContain("No mail yet");
  await writeFile(join(folder, "2026-01-01-a.eml"), message.replace("<script>alert(1)</script>", "First"));
  await writeFile(join(folder, "2026-01-02-b.eml"), message);
  await writeFile(join(folder, ".2026-01-03-c.eml"), "half");
  const list = await app.get("/dev/mail");
  expect(list.headers.get("content-security-policy")).toContain("default-src 'none'");
  expect(list.body.indexOf("2026-01-02-b.eml")).toBeLessThan(list.body.indexOf("2026-01-01-a.eml"));
  expect(list.body).not.toContain("2026-01-03");
  expect(list.body).not.toContain("<script>");
});

it("shows a mail as text with its links, and its HTML only in a sandbox", async () => {
  const page = await app.get("/dev/mail/2026-01-02-b.eml");
  expect(page.body).toContain('<a href="https://a.example/x#token=1"');
  expect(page.body).not.toContain("<script>");
  expect(page.body).toMatch(/<iframe [^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/);
  const html = await app.get("/dev/mail/2026-01-02-b.eml/html");
  expect(html.headers.get("content-security-policy")).toMatch(/default-src 'none'.*sandbox/);
  expect(html.headers.get("content-security-policy")).not.toContain("allow-scripts");
});

it.each(["/dev/mail/nope.eml", "/dev/mail/..%2F..%2Fetc%2Fpasswd.eml", "/dev/mail/.2026-01-03-c.eml"])(
  "has nothing at %s",
  async (path) => expect((await app.get(path)).status).toBe(404),
);
