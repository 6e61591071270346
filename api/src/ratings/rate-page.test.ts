import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "../../../test/support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  type TestCustomer,
  type TestSite,
  type TestStaff,
} from "../../../test/support/factories.ts";
import { SiteModel } from "../sites/site.model.ts";
import { findTicket } from "../tickets/index.ts";
import { tickets } from "../tickets/ticket.model.ts";
import { makeRatingLink } from "./rating-link.ts";

let app: TestApp;
let site: TestSite;
let german: TestSite;
let customer: TestCustomer;
let agent: TestStaff;
let link: string;
let id: string;

beforeAll(async () => {
  app = await startTestApp();
  [site, german] = [await buildSite(), await buildSite()];
  await SiteModel.updateOne({ _id: german.id }, { $set: { locale: "de-AT" } });
  customer = await buildCustomer(app, site);
  agent = await buildStaff(app, site);
});
afterAll(() => app.close());
beforeEach(async () => ([id, link] = await solvedTicket(site, customer, agent)));

async function solvedTicket(at: TestSite, by: TestCustomer, as: TestStaff): Promise<[string, string]> {
  const ticket = await buildTicket(app, by, { subject: `Broken "><img src=x onerror=alert(1)>` });
  await app.patch(`/v1/support/tickets/${ticket.id}`, { as, body: { status: "resolved" } });
  return [ticket.id, await makeRatingLink((await findTicket(at.id, ticket.id))!)];
}
const look = async (address: string, language?: string) => {
  const reply = await fetch(address, { headers: language ? { "accept-language": language } : {} });
  return { status: reply.status, headers: reply.headers, html: await reply.text() };
};
const send = async (address: string, fields: Record<string, string>) => {
  const reply = await fetch(address, { method: "POST", body: new URLSearchParams(fields) });
  return { status: reply.status, html: await reply.text() };
};
const ratingOf = async () => (await tickets().findOne({ _id: id }))?.rating;

describe("T11 the page behind the mailed link", () => {
  it("asks, and looking at it rates nothing", async () => {
    const { status, headers, html } = await look(link);
    expect([status, headers.get("content-type"), headers.get("referrer-policy"), headers.get("cache-control")]).toEqual(
      [200, "text/html; charset=utf-8", "no-referrer", "no-store"],
    );
    expect(html).toContain("How did we do?");
    expect(html.match(/type="radio"/g)).toHaveLength(5);
    expect(html).toContain("Broken &#34;&#62;&#60;img");
    expect(html).not.toContain("<img");
    expect(await ratingOf()).toBeNull();
  });

  it("allows its own few lines of script and style, and nothing else", async () => {
    const { headers, html } = await look(link);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy).toMatch(/^default-src 'none';/);
    expect(policy).not.toContain("unsafe");
    for (const [tag, directive] of [
      ["style", "style-src"],
      ["script", "script-src"],
    ] as const) {
      const allowed = new RegExp(`${directive} ([^;]+)`).exec(policy)?.[1]?.split(" ") ?? [];
      const there = [...html.matchAll(new RegExp(`<${tag}>([^]*?)</${tag}>`, "g"))].map(
        ([, text]) =>
          `'sha256-${createHash("sha256")
            .update(text ?? "")
            .digest("base64")}'`,
      );
      expect(there.length).toBeGreaterThan(0);
      expect(allowed.sort()).toEqual(there.sort());
    }
  });

  it("works as a plain form", async () => {
    const done = await send(link, { score: "2", comment: "Took long" });
    expect([done.status, done.html.includes("Thank you")]).toEqual([200, true]);
    expect(await ratingOf()).toMatchObject({ score: 2, comment: "Took long" });
    const again = await look(link);
    expect(again.html).toContain('value="2" required checked');
    expect(again.html).toContain("Took long</textarea>");
  });

  it.each([{}, { score: "" }, { score: "9" }, { score: "x" }])("says what is missing for %j", async (fields) => {
    const refused = await send(link, fields);
    expect([refused.status, refused.html.includes("Choose one of the five")]).toEqual([400, true]);
    expect(await ratingOf()).toBeNull();
  });

  it.each([
    ["de,en;q=0.8", "de", "ltr", "Wie waren wir?"],
    ["ar", "ar", "rtl", "كيف كانت خدمتنا؟"],
    ["fr", "en", "ltr", "How did we do?"],
  ])("speaks to %s in %s", async (asked, lang, dir, title) => {
    const { html } = await look(link, asked);
    expect(html).toContain(`<html lang="${lang}" dir="${dir}">`);
    expect(html).toContain(`<title>${title}</title>`);
  });

  it("speaks the site's language where the browser asks for none that it knows", async () => {
    const person = await buildCustomer(app, german);
    const [, theirs] = await solvedTicket(german, person, await buildStaff(app, german));
    expect((await look(theirs, "fr")).html).toContain('<html lang="de"');
  });

  it("says why it cannot take a rating, instead of asking for one", async () => {
    for (const address of [`${app.url}/rate`, `${app.url}/rate?token=nope`, `${link}x`]) {
      const { status, html } = await look(address);
      expect([status, html.includes("This link does not work"), html.includes("<form")]).toEqual([401, true, false]);
    }
    await tickets().updateOne({ _id: id }, { $set: { status: "open" } });
    const open = await look(link);
    expect([open.status, open.html.includes("open again")]).toEqual([409, true]);
    expect((await send(link, { score: "5" })).status).toBe(409);
    const long = new Date(Date.now() - 8 * 86_400_000);
    await tickets().updateOne(
      { _id: id },
      { $set: { status: "closed", rating: { score: 3, comment: null, createdAt: long } } },
    );
    const late = await look(link);
    expect([late.status, late.html.includes("more than 7 days ago")]).toEqual([409, true]);
    expect((await fetch(link, { method: "PUT" })).status).toBe(405);
  });
});
