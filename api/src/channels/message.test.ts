import { createHash, createPublicKey, createVerify, generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import PostalMime from "postal-mime";
import { SMTPServer, type SMTPServerOptions } from "smtp-server";
import { afterEach, describe, expect, it } from "vitest";
import { loadConfig } from "../core/config.ts";
import type { ComposedMail } from "./compose-mail.ts";
import { mailTransport } from "./mail-transport.ts";
import { messageOf } from "./message.ts";

const { privateKey, publicKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
  publicKeyEncoding: { type: "spki", format: "pem" },
});
const env = {
  MONGODB_URI: "mongodb://127.0.0.1",
  REDIS_URL: "redis://127.0.0.1",
  SMTP_URL: "smtp://127.0.0.1",
  SIDEDESK_URL: "https://desk.example.com",
  SIDEDESK_SECRET: "test-secret-of-at-least-32-characters",
  SIDEDESK_MAIL_FROM: "Desk <desk@example.com>",
};
const mail: ComposedMail = {
  from: { name: "Tarnside", address: "help@tarnside.example" },
  to: { name: "Mara", address: "mara@home.example" },
  subject: "Größe fehlt",
  html: "<p>Größe</p>",
  text: "Größe   \n\n\n",
  messageId: "<1@desk.example.com>",
  headers: {},
};

/** RFC 6376, relaxed: names in lower case, white space as one blank. */
const relaxed = (header: string): string => {
  const [name = "", ...value] = header.split(":");
  return `${name.trim().toLowerCase()}:${value.join(":").replace(/\s+/g, " ").trim()}`;
};

it("E1 signs for the sender's domain when there is a key, as receivers check it", async () => {
  loadConfig({ ...env, SIDEDESK_DKIM_KEY: privateKey.replaceAll("\n", "\\n"), SIDEDESK_DKIM_SELECTOR: "k1" });
  const { message, envelope } = await messageOf(mail);
  expect(envelope).toEqual({ from: "desk@example.com", to: ["mara@home.example"] });
  // As it goes over the line, where every line ends alike.
  const [head = "", ...rest] = message.toString("latin1").replace(/\r?\n/g, "\r\n").split("\r\n\r\n");
  const headers = head.split(/\r\n(?!\s)/);
  const signature = headers.find((header) => /^dkim-signature:/i.test(header)) ?? "";
  const tags = new Map(
    relaxed(signature)
      .slice("dkim-signature:".length)
      .split(";")
      .map((tag) => /^\s*([a-z]+)=(.*)$/s.exec(tag)?.slice(1) as [string, string]),
  );
  expect([tags.get("d"), tags.get("s")]).toEqual(["tarnside.example", "k1"]);
  const body = `${rest
    .join("\r\n\r\n")
    .replace(/[ \t]+/g, " ")
    .replace(/ \r\n/g, "\r\n")
    .replace(/(\r\n)+$/, "")}\r\n`;
  expect(createHash("sha256").update(body, "latin1").digest("base64")).toBe(tags.get("bh")?.replaceAll(" ", ""));
  const signed = tags
    .get("h")!
    .split(":")
    .map((name) => {
      const header = headers.findLast((one) => one.toLowerCase().startsWith(`${name.trim().toLowerCase()}:`));
      return header ? `${relaxed(header)}\r\n` : "";
    });
  const own = relaxed(signature).replace(/(\bb=)[^;]*$/, "$1");
  const check = createVerify("sha256").update(signed.join("") + own, "latin1");
  expect(check.verify(createPublicKey(publicKey), tags.get("b")!.replaceAll(" ", ""), "base64")).toBe(true);
});

it("E1 sends as it is without a key, and refuses one that is none", async () => {
  loadConfig(env);
  expect((await messageOf(mail)).message.toString()).not.toMatch(/dkim-signature/i);
  expect(() => loadConfig({ ...env, SIDEDESK_DKIM_KEY: "hunter2" })).toThrow("SIDEDESK_DKIM_KEY");
});

it("E1 writes what programs read as it was, whatever the script, in lines that every server takes", async () => {
  loadConfig(env);
  const scripts = [
    "plain enough = yes",
    "Größe für Übergrößen",
    "تمت الإجابة على طلبك",
    "解決しました",
    "🧵 ünd =3D",
    "",
  ];
  for (const script of scripts) {
    const long = `${script} `.repeat(40).trimEnd();
    const text = `${script}\n.\n..dot\r\nblank at the end \t\n\n${long}\rlast\n`;
    const html = `<p title="=">${long}</p>\n<p>.${script} </p>`;
    const { message } = await messageOf({ ...mail, subject: script || "none", text, html });
    const raw = message.toString("latin1");
    expect(raw).not.toMatch(/[\u0080-\u00ff]|\r(?!\n)|(?<!\r)\n/);
    expect(Math.max(...raw.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(76);
    const read = await PostalMime.parse(message);
    const lines = (part = "") => part.trimEnd().split(/\r\n?|\n/);
    expect(lines(read.text)).toEqual(lines(text));
    expect(lines(read.html)).toEqual(lines(html));
  }
});

describe("E1 the way to the mail server", () => {
  const servers: SMTPServer[] = [];
  afterEach(() => Promise.all(servers.splice(0).map((server) => new Promise<void>((done) => server.close(done)))));
  /** A mail server with a certificate that nobody vouches for; what came over a safe line, and over how many. */
  async function start(options: SMTPServerOptions): Promise<{ port: number; safe: boolean[]; lines: Set<string> }> {
    const seen = { safe: [] as boolean[], lines: new Set<string>() };
    const server = new SMTPServer({
      authOptional: true,
      disableReverseLookup: true,
      ...options,
      onData(stream, session, done) {
        seen.safe.push(session.secure);
        seen.lines.add(session.id);
        stream.resume().on("end", () => done());
      },
    });
    servers.push(server.on("error", () => undefined));
    server.listen(0, "127.0.0.1");
    await once(server.server, "listening");
    return { port: (server.server.address() as AddressInfo).port, ...seen };
  }
  async function send(url: string): Promise<unknown> {
    loadConfig({ ...env, SMTP_URL: url });
    return mailTransport().sendMail({ from: mail.from, to: mail.to, subject: mail.subject, text: mail.text });
  }

  it.each([
    ["smtps", { secure: true }],
    ["smtp", {}],
  ] as const)(
    "is TLS by %s where the server has it, to whom a known authority vouches for, over a kept line",
    async (protocol, options) => {
      const { port, safe, lines } = await start(options);
      await expect(send(`${protocol}://127.0.0.1:${port}`)).rejects.toThrow(/certificate/i);
      expect(safe).toEqual([]);
      const trusting = `${protocol}://127.0.0.1:${port}/?tls.rejectUnauthorized=false`;
      await send(trusting);
      await send(trusting);
      mailTransport().close();
      expect([safe, lines.size]).toEqual([[true, true], 1]);
    },
  );

  it("is none without TLS where it is required", async () => {
    const { port, safe } = await start({ disabledCommands: ["STARTTLS"] });
    await expect(send(`smtp://127.0.0.1:${port}/?requireTLS=true`)).rejects.toThrow();
    await send(`smtp://127.0.0.1:${port}`);
    mailTransport().close();
    expect(safe).toEqual([false]);
  });
});
