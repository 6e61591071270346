import type { Ticket } from "@sidedesk/contract";
import { beforeAll, describe, expect, it } from "vitest";
import { problemOf } from "../../../test/support/app.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  type TestCustomer,
} from "../../../test/support/factories.ts";
import { startFourTickets } from "../../../test/support/four-tickets.ts";
import { encodeCursor } from "../core/data/page.ts";

const path = "/v1/support/tickets";
const { app, site, agent, mara, nils, made } = await startFourTickets();

const found = async (query: string, as: { token: string } | string = agent): Promise<number[]> => {
  const page = await app.get(`${path}?${query}`, { as });
  expect([query, page.status]).toEqual([query, 200]);
  return (page.body.data as Ticket[]).map((ticket) => made.findIndex((one) => one.id === ticket.id));
};

describe("T2 filters", () => {
  it.each([
    ["", [3, 2, 1, 0]],
    ["status=in_progress", [1]],
    ["status=open,in_progress", [3, 2, 1, 0]],
    ["status=closed", []],
    ["priority=high,critical", [2, 0]],
    ["category=billing,account", [1, 0]],
    ["tag=money", [2, 0]],
    ["tag=FIRE", [2]],
    ["assignee=me", [1]],
    ["assignee=none", [3, 2, 0]],
    ["assignee=none,me", [3, 2, 1, 0]],
    ["team=none", [3, 2, 1, 0]],
    ["team=whatever", []],
    ["customer=mara@tarnside.example", [1, 0]],
    ["priority=high&category=billing&tag=money&status=open", [0]],
  ])("%s finds %j", async (query, expected) => expect(await found(query)).toEqual(expected));

  it("by id of assignee and customer", async () => {
    expect(await found(`assignee=${agent.id}`)).toEqual([1]);
    expect(await found(`customer=${nils.id}`)).toEqual([3, 2]);
    expect(await found(`customer=${nils.id},mara@tarnside.example`)).toEqual([3, 2, 1, 0]);
    const hosts = made[0]!.customer.externalId;
    expect(hosts).toBeTruthy();
    expect(await found(`customer=${hosts}`)).toEqual([1, 0]);
    expect(await found(`customer=${hosts},${nils.id}`)).toEqual([3, 2, 1, 0]);
  });

  it("never widen what a customer sees", async () => {
    for (const query of [
      "",
      `customer=${nils.id},${mara.id}`,
      "assignee=none,me",
      "tag=money",
      "q=tarnside fire",
      "priority=high,critical,low,medium",
    ])
      for (const index of await found(query, mara)) expect([query, made[index]?.customer.id]).toEqual([query, mara.id]);
    expect(await found(`customer=${nils.id}`, mara)).toEqual([]);
    expect(await found("q=printer", mara)).toEqual([]);
  });

  it("stop at the site", async () => {
    const foreigner = await buildStaff(app, await buildSite());
    expect(await found("", foreigner)).toEqual([]);
    expect(await found(`q=${made[0]?.number}`, foreigner)).toEqual([]);
    expect(await found("q=printer", foreigner)).toEqual([]);
  });

  it.each([
    "status=done",
    "status=",
    "priority=urgent",
    "sort=subject",
    "sort=createdAt,-number",
    "limit=0",
    "limit=101",
    "limit=ten",
    "cursor=nonsense",
    "cursor=W10",
    "q=",
    "q=%00",
    `q=${"x".repeat(201)}`,
    "colour=red",
    "status=open&status=closed",
    "status[$ne]=open",
    "assignee[$gt]=",
  ])("%s is 400", async (query) => {
    const refused = await app.get(`${path}?${query}`, { as: agent });
    expect([query, refused.status]).toEqual([query, 400]);
    expect(problemOf(refused).code).toBe("validation_failed");
  });

  it("a cursor of another order, of nowhere, or of another kind is 400", async () => {
    const page = await app.get(`${path}?limit=1`, { as: agent });
    expect((await app.get(`${path}?limit=1&sort=number&cursor=${page.body.nextCursor}`, { as: agent })).status).toBe(
      400,
    );
    for (const values of [
      ["-createdAt", 1e300, "x"],
      ["-createdAt", "now", "x"],
      ["-createdAt", 1],
      ["q", null, null, null, null, null],
    ])
      expect((await app.get(`${path}?cursor=${encodeCursor(values)}`, { as: agent })).status).toBe(400);
  });
});

