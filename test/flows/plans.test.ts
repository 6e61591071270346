// A little over 300 lines: one walk through all that is read and done, whose parts share what they made.
import mongoose from "mongoose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bounceAddress, replyAddress } from "../../api/src/channels/reply-address.ts";
import { routes } from "../../api/src/features.ts";
import { inboundSweep } from "../../api/src/inbound/remove-inbound.ts";
import { authorKey } from "../../api/src/tickets/index.ts";
import { type Reply, startTestApp, type TestApp } from "../support/app.ts";
import { bringMail, inboundEnv } from "../support/bring-mail.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  type TestCustomer,
  type TestSite,
  type TestStaff,
} from "../support/factories.ts";
import { corpus } from "../support/mail-corpus.ts";
import { buildPushBrowser } from "../support/push-browser.ts";
import { until } from "../support/until.ts";

/*
 * Reads the plan of every query that the API, its relay and its workers send while all that can be read is read and most
 * that can be done is done: MongoDB's profiler notes each with its plan. None may look at a whole collection, and none may
 * hold more than a hundred documents to sort them.
 */
interface Profiled {
  op: string;
  ns: string;
  command: Record<string, unknown> & { aggregate?: unknown; limit?: number; pipeline?: unknown[] };
  planSummary?: string;
  hasSortStage?: boolean;
  docsExamined?: number;
  nreturned?: number;
}

let app: TestApp;
let site: TestSite;
let owner: TestStaff;
let customer: TestCustomer;
let ids: Record<string, string>;
const many = 220; // so that half of them are more than a hundred

const made = (reply: Reply): string => {
  if (reply.status >= 300) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
  return reply.body.id as string;
};
const db = () => mongoose.connection.db!;

beforeAll(async () => {
  app = await startTestApp({
    roles: ["http", "live", "relay", "worker"],
    env: { ...inboundEnv, SIDEDESK_SCAN: "off", SIDEDESK_OUTBOUND_ALLOW: "127.0.0.0/8" },
  });
  site = await buildSite();
  owner = await buildStaff(app, site, { role: "owner" });
  customer = await buildCustomer(app, site);
  await db().createCollection("system.profile", { capped: true, size: 200_000_000 }); // as it is, it holds 1 MiB
  await db().command({ profile: 2, slowms: 0 });
}, 60_000);
afterAll(async () => {
  await db().command({ profile: 0 });
  await app.close();
});

it("T2 every query runs along an index and sorts by it", { timeout: 240_000 }, async () => {
  await fill();
  await readRoutes();
  await doThings();
  await readLists();
  await readRoutes();
  await until(
    async () =>
      (await db()
        .collection("events")
        .countDocuments({ nextAt: { $gte: new Date(0) } })) === 0,
    {
      what: "the end of all reactions",
      ms: 60_000,
    },
  );
  const { erasureId, leavingEmail } = ids;
  await until(
    async () =>
      (
        await db()
          .collection("erasures")
          .findOne({ _id: erasureId as never })
      )?.["pass"] === 2,
    {
      what: "the first look of the erasure",
      ms: 60_000,
    },
  );
  await db().command({ profile: 0 });
  const seen = (await db()
    .collection("system.profile")
    .find({ op: { $in: ["query", "command", "update", "remove", "getmore"] }, planSummary: { $exists: true } })
    .toArray()) as unknown as Profiled[];
  expect(seen.length).toBeGreaterThan(1000);
  // Whoever was in copy is found by digests of their address, and where it stands in a text by the words of a search.
  for (const part of ['"authorKey":"', '"author.name":', '"sentTo":"', `"words":"${leavingEmail}"`])
    expect([part, seen.some(({ command }) => JSON.stringify(command).includes(part))]).toEqual([part, true]);
  const scans = seen.filter((one) => one.planSummary?.includes("COLLSCAN") && !isMeantToScan(one));
  expect([...new Set(scans.map(described))]).toEqual([]);
  const sorts = seen.filter((one) => one.hasSortStage && heldToSort(one) > 100);
  expect([...new Set(sorts.map(described))]).toEqual([]);
});

/** A change stream runs along the oplog, and the ids of two days' erased customers are read as a whole. */
const isMeantToScan = ({ op, ns }: Profiled): boolean => op === "getmore" || ns.endsWith(".erased_customers");

const described = ({ ns, op, planSummary, command }: Profiled): string => {
  const { lsid, $clusterTime, $db, txnNumber, autocommit, startTransaction, readConcern, writeConcern, ...said } =
    command;
  return `${op} ${ns.split(".").slice(1).join(".")} ${planSummary}: ${JSON.stringify(said).slice(0, 400)}`;
};

