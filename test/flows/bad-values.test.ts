// Longer than most: one table holds every limit of the contract at its edge.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { problemOf, startTestApp, type TestApp } from "../support/app.ts";
import { assertDescribed } from "../support/described.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  type TestCustomer,
  type TestSite,
  type TestStaff,
} from "../support/factories.ts";

let app: TestApp;
let site: TestSite;
let owner: TestStaff;
/** Makes sites, and is then of several. */
let founder: TestStaff;
let customer: TestCustomer;
let ticket: { id: string; number: string };

beforeAll(async () => {
  app = await startTestApp();
  site = await buildSite();
  owner = await buildStaff(app, site, { role: "owner" });
  founder = await buildStaff(app, site, { role: "owner" });
  customer = await buildCustomer(app, site);
  ticket = await buildTicket(app, customer);
});
afterAll(() => app.close());

const chars = (count: number): string => "x".repeat(count);
const ticketBody = { subject: "A subject", description: "A description of it." };
const form = { name: "Mara", email: "mara@shop.example", subject: "A subject", message: "A message of some length." };
const siteBody = (change: object): object => ({
  name: "Another",
  slug: `s${Math.random().toString(36).slice(2, 12)}`,
  ...change,
});

interface Target {
  route: string;
  path: () => string;
  as: () => string;
  body: object;
}
const targets = {
  ticket: {
    route: "POST /v1/support/tickets",
    path: () => "/v1/support/tickets",
    as: () => customer.token,
    body: ticketBody,
  },
  behalf: {
    route: "POST /v1/support/tickets",
    path: () => "/v1/support/tickets",
    as: () => owner.token,
    body: ticketBody,
  },
  change: {
    route: "PATCH /v1/support/tickets/:id",
    path: () => `/v1/support/tickets/${ticket.id}`,
    as: () => owner.token,
    body: {},
  },
  comment: {
    route: "POST /v1/support/tickets/:id/comments",
    path: () => `/v1/support/tickets/${ticket.id}/comments`,
    as: () => customer.token,
    body: {},
  },
  form: {
    route: "POST /v1/support/submissions",
    path: () => "/v1/support/submissions",
    as: () => site.publicKey,
    body: form,
  },
  site: { route: "POST /v1/sites", path: () => "/v1/sites", as: () => founder.token, body: {} },
  settings: {
    route: "PATCH /v1/sites/:slug/settings",
    path: () => `/v1/sites/${site.slug}/settings`,
    as: () => owner.token,
    body: {},
  },
  key: {
    route: "POST /v1/sites/:slug/keys",
    path: () => `/v1/sites/${site.slug}/keys`,
    as: () => owner.token,
    body: { kind: "public", label: "Web" },
  },
  staff: { route: "POST /v1/staff", path: () => "/v1/staff", as: () => owner.token, body: {} },
  login: {
    route: "POST /v1/staff/login",
    path: () => "/v1/staff/login",
    as: () => "",
    body: { email: "a@b.example", password: "not this" },
  },
} satisfies Record<string, Target>;

const invite = (change: object): object => ({
  email: `p${Math.random().toString(36).slice(2, 10)}@desk.example`,
  name: "Ola",
  role: "agent",
  ...change,
});