describe("T2 orders", () => {
  it.each([
    ["createdAt", [0, 1, 2, 3]],
    ["-createdAt", [3, 2, 1, 0]],
    ["updatedAt", [0, 2, 3, 1]],
    ["-updatedAt", [1, 3, 2, 0]],
    ["priority", [3, 1, 0, 2]],
    ["-priority", [2, 0, 1, 3]],
    ["slaDueAt", [2, 0, 1, 3]],
    ["-slaDueAt", [3, 1, 0, 2]],
  ])("%s", async (sort, expected) => {
    expect(await found(`sort=${sort}`)).toEqual(expected);
    expect(await found(`sort=${sort}&status=open,in_progress`)).toEqual(expected);
  });

  it("number", async () => {
    const numbers = async (sort: string) =>
      ((await app.get(`${path}?sort=${sort}`, { as: agent })).body.data as Ticket[]).map((ticket) => ticket.number);
    const sorted = made.map((ticket) => ticket.number).sort();
    expect([await numbers("number"), await numbers("-number")]).toEqual([sorted, sorted.toReversed()]);
  });
});

describe("T2 pages", () => {
  let many: TestCustomer;
  beforeAll(async () => {
    many = await buildCustomer(app, site);
    await Promise.all(
      Array.from({ length: 37 }, (_, index) =>
        buildTicket(app, many, { subject: `Bulk ${index}`, priority: (["low", "medium", "high"] as const)[index % 3] }),
      ),
    );
  });

  async function walk(
    query: string,
    between: (page: number) => Promise<unknown> = async () => undefined,
  ): Promise<string[]> {
    const seen: string[] = [];
    let cursor: string | null = null;
    for (let page = 0; page === 0 || cursor; page += 1) {
      const answer = await app.get(`${path}?limit=7&${query}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ""}`, {
        as: many,
      });
      expect(answer.status).toBe(200);
      seen.push(...(answer.body.data as Ticket[]).map((ticket) => ticket.id));
      cursor = answer.body.nextCursor as string | null;
      await between(page);
    }
    return seen;
  }

  it.each([
    "",
    "sort=createdAt",
    "sort=-updatedAt",
    "sort=priority",
    "sort=-priority",
    "sort=slaDueAt",
    "sort=number",
    "sort=-number",
    "q=bulk",
    "q=bulk&sort=priority",
    "status=open,closed",
  ])("of %j hold every row once", async (query) => {
    const seen = await walk(query);
    expect(seen).toHaveLength(37);
    expect(new Set(seen).size).toBe(37);
  });

  it.each(["", "q=bulk"])("of %j do not shift when tickets come in between", async (query) => {
    const before = new Set(await walk(query));
    const seen = await walk(query, async (page) => page < 3 && buildTicket(app, many, { subject: "Bulk late" }));
    expect(new Set(seen).size).toBe(seen.length);
    for (const id of before) expect(seen).toContain(id);
  });

  it.each(["", "sort=createdAt", "sort=-number", "q=bulk", "sort=-updatedAt", "sort=-priority", "sort=slaDueAt"])(
    "of %j hold what is left alone once, while others change",
    async (query) => {
      const before = await walk(query);
      const changed = new Set<string>();
      // Some that were shown and some that are still to come, from both ends.
      const seen = await walk(query, async (page) => {
        for (const id of [before[page], before.at(-1 - page)] as string[]) {
          changed.add(id);
          const body = { priority: page % 2 ? "critical" : "low", status: "in_progress" };
          expect((await app.patch(`${path}/${id}`, { as: agent, body })).status).toBe(200);
        }
      });
      expect(changed.size).toBeGreaterThan(5);
      const untouched = (ids: readonly string[]) => ids.filter((id) => !changed.has(id));
      expect(untouched(seen)).toEqual(untouched(before));
      // What an order does not go by moves nothing.
      if (!/updatedAt|priority|sla/.test(query)) expect(seen).toEqual(before);
    },
  );

  it("are of 50 by default", async () => {
    await Promise.all(Array.from({ length: 15 }, () => buildTicket(app, many)));
    const page = await app.get(path, { as: many });
    expect(page.body.data).toHaveLength(50);
    expect(page.body.data[0]).not.toHaveProperty("descriptionHtml");
    expect(page.body.nextCursor).toEqual(expect.any(String));
  });
});