/** A sort with a limit holds no more than that many at a time. */
function heldToSort({ command, docsExamined = 0 }: Profiled): number {
  const limits = [command.limit, ...(command.pipeline ?? []).map((stage) => (stage as { $limit?: number }).$limit)];
  return Math.min(docsExamined, ...limits.filter((limit) => limit !== undefined && limit > 0).map(Number));
}

async function fill(): Promise<void> {
  const colleague = await buildStaff(app, site, { name: "Amara Osei" });
  const hook = { url: "http://127.0.0.1:9/", events: ["ticket.created", "ticket.updated", "comment.created"] };
  const webhookId = made(await app.post("/v1/webhooks", { as: owner, body: hook }));
  const theirHook = made(await app.post("/v1/webhooks", { as: customer, body: hook }));
  const chat = { enabled: true, url: "http://127.0.0.1:9/services/1" };
  const channels = { discord: chat, slack: { ...chat, kinds: ["created", "status"] } };
  expect((await app.patch(`/v1/sites/${site.slug}/settings`, { as: owner, body: { channels } })).status).toBe(200);
  const statuses = ["in_progress", "waiting_customer", "resolved", "closed"];
  const tickets: string[] = [];
  for (let done = 0; done < many; done += 20)
    tickets.push(
      ...(await Promise.all(
        Array.from({ length: 20 }, async (_none, index) => {
          const ticket = await buildTicket(app, customer, {
            subject: `Delivery ${done + index} is late`,
            priority: ["low", "medium", "high", "critical"][index % 4],
            category: ["general", "billing"][index % 2],
            tags: ["vip", "eu"].slice(0, index % 3),
          });
          const status = statuses[index % 10]; // and more than a hundred stay open
          if (status) await app.patch(`/v1/support/tickets/${ticket.id}`, { as: owner, body: { status } });
          return ticket.id;
        }),
      )),
    );
  const [ticketId = "", otherId = "", thirdId = ""] = tickets;
  for (let done = 0; done < 120; done += 10)
    await Promise.all(
      Array.from({ length: 10 }, (_none, index) =>
        app.post(`/v1/support/tickets/${ticketId}/comments`, { as: owner, body: { body: `Answer ${done + index}` } }),
      ),
    );
  ids = {
    webhookId,
    theirHook,
    ticketId,
    otherId,
    thirdId,
    staffId: owner.id,
    colleagueId: colleague.id,
    customerId: customer.id,
  };
  const post = async (path: string, body: unknown) => made(await app.post(path, { as: owner, body }));
  ids["teamId"] = await post("/v1/teams", {
    name: "First line",
    memberIds: [owner.id, colleague.id],
    roundRobin: true,
  });
  ids["replyId"] = await post("/v1/replies", { title: "Hello", body: "Hello {{customer.name}}", shortcut: "hi" });
  ids["viewId"] = await post("/v1/views", { name: "Mine", filter: { assignee: ["me"] }, shared: true });
  await buildLeaving();
  ids["bulkId"] = await post("/v1/support/tickets/bulk", {
    filter: { status: ["open"] },
    change: { assigneeId: colleague.id, addTags: ["seen"] },
  });
}

/** Somebody who has asked, took part in what somebody else asked, and is named there. */
async function buildLeaving(): Promise<void> {
  const leaving = await buildCustomer(app, site, { name: "Going Away" });
  await buildTicket(app, leaving);
  const { id: ticketId } = await buildTicket(app, customer, { subject: `Ask ${leaving.email}` });
  await app.post(`/v1/support/tickets/${ticketId}/comments`, { as: owner, body: { body: "From before." } });
  const inCopy = {
    author: { type: "customer", id: null, name: "G. Away" },
    authorKey: authorKey(site.id, leaving.email),
  };
  await db().collection("comments").updateOne({ siteId: site.id, ticketId }, { $set: inCopy });
  Object.assign(ids, { leavingId: leaving.id, leavingEmail: leaving.email });
}

const filters = {
  status: ["open", "open,in_progress"],
  priority: ["critical", "low,high"],
  category: ["billing"],
  assignee: ["me", "none"],
  team: ["none"],
  tag: ["vip"],
  customer: ["someone@shop.example"],
  q: ["delivery", "late TKT-2026", "Mara customer@shop.example"],
};
const sorts = [
  "createdAt",
  "-createdAt",
  "updatedAt",
  "-updatedAt",
  "priority",
  "-priority",
  "slaDueAt",
  "-slaDueAt",
  "number",
  "-number",
];

