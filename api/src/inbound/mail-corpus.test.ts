import { Readable } from "node:stream";
import { beforeAll, describe, expect, it } from "vitest";
import { corpus } from "../../../test/support/mail-corpus.ts";
import { loadConfig } from "../core/config.ts";
import { cutReply } from "./cut-reply.ts";
import { senderProblem } from "./auth-results.ts";
import { parseMail, type ParsedMail } from "./parse-mail.ts";
import { answerOf } from "./reply-text.ts";
import { recognise } from "./recognise.ts";

const ends = { from: "mara@shop.example", to: "reply+x@desk.example" };
const site = { name: "Tarnside", settings: { channels: { email: {} } } } as Parameters<typeof answerOf>[0];
const parse = (raw: Buffer, onFile?: Parameters<typeof parseMail>[1]): Promise<ParsedMail> => {
  const cut = Array.from({ length: Math.ceil(raw.length / 1000) }, (_none, n) =>
    raw.subarray(n * 1000, (n + 1) * 1000),
  );
  return parseMail(Readable.from(cut), onFile);
};

beforeAll(() => {
  loadConfig({
    MONGODB_URI: "mongodb://x",
    REDIS_URL: "redis://x",
    SMTP_URL: "smtp://x",
    SIDEDESK_URL: "https://desk.example",
    SIDEDESK_SECRET: "x".repeat(32),
    SIDEDESK_MAIL_FROM: "Tarnside <desk@tarnside.example>",
    SIDEDESK_INBOUND_ADDRESS: "reply@desk.example",
  });
});

describe("E2 what is read from a mail", () => {
  it("has a corpus worth the name", () => expect(corpus.length).toBeGreaterThanOrEqual(40));

  it.each(corpus.filter(({ body }) => body !== undefined))("$name", async ({ raw, body }) => {
    const mail = await parse(raw(ends));
    const note = body!.indexOf("\n\n*Not taken");
    const said = note === -1 ? body : body!.slice(0, note);
    expect(answerOf(site, mail)).toBe(said === "(no text)" ? "" : said);
    expect(mail.from).toEqual([{ name: expect.any(String), address: ends.from }]);
    expect(recognise(mail, () => false)).toBeNull();
    expect(`${mail.subject}${mail.from[0]!.name}`).not.toMatch(/[\r\n\0]/);
  });

  const machines = ["auto_reply", "mailing_list"];
  it.each(corpus.filter(({ refused, name }) => machines.includes(refused ?? "") && name !== "receipt"))(
    "$name: no person wrote it",
    async ({ raw, refused }) => expect(recognise(await parse(raw(ends)), () => false)?.reason).toBe(refused),
  );

  it("knows what went round in a circle", async () => {
    const mail = await parse(corpus[0]!.raw(ends));
    expect(recognise(mail, (text) => text === ends.from)?.reason).toBe("loop");
    expect(recognise(mail, (text) => text === mail.messageId)?.reason).toBe("loop");
  });
});

describe("E2 text made to slow it down", () => {
  it.each([
    ["lines that begin like quotations", "On Op Le Am wrote: schrieb 10:15\n".repeat(30_000)],
    ["one long line", `On ${"wrote: ".repeat(100_000)}`],
    ["headers without end", "From: a@b.example\nSent: x\n".repeat(30_000)],
    ["quotes within quotes", `${">".repeat(5000)} x\n`.repeat(40)],
    ["blank lines", `a${"\n \t".repeat(200_000)}`],
  ])("%s", (_name, text) => {
    const began = process.cpuUsage().user;
    cutReply(text.slice(0, 200_000), ["desk@tarnside.example"]);
    // Far above what it takes, far below what a pattern that backtracks would.
    expect((process.cpuUsage().user - began) / 1e6).toBeLessThan(5);
  });

  it.each([
    ["On Monday he wrote:\n\nit is broken", "On Monday he wrote:\n\nit is broken"],
    ["From: the shop\nI cannot log in.", "From: the shop\nI cannot log in."],
    ["> only what was quoted\n> and nothing more", "> only what was quoted\n> and nothing more"],
    ["-- \nonly a signature", "-- \nonly a signature"],
    ["Set it to:\n\n  a: 1\n\nthanks", "Set it to:\n\n  a: 1\n\nthanks"],
  ])("takes nothing away from %j", (text, expected) => expect(cutReply(text)).toBe(expected));
});

describe("E2 senders", () => {
  const from = "mara@shop.example";
  const problem = (...values: string[]) =>
    senderProblem(
      values.map((value) => ({ name: "authentication-results", value })),
      "mx.desk.example",
      from,
    );
  it.each([
    ["mx.desk.example; dmarc=pass header.from=shop.example"],
    ["mx.desk.example 1; spf=fail; dkim=pass header.d=shop.example header.s=k"],
    ["mx.desk.example; spf=pass (sender ok) smtp.mailfrom=bounce@mail.shop.example"],
    ["mx.desk.example; dkim = pass header.i=@shop.example"],
  ])("believes %s", (value) => expect(problem(value)).toBeNull());

  it.each([
    ["mx.desk.example; dmarc=fail; dkim=pass header.d=shop.example"],
    ["mx.desk.example; spf=pass smtp.mailfrom=evil.example; dkim=pass header.d=evil.example"],
    ["mx.desk.example; dkim=fail (dkim=pass header.d=shop.example) header.d=shop.example"],
    ["mx.desk.example; none"],
    ["mx.evil.example; dmarc=pass"],
    ["mx.desk.example; dkim=pass header.d=example"],
    ["mx.desk.example; dkim=pass header.d=notshop.example"],
  ])("does not believe %s", (value) => expect(problem(value)).toEqual(expect.any(String)));

  it("believes the first header of its server, and not one below that somebody else wrote", () => {
    expect(problem("mx.desk.example; dmarc=fail", "mx.desk.example; dmarc=pass")).toEqual(expect.any(String));
    expect(problem()).toEqual(expect.any(String));
  });
});