/** What is sent over the target's own body, and either the status of success or the path that a 400 names. */
const edges: [target: keyof typeof targets, what: string, change: () => object, outcome: number | string][] = [
  ["ticket", "a subject of 2", () => ({ subject: chars(2) }), "subject"],
  ["ticket", "a subject of 3", () => ({ subject: chars(3) }), 201],
  ["ticket", "a subject of 200", () => ({ subject: chars(200) }), 201],
  ["ticket", "a subject of 201", () => ({ subject: chars(201) }), "subject"],
  ["ticket", "a subject of 2 between spaces", () => ({ subject: `   ${chars(2)}\t\n` }), "subject"],
  ["ticket", "a subject of 200 between spaces", () => ({ subject: `  ${chars(200)}  ` }), 201],
  ["ticket", "a subject of 100 characters beyond the basic plane", () => ({ subject: "😀".repeat(100) }), 201],
  ["ticket", "a subject of 101 of them", () => ({ subject: "😀".repeat(101) }), "subject"],
  ["ticket", "a subject that is missing", () => ({ subject: undefined }), "subject"],
  ["ticket", "a subject that is null", () => ({ subject: null }), "subject"],
  ["ticket", "a subject that is a number", () => ({ subject: 12345 }), "subject"],
  ["ticket", "a subject that is an operator", () => ({ subject: { $gt: "" } }), "subject"],
  ["ticket", "a subject that is a list", () => ({ subject: ["A subject"] }), "subject"],
  ["ticket", "half of a surrogate pair", () => ({ subject: "Half \ud800 a pair" }), "subject"],
  ["ticket", "NUL in the subject", () => ({ subject: "A \0 subject" }), "subject"],
  ["ticket", "a description of 9", () => ({ description: chars(9) }), "description"],
  ["ticket", "a description of 10", () => ({ description: chars(10) }), 201],
  ["ticket", "a description of 5000", () => ({ description: chars(5000) }), 201],
  ["ticket", "a description of 5001", () => ({ description: chars(5001) }), "description"],
  ["ticket", "NUL in the description", () => ({ description: "A description \0 of it" }), "description"],
  ["ticket", "half of a pair in the description", () => ({ description: "A description \udc00 of it" }), "description"],
  ["ticket", "an unknown priority", () => ({ priority: "urgent" }), "priority"],
  ["ticket", "an unknown category", () => ({ category: "nowhere" }), "category"],
  ["ticket", "20 tags", () => ({ tags: Array.from({ length: 20 }, (_, index) => `tag ${index}`) }), 201],
  ["ticket", "21 tags", () => ({ tags: Array.from({ length: 21 }, (_, index) => `tag ${index}`) }), "tags"],
  ["ticket", "a tag of 40", () => ({ tags: [chars(40)] }), 201],
  ["ticket", "a tag of 41", () => ({ tags: [chars(41)] }), "tags.0"],
  ["ticket", "an empty tag", () => ({ tags: ["fine", "  "] }), "tags.1"],
  ["ticket", "a tag with half of a pair", () => ({ tags: ["\ud800"] }), "tags.0"],
  ["ticket", "tags that are one word", () => ({ tags: "billing" }), "tags"],
  ["ticket", "a reference without its id", () => ({ reference: { type: "invoice" } }), "reference.id"],
  [
    "ticket",
    "a reference that leads to a script",
    () => ({ reference: { type: "a", id: "1", url: "javascript:alert(1)" } }),
    "reference.url",
  ],
  ["ticket", "a field that the category does not have", () => ({ fields: { colour: "red" } }), "fields.colour"],
  [
    "ticket",
    "a field named like a prototype",
    () => JSON.parse('{"fields":{"__proto__":"x"}}') as object,
    "fields.__proto__",
  ],
  ["ticket", "an unknown field", () => ({ status: "closed" }), "status"],
  ["ticket", "an operator among the fields", () => ({ $where: "sleep(9999)" }), "$where"],
  ["ticket", "a constructor among the fields", () => ({ constructor: { prototype: { admin: true } } }), "constructor"],
  ["ticket", "a prototype among the fields", () => JSON.parse('{"__proto__":{"admin":true}}') as object, "__proto__"],
  ["ticket", "six files", () => ({ attachmentIds: Array.from({ length: 6 }, () => ticket.id) }), "attachmentIds"],
  ["ticket", "a file that is not there", () => ({ attachmentIds: [ticket.id] }), "attachmentIds"],
  ["ticket", "an earlier ticket that is not there", () => ({ followUpOf: "TKT-20200101-AAAAAAAA" }), "followUpOf"],
  ["behalf", "nobody to write for", () => ({}), "onBehalfOf"],
  ["behalf", "an empty person", () => ({ onBehalfOf: {} }), "onBehalfOf"],
  ["behalf", "two ways to name a person", () => ({ onBehalfOf: { id: customer.id, externalId: "x" } }), "onBehalfOf"],
  ["behalf", "an operator for a person", () => ({ onBehalfOf: { id: { $ne: "" } } }), "onBehalfOf"],
  ["behalf", "an address that is none", () => ({ onBehalfOf: { email: "nobody" } }), "onBehalfOf.email"],
  ["behalf", "an address for a person", () => ({ onBehalfOf: { email: "new@shop.example" } }), 201],
  ["change", "an unknown status", () => ({ status: "done" }), "status"],
  ["change", "somebody who is not on the staff", () => ({ assigneeId: customer.id }), "assigneeId"],
  ["change", "an operator for somebody", () => ({ assigneeId: { $ne: null } }), "assigneeId"],
  ["change", "a team that is not there", () => ({ teamId: "t1" }), "teamId"],
  ["change", "a version that is text", () => ({ version: "1" }), "version"],
  ["change", "a version below zero", () => ({ version: -1 }), "version"],
  ["change", "a subject, which stays", () => ({ subject: "Another" }), "subject"],
  ["change", "nothing at all", () => ({}), 200],
  ["comment", "an empty body", () => ({ body: "" }), "body"],
  ["comment", "a body of spaces", () => ({ body: " \n\t " }), "body"],
  ["comment", "a body of 1", () => ({ body: "x" }), 201],
  ["comment", "a body of 10000", () => ({ body: chars(10_000) }), 201],
  ["comment", "a body of 10001", () => ({ body: chars(10_001) }), "body"],
  ["comment", "NUL in the body", () => ({ body: "a\0b" }), "body"],
  ["comment", "an unknown visibility", () => ({ body: "Yes", visibility: "secret" }), "visibility"],
  ["comment", "an author", () => ({ body: "Yes", author: { type: "staff" } }), "author"],
  ["form", "no name", () => ({ name: "" }), "name"],
  ["form", "a name of 200", () => ({ name: chars(200) }), 201],
  ["form", "a name of 201", () => ({ name: chars(201) }), "name"],
  ["form", "an address without @", () => ({ email: "mara.shop.example" }), "email"],
  ["form", "two addresses", () => ({ email: "a@b.example, c@d.example" }), "email"],
  [
    "form",
    "an address that breaks into the head of a mail",
    () => ({ email: "a@b.example\r\nBcc: all@b.example" }),
    "email",
  ],
  [
    "form",
    "an address of 255",
    () => ({ email: `${chars(64)}@${"a".repeat(60)}.${"b".repeat(60)}.${"c".repeat(60)}.example` }),
    "email",
  ],
  ["form", "a message of 9", () => ({ message: chars(9) }), "message"],
  ["form", "a message of 5001", () => ({ message: chars(5001) }), "message"],
  ["form", "a message of 5000", () => ({ message: chars(5000) }), 201],
  ["form", "tags, which the form has not", () => ({ tags: ["a"] }), "tags"],
  ["site", "a name of 101", () => siteBody({ name: chars(101) }), "name"],
  ["site", "a slug with capitals", () => siteBody({ slug: "Shop" }), "slug"],
  ["site", "a slug of 64", () => siteBody({ slug: chars(64) }), "slug"],
  ["site", "a slug of 63", () => siteBody({ slug: `${chars(53)}${Date.now().toString(36).padStart(10, "0")}` }), 201],
  ["site", "a slug that climbs", () => siteBody({ slug: "../admin" }), "slug"],
  ["site", "every origin", () => siteBody({ origins: ["*"] }), "origins.0"],
  ["site", "an origin with a path", () => siteBody({ origins: ["https://shop.example/"] }), "origins.0"],
  ["site", "an origin with a person", () => siteBody({ origins: ["https://a:b@shop.example"] }), "origins.0"],
  ["site", "an origin with a wildcard", () => siteBody({ origins: ["https://*.shop.example"] }), "origins.0"],
  ["site", "an origin that is no address", () => siteBody({ origins: ["null"] }), "origins.0"],
  ["site", "a page of a file", () => siteBody({ origins: ["file:///etc/passwd"] }), "origins.0"],
  ["site", "an origin with a port", () => siteBody({ origins: ["http://localhost:8080"] }), 201],
  [
    "site",
    "51 origins",
    () => siteBody({ origins: Array.from({ length: 51 }, (_, index) => `https://s${index}.example`) }),
    "origins",
  ],
  ["site", "an unknown time zone", () => siteBody({ timezone: "Mars/Phobos" }), "timezone"],
  ["site", "an unknown language", () => siteBody({ locale: "not a locale" }), "locale"],
  ["settings", "no minutes", () => ({ sla: { high: 0 } }), "sla.high"],
  ["settings", "half a minute", () => ({ sla: { high: 0.5 } }), "sla.high"],
  ["settings", "a warning at 100 percent", () => ({ sla: { warnAt: 100 } }), "sla.warnAt"],
  ["settings", "no categories", () => ({ categories: [] }), "categories"],
  [
    "settings",
    "two fields of one key",
    () => {
      const field = { key: "size", label: "Size", type: "text" };
      return { categories: [{ key: "a", label: "A", fields: [field, { ...field, type: "number" }] }] };
    },
    "categories.0.fields",
  ],
  [
    "settings",
    "a shift beyond midnight's hour",
    () => ({ sla: { businessHours: { timezone: "UTC", days: [{ day: 1, from: "09:00", to: "24:30" }] } } }),
    "sla.businessHours.days.0.to",
  ],
  [
    "settings",
    "two categories with one key",
    () => ({
      categories: [
        { key: "a", label: "A" },
        { key: "a", label: "B" },
      ],
    }),
    "categories",
  ],
  [
    "settings",
    "a key that is an operator",
    () => ({ categories: [{ key: "$where", label: "A" }] }),
    "categories.0.key",
  ],
  [
    "settings",
    "a colour that is a style",
    () => ({ theme: { colors: { primary: "red;background:url(//evil)" } } }),
    "theme.colors.primary",
  ],
  ["settings", "no days", () => ({ retentionDays: 0 }), "retentionDays"],
  [
    "settings",
    "a number without a country",
    () => ({ channels: { sms: { onCall: ["0151 1234567"] } } }),
    "channels.sms.onCall.0",
  ],
  ["settings", "an unknown part", () => ({ backdoor: true }), "backdoor"],
  ["key", "an unknown kind", () => ({ kind: "master" }), "kind"],
  ["key", "no label", () => ({ label: " " }), "label"],
  ["key", "a label of 101", () => ({ label: chars(101) }), "label"],
  ["key", "a label of 100", () => ({ label: chars(100) }), 201],
  ["key", "a key of one's own", () => ({ key: "pk_mine" }), "key"],
  ["staff", "an unknown role", () => invite({ role: "root" }), "role"],
  ["staff", "no name", () => invite({ name: "" }), "name"],
  ["staff", "a name of 101", () => invite({ name: chars(101) }), "name"],
  ["staff", "a name of 100", () => invite({ name: chars(100) }), 201],
  ["staff", "a password for somebody else", () => invite({ password: "not yours to choose" }), "password"],
  ["login", "an operator for the address", () => ({ email: { $ne: null } }), "email"],
  ["login", "an operator for the password", () => ({ password: { $gt: "" } }), "password"],
  ["login", "a password of 1025", () => ({ password: chars(1025) }), "password"],
];