const callers = () => [owner.token, customer.token, site.secretKey];

/** Each list with each filter and each order, further pages too: once, since what is done does not change how many there are. */
async function readLists(): Promise<void> {
  const queries = [
    ...sorts.map((sort) => `sort=${sort}`),
    ...Object.entries(filters).flatMap(([name, values]) =>
      values.flatMap((value) =>
        ["", ...sorts.map((sort) => `&sort=${sort}`)].map((order) => `${name}=${encodeURIComponent(value)}${order}`),
      ),
    ),
    "status=open&priority=critical&category=billing&tag=vip&sort=-updatedAt",
    "status=open,in_progress&priority=high,critical&category=billing&sort=updatedAt",
  ];
  for (const query of queries)
    await Promise.all(
      callers().map(async (as) => {
        const path = `/v1/support/tickets?limit=20&${query}`;
        const first = await app.get(path, { as });
        expect([first.status, path]).toEqual([200, path]);
        const { nextCursor } = first.body as { nextCursor: string | null };
        if (nextCursor) await app.get(`${path}&cursor=${encodeURIComponent(nextCursor)}`, { as });
      }),
    );
}

/** Every GET route that the API has. */
async function readRoutes(): Promise<void> {
  const params: Record<string, string> = { slug: site.slug, kind: "email" };
  for (const { method, path } of routes) {
    if (method !== "GET") continue;
    const filled = path.replaceAll(/:(\w+)/g, (_all, name: string) => params[name] ?? idFor(path));
    for (const as of callers()) {
      const reply = await app.get(filled, { as });
      expect(reply.status, filled).toBeLessThan(500);
      const next = (reply.body as { nextCursor?: string | null }).nextCursor;
      if (next) await app.get(`${filled}?cursor=${encodeURIComponent(next)}`, { as });
    }
  }
  for (const query of ["state=failed", "state=held", "state=pending", "state=failed,held", "type=ticket.created"])
    await app.get(`/v1/webhooks/${ids["webhookId"]}/deliveries?${query}`, { as: owner });
  for (const query of ["state=failed", "channel=slack,sms", "channel=discord&state=pending,succeeded"])
    await app.get(`/v1/alerts?${query}`, { as: owner });
  for (const q of ["mara", "shop", customer.email])
    await app.get(`/v1/customers?q=${encodeURIComponent(q)}`, { as: owner });
}

/** Something of the kind that the route is about, as far as there is one. */
function idFor(path: string): string {
  const kinds = {
    "/tickets/bulk": "bulkId",
    "/tickets": "ticketId",
    "/customers": "customerId",
    "/teams": "teamId",
    "/webhooks": "webhookId",
  };
  const kind = Object.entries(kinds).find(([part]) => path.includes(part))?.[1] ?? "ticketId";
  return ids[kind] ?? "";
}

/** Mails that are taken, turned away, judged again and removed. */
async function bringMails(): Promise<void> {
  const copied = corpus[0]!.raw({ from: customer.email, to: "reply@desk.example" });
  await bringMail(app, Buffer.concat([Buffer.from(`Cc: <${ids["leavingEmail"]}>\r\n`), copied]));
  const answers = replyAddress({ ticketId: ids["ticketId"]! })!;
  for (const to of [
    answers,
    answers,
    `reply+${site.slug}@desk.example`,
    "reply@desk.example",
    bounceAddress("a".repeat(24))!,
  ])
    expect((await bringMail(app, corpus[0]!.raw({ from: customer.email, to }))).status).toBe(202);
  const list = async () => (await app.get("/v1/inbound/mail?limit=1", { as: owner })).body;
  await until(async () => (await app.get("/v1/inbound/mail?state=received", { as: owner })).body.data.length === 0, {
    what: "the mails judged",
  });
  const { data, nextCursor } = await list();
  await app.get(`/v1/inbound/mail?limit=1&state=accepted,refused,failed&cursor=${nextCursor}`, { as: owner });
  await app.post(`/v1/inbound/mail/${data[0].id}/retry`, { as: owner });
  await inboundSweep.run();
}

