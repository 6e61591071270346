import type { Ticket } from "@sidedesk/contract";
import { describe, expect, it } from "vitest";
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

describe("search", () => {
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

  it("asks indexes, never for a scan", async () => {
    for (const query of ["invoice", "nils@h", "TKT-2026 fire"]) {
      const plan = JSON.stringify(
        await tickets()
          .find({
            $and: [
              { siteId: site.id },
              matchOf(termsOf(query), { kind: "server", siteId: site.id, keyId: "", name: "" }),
            ],
          })
          .explain("queryPlanner"),
      );
      expect(plan).not.toContain("COLLSCAN");
    }
  });
});