describe("values at their edges", () => {
  it.each(edges)("%s: %s", async (name, _what, change, outcome) => {
    const target: Target = targets[name];
    const method = target.route.split(" ")[0] ?? "";
    const total = async () => (await app.get("/v1/support/tickets/stats", { as: owner })).body.total as number;
    const before = await total();
    const reply = await app.call(method, target.path(), {
      as: target.as(),
      raw: JSON.stringify({ ...target.body, ...change() }, keepPrototype(change())),
    });
    assertDescribed(target.route, reply);
    if (typeof outcome === "number") {
      expect(reply.body).toBeTruthy();
      expect(reply.status).toBe(outcome);
    } else {
      const { code, errors } = problemOf(reply);
      expect([reply.status, code, errors?.map(({ path }) => path)]).toEqual([
        400,
        "validation_failed",
        [expect.stringMatching(exactly(outcome))],
      ]);
      expect(await total()).toBe(before);
    }
    expect(({} as { admin?: boolean }).admin).toBeUndefined();
  });
});

/** Spreading loses an own `__proto__`, so it is written into the text again. */
const keepPrototype =
  (change: object) =>
  (key: string, value: unknown): unknown =>
    key === "" && Object.hasOwn(change, "__proto__")
      ? Object.defineProperty({ ...(value as object) }, "__proto__", {
          value: (change as never)["__proto__"],
          enumerable: true,
        })
      : value;
