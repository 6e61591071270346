import type { Ticket } from "@sidedesk/contract";
import { describe, expect, it } from "vitest";
import { buildCustomer, buildSite, buildStaff, buildTicket } from "../../../test/support/factories.ts";
import { startFourTickets } from "../../../test/support/four-tickets.ts";
import { matchOf } from "./search-filter.ts";
import { termsOf } from "./search-words.ts";
import { tickets } from "./ticket.model.ts";

const path = "/v1/support/tickets";
const { app, site, agent, mara, made } = await startFourTickets();

const found = async (query: string, as: { token: string } | string = agent): Promise<number[]> => {
  const page = await app.get(`${path}?${query}`, { as });
  expect([query, page.status]).toEqual([query, 200]);
  return (page.body.data as Ticket[]).map((ticket) => made.findIndex((one) => one.id === ticket.id));
};

describe("T2 search", () => {
  it.each([
    ["invoice", [0, 1]],
    ["INVOICE march", [0]],
    ["invoice fire", []],
    ["öberg", [3, 2]],
    ["oberg", [3, 2]],
    ["nils", [3, 2]],
    ["ni", [3, 2]],
    ["nils@har", [3, 2]],
    ["mara@tarnside.example", [1, 0]],
    ["harbour printer", [2]],
    ["nils@h prices", [3]],
    ['"invoice march"', [0]],
    ["“invoice”", [0, 1]],
    ["„printer‟ 'fire'", [2]],
    [`"nils@harbour.example"`, [3, 2]],
    [".*", []],
    ["$where", []],
    ["(", []],
    ["the", []],
  ])("%s finds %j", async (query, expected) => expect(await found(`q=${encodeURIComponent(query)}`)).toEqual(expected));

  it("finds numbers, their beginnings and their ends", async () => {
    const number = made[2]?.number ?? "";
    expect(await found(`q=${number}`)).toEqual([2]);
    expect(await found(`q=${number.toLowerCase()}`)).toEqual([2]);
    expect(await found(`q=${number.slice(-8)}`)).toEqual([2]);
    expect((await found(`q=${number.slice(0, 12)}`)).sort()).toEqual([0, 1, 2, 3]);
    expect(await found("q=TKT-1999")).toEqual([]);
  });

  it("puts the exact number before those that only speak of it", async () => {
    const target = made[0] as Ticket;
    await app.post(`${path}/${made[3]?.id}/comments`, { as: agent, body: { body: `See also ${target.number}` } });
    expect(await found(`q=${target.number}`)).toEqual([0, 3]);
  });

  it("finds what was just said, notes for staff alone", async () => {
    await app.post(`${path}/${made[0]?.id}/comments`, {
      as: agent,
      body: { body: "Suspicious: quokka", visibility: "internal" },
    });
    expect([await found("q=quokka"), await found("q=quokka", mara)]).toEqual([[0], []]);
    expect(await found("q=invoice quokka", mara)).toEqual([]);
    await app.post(`${path}/${made[0]?.id}/comments`, { as: mara, body: { body: "My quokka ate it" } });
    expect(await found("q=quokka", mara)).toEqual([0]);
    // Said in public first and noted later, it stays findable.
    await app.post(`${path}/${made[1]?.id}/comments`, { as: mara, body: { body: "A wombat" } });
    await app.post(`${path}/${made[1]?.id}/comments`, {
      as: agent,
      body: { body: "wombat indeed", visibility: "internal" },
    });
    expect(await found("q=wombat", mara)).toEqual([1]);
  });

  it("goes with filters and orders", async () => {
    expect(await found("q=invoice&category=account")).toEqual([1]);
    expect(await found("q=invoice&sort=createdAt")).toEqual([0, 1]);
    expect(await found("q=invoice&sort=-createdAt")).toEqual([1, 0]);
    expect(await found("q=ni&sort=createdAt")).toEqual([2, 3]);
  });

  it("has the best first: by subject, customer, description, conversation, whatever is newer", async () => {
    const there = await buildSite();
    const staff = await buildStaff(app, there);
    const [ann, zora] = [
      await buildCustomer(app, there, { name: "Ann" }),
      await buildCustomer(app, there, { name: "Zora Zeppelin" }),
    ];
    const best = [
      await buildTicket(app, ann, { subject: "Zeppelin is late", description: "Since Monday, already." }),
      await buildTicket(app, zora, { subject: "Something else", description: "Since Monday, already." }),
      await buildTicket(app, ann, { subject: "Something else", description: "It is about a zeppelin." }),
      await buildTicket(app, ann, { subject: "Something else", description: "Since Monday, already." }),
    ];
    await app.post(`${path}/${best[3]?.id}/comments`, { as: staff, body: { body: "By zeppelin?" } });
    const list = async (query: string) =>
      ((await app.get(`${path}?q=${query}`, { as: staff })).body.data as Ticket[]).map(({ id }) => id);
    expect(await list("zeppelin")).toEqual(best.map(({ id }) => id));
    expect(await list("zeppelin&sort=-createdAt")).toEqual(best.map(({ id }) => id).reverse());
  });

  it.each([
    ["Arabic", "لم يصل الطلب", "الدفع مرتين", "الطَّلَب"],
    ["Arabic, with marks of direction", "الشحنة \u200fTKT\u200e متأخرة", "عنوان", "\u200fالشحنة\u200f"],
    ["Hebrew", "ההזמנה לא הגיעה", "חשבון", "הגיעה"],
    ["Russian", "Заказ не пришёл", "Счёт", "пришел"],
    ["Japanese", "請求書が届きません", "返金", "請求書"],
    ["Thai", "ใบแจ้งหนี้ไม่มาถึง", "คืนเงิน", "ใบแจ้งหนี้"],
    ["German", "Die Lieferung fehlt", "Rückgabe", "RUCKGABE"],
  ])("finds %s as it is written", async (language, subject, word, query) => {
    const { id } = await buildTicket(app, mara, { subject, description: `${word} – ${subject} – ${word}` });
    const list = async (q: string) =>
      ((await app.get(`${path}?q=${encodeURIComponent(q)}`, { as: agent })).body.data as Ticket[]).map((one) => one.id);
    expect([language, await list(query)]).toEqual([language, [id]]);
    expect([language, await list(`${query} ${word}`)]).toEqual([language, [id]]);
    expect([language, await list(`${query} printer`)]).toEqual([language, []]);
  });

  it("asks indexes, never for a scan", async () => {
    for (const query of ["invoice", "nils@h", "TKT-2026 fire"]) {
      const { queryPlanner } = await tickets()
        .find({
          $and: [
            { siteId: site.id },
            matchOf(termsOf(query), { kind: "server", siteId: site.id, keyId: "", name: "" }),
          ],
        })
        .explain("queryPlanner");
      const plan = JSON.stringify(queryPlanner.winningPlan);
      expect(plan).not.toContain("COLLSCAN");
      const indexes = [...plan.matchAll(/"indexName":"([^"]+)"/g)].map(([, index]) => index);
      expect(indexes.length).toBeGreaterThan(0);
      for (const index of indexes) expect(index).toMatch(/^siteId_1_/); // no other site's tickets are walked
    }
  });
});