type Doing = [method: string, path: string, body: unknown, as?: string];
/** Reads notices in each order and of a type, and does to some of them what can be done to many. */
async function noticeCalls(): Promise<Doing[]> {
  const path = "/v1/notifications";
  for (const query of ["sort=oldest&type=ticket", "sort=unread&counts=true", "sort=newest&unread=true&type=ticket"]) {
    const first = await app.get(`${path}?limit=5&${query}`, { as: customer });
    expect(first.status).toBe(200);
    await app.get(`${path}?limit=5&${query}&cursor=${encodeURIComponent(first.body.nextCursor)}`, { as: customer });
  }
  const { data } = (await app.get(`${path}?limit=3`, { as: customer })).body as { data: { id: string }[] };
  const ids = data.map(({ id }) => id);
  const until = new Date(Date.now() + 3_600_000).toISOString();
  const bulk = (action: string, more = {}): Doing => ["POST", `${path}/bulk`, { action, ids, ...more }, customer.token];
  return [bulk("read"), bulk("snooze", { until }), bulk("delete"), bulk("restore"), bulk("restore")];
}

async function doThings(): Promise<void> {
  await bringMails();
  const { ticketId, otherId, thirdId, colleagueId, teamId, replyId, viewId, bulkId, customerId, webhookId, theirHook } =
    ids;
  const hook = `/v1/webhooks/${webhookId}`;
  const at = `/v1/support/tickets/${ticketId}`;
  const calls: Doing[] = [
    ["POST", "/v1/notifications/push", buildPushBrowser("http://127.0.0.1:9").subscription, customer.token],
    ["GET", "/v1/notifications/push", undefined, customer.token],
    // First gathered, then sent: their digest ends with the change.
    ["PUT", "/v1/notifications/preferences", { digest: "hourly" }, customer.token],
    ["POST", `${at}/comments`, { body: "For the hour's mail" }],
    ["GET", "/v1/notifications/preferences", undefined, customer.token],
    ["PATCH", at, { priority: "critical", tags: ["vip"] }],
    ["PATCH", at, { assigneeId: colleagueId }],
    ["PATCH", `/v1/support/tickets/${otherId}`, { teamId, assigneeId: null }],
    ["POST", `${at}/comments`, { body: "A note", visibility: "internal" }],
    ["POST", `${at}/comments`, { body: "And again" }, customer.token],
    ["PUT", `${at}/links/${otherId}`, undefined],
    ["DELETE", `${at}/links/${otherId}`, undefined],
    ["POST", `/v1/support/tickets/${thirdId}/merge`, { into: ticketId }],
    ["POST", `/v1/support/tickets/${thirdId}/unmerge`, {}],
    ["POST", `/v1/replies/${replyId}/render`, { ticketId }],
    ["PATCH", `/v1/replies/${replyId}`, { title: "Hello there" }],
    ["PATCH", `/v1/views/${viewId}`, { name: "My own" }],
    ["POST", `/v1/support/tickets/bulk/${bulkId}/undo`, undefined],
    ["POST", `${hook}/test`, undefined],
    ["PATCH", hook, { active: false }],
    ["PATCH", hook, { active: true, held: "skip" }],
    ["POST", `${hook}/replay`, { since: "2026-01-01T00:00:00.000Z" }],
    ["POST", `/v1/webhooks/${theirHook}/replay`, { since: "2026-01-01T00:00:00.000Z" }, customer.token],
    ["PATCH", at, { status: "resolved" }],
    ["POST", `${at}/rating`, { score: 5, comment: "Quick" }, customer.token],
    ["PATCH", `/v1/customers/${customerId}`, { name: "Mara L.", notes: "Likes mornings." }],
    ["PATCH", `/v1/staff/${colleagueId}`, { away: true }],
    ["PATCH", `/v1/sites/${site.slug}/settings`, { retentionDays: 30 }],
    ["POST", `/v1/sites/${site.slug}/channels/slack/test`, undefined],
    ...(await noticeCalls()),
    ["PUT", "/v1/notifications/preferences", { digest: "off" }, customer.token],
    ["PUT", "/v1/notifications/read-all", {}],
    ["PUT", "/v1/notifications/read-all", {}, customer.token],
    ["DELETE", `/v1/teams/${teamId}`, undefined],
    ["DELETE", `/v1/views/${viewId}`, undefined],
    ["DELETE", `/v1/replies/${replyId}`, undefined],
  ];
  for (const [method, path, body, as = owner.token] of calls) {
    const reply = await app.call(method, path, { as, ...(body === undefined ? {} : { body }) });
    expect(reply.status, `${method} ${path}: ${JSON.stringify(reply.body)}`).toBeLessThan(300);
  }
  const confirm = ids["leavingEmail"];
  ids["erasureId"] = made(await app.post(`/v1/customers/${ids["leavingId"]}/erase`, { as: owner, body: { confirm } }));
}