const exactly = (path: string): RegExp => new RegExp(`^${path.replace(/[.$]/g, "\\$&")}$`);

describe("queries", () => {
  let cursors: { byTime: string; byNumber: string };
  beforeAll(async () => {
    for (let index = 0; index < 3; index++) await buildTicket(app, customer);
    const first = async (sort: string) =>
      (await app.get(`/v1/support/tickets?limit=1&sort=${sort}`, { as: customer })).body.nextCursor as string;
    cursors = { byTime: await first("-createdAt"), byNumber: await first("number") };
  });
  const list = "/v1/support/tickets";
  const good = [
    "",
    "limit=1",
    "limit=100",
    "limit=007",
    "sort=-updatedAt",
    "status=open,closed",
    "q=nothing",
    "q=%25",
    "q=%2B*%3F%5B%28",
    "q=%F0%9F%98%80",
    "tag=a,b",
    "assignee=none",
    "assignee=me",
    "customer=x",
    `q=${"a".repeat(200)}`,
    "q=%ff",
  ];
  const bad: [query: string, path: string][] = [
    ...["0", "101", "1000", "-1", "1.5", "abc", "1e1", "", "%201", "0x10", "١"].map((limit): [string, string] => [
      `limit=${limit}`,
      "limit",
    ]),
    ...[
      "status=new",
      "status=open,new",
      "status=",
      "status=open,",
      "priority=urgent",
      "sort=subject",
      "sort=--createdAt",
      "sort=createdAt,number",
    ].map((query): [string, string] => [query, query.split("=")[0] ?? ""]),
    ["status[$ne]=x", "status[$ne]"],
    ["status[]=open", "status[]"],
    ["$where=1", "$where"],
    ["unknown=1", "unknown"],
    ["__proto__=1", "__proto__"],
    ["constructor=1", "constructor"],
    ["__proto__[admin]=1", "__proto__[admin]"],
    ["limit=1&limit=2", "limit"],
    ["q=a&q=b", "q"],
    ["q=", "q"],
    [`q=${"a".repeat(201)}`, "q"],
    ["q=%00", "q"],
    ["tag=", "tag"],
    ["cursor=", "cursor"],
    ["cursor=abc", "cursor"],
    ["cursor=e30", "cursor"],
    ["cursor=W10", "cursor"],
    [`cursor=${Buffer.from('[{"$gt":""},1,"x"]').toString("base64url")}`, "cursor"],
    [`cursor=${Buffer.from('["-createdAt",9e99,"x"]').toString("base64url")}`, "cursor"],
    [`cursor=${Buffer.from('["-createdAt","1","x"]').toString("base64url")}`, "cursor"],
    [`cursor=${"a".repeat(1025)}`, "cursor"],
  ];

  it.each(good)("%s is a question that can be asked", async (query) => {
    for (const as of [customer.token, owner.token, site.secretKey]) {
      const reply = await app.get(`${list}?${query}`, { as });
      expect(reply.status).toBe(200);
      assertDescribed("GET /v1/support/tickets", reply);
    }
  });

  it.each(bad)("%s is refused at %s", async (query, path) => {
    const reply = await app.get(`${list}?${query}`, { as: customer });
    assertDescribed("GET /v1/support/tickets", reply);
    expect([reply.status, problemOf(reply).errors?.map((error) => error.path)]).toEqual([
      400,
      expect.arrayContaining([expect.stringMatching(new RegExp(`^${path.replace(/[[\]$.]/g, "\\$&")}(\\.\\d+)?$`))]),
    ]);
  });

  it("a cursor belongs to its order", async () => {
    expect((await app.get(`${list}?limit=1&sort=-createdAt&cursor=${cursors.byTime}`, { as: customer })).status).toBe(
      200,
    );
    expect((await app.get(`${list}?limit=1&sort=number&cursor=${cursors.byTime}`, { as: customer })).status).toBe(400);
    expect((await app.get(`${list}?limit=1&sort=-createdAt&cursor=${cursors.byNumber}`, { as: customer })).status).toBe(
      400,
    );
    const bent = `${cursors.byTime.slice(0, -4)}AAAA`;
    expect([200, 400]).toContain((await app.get(`${list}?cursor=${bent}`, { as: customer })).status);
  });

  it.each([
    "GET /v1/notifications",
    "GET /v1/support/tickets/:id/comments",
    "GET /v1/support/tickets/:id/history",
    "GET /v1/staff",
    "GET /v1/sites",
    "GET /v1/email-log",
    "GET /v1/email-suppressions",
    "GET /v1/alerts",
    "GET /v1/inbound/mail",
  ])("%s refuses unknown names, limits and cursors, too", async (route) => {
    const path = (route.split(" ")[1] ?? "").replace(":id", ticket.id);
    for (const query of ["limit=0", "limit=101", "unknown=1", "limit=1&limit=1", "cursor=", "limit[$gt]=1"]) {
      const reply = await app.get(`${path}?${query}`, { as: owner });
      assertDescribed(route, reply);
      expect([query, reply.status]).toEqual([query, 400]);
    }
    expect((await app.get(`${path}?limit=100`, { as: owner })).status).toBe(200);
  });
});

describe("ids", () => {
  const ids = [
    "0",
    "x",
    "%00",
    "%20",
    "..",
    "%2e%2e%2f%2e%2e",
    "$ne",
    "[object%20Object]",
    "__proto__",
    "constructor",
    "TKT-20200101-AAAAAAAA",
    "tkt-1",
    "'%20or%201=1",
    "%F0%9F%98%80",
    "%ff",
    "%",
    "%zz",
    "a".repeat(128),
    "a".repeat(129),
    "a".repeat(4000),
    "0".repeat(24),
    "f".repeat(24),
  ];
  it.each(ids)("%s is nobody's", async (id) => {
    for (const [route, method] of [
      ["/v1/support/tickets/:id", "GET"],
      ["/v1/support/tickets/:id", "PATCH"],
      ["/v1/support/tickets/:id/comments", "GET"],
      ["/v1/support/tickets/:id/comments", "POST"],
      ["/v1/notifications/:id/read", "PUT"],
      ["/v1/notifications/:id", "DELETE"],
      ["/v1/staff/:id", "PATCH"],
      ["/v1/email-log/:id/retry", "POST"],
      ["/v1/email-suppressions/:id", "DELETE"],
      ["/v1/alerts/:id/retry", "POST"],
      ["/v1/inbound/mail/:id/retry", "POST"],
      ["/v1/inbound/mail/:id/original", "GET"],
      ["/v1/sites/:slug", "GET"],
    ] as const) {
      const body =
        method === "POST" && route.endsWith("comments") ? { body: "Hello" } : method === "PATCH" ? {} : undefined;
      const path = route.replace(/:\w+/, id);
      const reply = await app.call(method, path, { as: owner, ...(body ? { body } : {}) });
      // An id that the address itself swallows leads elsewhere, or nowhere.
      expect([400, 404, 405]).toContain(reply.status);
      problemOf(reply);
    }
  });
});

describe("texts", () => {
  beforeEach(() => expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined());

  it("come back as they were sent, but for the space around them", async () => {
    const subject = "Ünïcödé 😀 \u202e right-to-left \u0001 <script>alert(1)</script> {{7*7}} ${x} %s";
    const { body } = await app.post("/v1/support/tickets", {
      as: customer,
      body: { ...ticketBody, subject: `  ${subject}\n`, tags: ["Billing", "billing", " BILLING "] },
    });
    expect(body).toMatchObject({ subject, tags: ["billing"] });
    expect((await app.get(`/v1/support/tickets/${body.id}`, { as: owner })).body.subject).toBe(subject);
  });

  it("never become markup", async () => {
    const body = `<img src=x onerror=alert(1)> <script>alert(1)</script> [a](javascript:alert(1)) [b](data:text/html,x) ![c](javascript:alert(1)) <a href="vbscript:x">d</a> <svg onload=alert(1)> <style>*{display:none}</style> <iframe src=//evil></iframe> **fine**`;
    const { html } = (await app.post(`/v1/support/tickets/${ticket.id}/comments`, { as: customer, body: { body } }))
      .body as { html: string };
    expect(html).toContain("<strong>fine</strong>");
    expect(html).not.toMatch(
      /<(script|img|svg|style|iframe)\b|<[^>]+\s(on\w+|style)\s*=|<[^>]+(href|src)\s*=\s*["']?\s*(javascript|vbscript|data):/i,
    );
  });
});
