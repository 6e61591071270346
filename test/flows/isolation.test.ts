// Longer than most: every route of the API has its entry in one table here, and a route without one must fail in one place.
import type { Ticket } from "@sidedesk/contract";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { suppressAddress } from "../../api/src/channels/suppression.model.ts";
import { makePasswordLink, makeTicketLink } from "../../api/src/accounts/index.ts";
import { routes } from "../../api/src/features.ts";
import { problemOf, type Reply, startTestApp, type TestApp } from "../support/app.ts";
import { bringMail, inboundEnv } from "../support/bring-mail.ts";
import {
  buildCustomer,
  buildSite,
  buildStaff,
  buildTicket,
  signUserToken,
  type TestCustomer,
  type TestSite,
  type TestStaff,
} from "../support/factories.ts";
import { upload } from "../support/files.ts";
import { corpus } from "../support/mail-corpus.ts";
import { buildPushBrowser } from "../support/push-browser.ts";
import { until } from "../support/until.ts";

/** A site's people and what belongs to them. Everything they ever typed contains their mark. */
interface Desk {
  site: TestSite;
  owner: TestStaff;
  agent: TestStaff;
  customer: Customer;
}
interface Customer extends TestCustomer {
  mark: string;
  ticket: Ticket;
  noticeId: string;
}
/** One thing that somebody tries who should get nowhere. */
interface Attempt {
  who: "customer" | "owner" | "server" | "public" | "nobody";
  path: string;
  body?: unknown;
  headers?: Record<string, string>;
  /** Instead of 404: 400 where an id stands in a body, 401 where a token is not theirs, 200 where a filter finds nothing. */
  status?: number;
}

let app: TestApp;
let ours: Desk;
let theirs: Desk;
/** Another customer of our own site. */
let neighbour: Customer;
let alerts: { ours: string; theirs: string };
let emails: { ours: string; theirs: string };
/** An address that the other site writes to no more. */
let suppressionId: string;
let inbound: { theirs: string };
let keys: { ours: string; theirs: string };
let notices: { ours: string; theirs: string };
let teams: { ours: string; theirs: string };
let files: { ours: string; note: string; neighbour: string; theirs: string; signature: string };
let cookies: { portal: string; staff: string };
let links: { invitation: string };
let queue: { bulk: string; view: string; reply: string; ownReply: string };
/** Endpoints, and deliveries, that each kind of ours must not reach. */
let webhooks: Record<"customer" | "owner" | "server", string[]>;
let deliveries: Record<"customer" | "owner" | "server", string[]>;
/** Of somebody of theirs who is nobody any more. */
let erasureId: string;
/** A notice of theirs for all of their customers. */
let broadcastId: string;

beforeAll(async () => {
  app = await startTestApp({ roles: ["http", "relay", "worker"], env: inboundEnv });
  ours = await buildDesk("zzours");
  theirs = await buildDesk("zztheirs");
  neighbour = await buildPerson(ours, "zzneighbour");
  emails = {
    ours: await firstId(ours.owner.token, "/v1/email-log"),
    theirs: await firstId(theirs.owner.token, "/v1/email-log"),
  };
  await suppressAddress(theirs.site.id, "zztheirs@gone.example", "It came back.");
  suppressionId = await firstId(theirs.owner.token, "/v1/email-suppressions");
  alerts = { ours: await makeAlert(ours, "zzours"), theirs: await makeAlert(theirs, "zztheirs") };
  const stranger = { from: theirs.customer.email, to: `reply+${theirs.site.slug}@desk.example` };
  await bringMail(app, corpus[0]!.raw(stranger));
  inbound = { theirs: await firstId(theirs.owner.token, "/v1/inbound/mail") };
  keys = {
    ours: await firstId(ours.owner.token, `/v1/sites/${ours.site.slug}/keys`),
    theirs: await firstId(theirs.owner.token, `/v1/sites/${theirs.site.slug}/keys`),
  };
  notices = {
    ours: await firstId(ours.agent.token, "/v1/notifications"),
    theirs: await firstId(theirs.agent.token, "/v1/notifications"),
  };
  const made = async (as: TestStaff, path: string, body: unknown): Promise<string> =>
    (await app.post(path, { as, body })).body.id as string;
  queue = {
    bulk: await made(theirs.agent, "/v1/support/tickets/bulk", {
      ids: [theirs.customer.ticket.id],
      change: { addTags: ["zztheirs-too"] },
    }),
    view: await made(theirs.agent, "/v1/views", { name: "zztheirs view", filter: { tag: "zztheirs" }, shared: true }),
    reply: await made(theirs.agent, "/v1/replies", {
      title: "zztheirs reply",
      body: "zztheirs words",
      shortcut: "same",
    }),
    ownReply: await made(ours.agent, "/v1/replies", { title: "zzours reply", body: "Hello {{customer.name}}" }),
  };
  await addBrowser(neighbour.token, "zzneighbour");
  await addBrowser(theirs.customer.token, "zztheirs");
  await addBrowser(theirs.agent.token, "zztheirsagent");
  teams = { ours: await makeTeam(ours), theirs: await makeTeam(theirs) };
  const [own, note, next, foreign] = await Promise.all(
    [ours.customer, ours.agent, neighbour, theirs.customer].map(
      async (as) => (await upload(app, as, "A file")).body as { id: string; url: string },
    ),
  );
  files = {
    ...{ ours: own!.id, note: note!.id, neighbour: next!.id, theirs: foreign!.id },
    signature: new URL(own!.url).searchParams.get("signature") ?? "",
  };
  const hung = { body: "With a file", visibility: "internal", attachmentIds: [files.note] };
  await app.post(`/v1/support/tickets/${ours.customer.ticket.id}/comments`, { as: ours.agent, body: hung });
  const hooks = {
    own: await makeWebhook(ours.customer.token, "zzours"),
    site: await makeWebhook(ours.owner.token, "zzours"),
    neighbour: await makeWebhook(neighbour.token, "zzneighbour"),
    theirs: await makeWebhook(theirs.customer.token, "zztheirs"),
    theirSite: await makeWebhook(theirs.owner.token, "zztheirs"),
  };
  const others = [hooks.neighbour, hooks.theirs, hooks.theirSite];
  const strange = (more: (typeof others)[number], key: "id" | "delivery") => [...others, more].map((one) => one[key]);
  webhooks = { customer: strange(hooks.site, "id"), owner: strange(hooks.own, "id"), server: strange(hooks.own, "id") };
  deliveries = {
    customer: strange(hooks.site, "delivery"),
    owner: strange(hooks.own, "delivery"),
    server: strange(hooks.own, "delivery"),
  };
  const link = new URL(
    await makeTicketLink({
      siteId: theirs.site.id,
      customerId: theirs.customer.id,
      number: theirs.customer.ticket.number,
    }),
  );
  const opened = await app.post("/v1/portal/link", {
    body: { token: new URLSearchParams(link.hash.slice(1)).get("token") },
  });
  const signedIn = await app.post("/v1/staff/login", {
    body: { email: theirs.owner.email, password: theirs.owner.password },
  });
  cookies = { portal: cookieOf(opened), staff: cookieOf(signedIn) };
  const gone = await buildCustomer(app, theirs.site, { name: "zztheirs gone" });
  erasureId = (await app.post(`/v1/customers/${gone.id}/erase`, { as: theirs.owner, body: { confirm: gone.email } }))
    .body.id as string;
  links = { invitation: new URL(await makePasswordLink(theirs.agent.id)).searchParams.get("token") ?? "" };
  // Last, and waited for: it tells everybody there, and what they have been told is looked at.
  const told = { audience: "all", type: "info", title: "zztheirs news", message: "zztheirs words" };
  broadcastId = (await app.post("/v1/notifications", { as: theirs.site.secretKey, body: told })).body.id as string;
  await until(
    async () =>
      (await app.get(`/v1/notifications/broadcasts/${broadcastId}`, { as: theirs.site.secretKey })).body.state ===
      "done",
    { what: "the end of the broadcast" },
  );
});
afterAll(() => app.close());

const cookieOf = (reply: Reply): string => reply.headers.getSetCookie()[0]?.split(";")[0] ?? "";
const firstId = (token: string, path: string): Promise<string> =>
  until(async () => (await app.get(path, { as: token })).body.data?.[0]?.id as string | undefined, {
    what: `something at ${path}`,
  });

const makeTeam = async ({ owner, agent, customer }: Desk): Promise<string> => {
  const body = { name: `${customer.mark} team`, memberIds: [agent.id] };
  return (await app.post("/v1/teams", { as: owner, body })).body.id as string;
};

async function buildDesk(mark: string): Promise<Desk> {
  const site = await buildSite({ slug: `${mark}-${Date.now().toString(36)}` });
  const owner = await buildStaff(app, site, { role: "owner", name: `${mark} owner` });
  const agent = await buildStaff(app, site, { role: "agent", name: `${mark} agent` });
  const desk = { site, owner, agent } as Desk;
  desk.customer = await buildPerson(desk, mark);
  return desk;
}

/** A customer with a ticket that is assigned and answered, so that each has a notice and a mail. */
async function buildPerson({ site, owner, agent }: Desk, mark: string): Promise<Customer> {
  const person = await buildCustomer(app, site, {
    sub: `${mark}-sub-${Date.now().toString(36)}`,
    name: `${mark} customer`,
  });
  const ticket = await buildTicket(app, person, {
    subject: `${mark} subject`,
    description: `${mark} description`,
    tags: [mark],
    reference: { type: "site", id: mark },
  });
  expect(
    (
      await app.post(`/v1/support/tickets/${ticket.id}/comments`, {
        as: person,
        body: { body: `${mark} adds something` },
      })
    ).status,
  ).toBe(201);
  expect(
    (await app.patch(`/v1/support/tickets/${ticket.id}`, { as: owner, body: { assigneeId: agent.id } })).status,
  ).toBe(200);
  expect(
    (await app.post(`/v1/support/tickets/${ticket.id}/comments`, { as: owner, body: { body: `${mark} is answered` } }))
      .status,
  ).toBe(201);
  expect(
    (
      await app.post(`/v1/support/tickets/${ticket.id}/comments`, {
        as: owner,
        body: { body: `${mark} in a note`, visibility: "internal" },
      })
    ).status,
  ).toBe(201);
  return { ...person, mark, ticket, noticeId: await firstId(person.token, "/v1/notifications") };
}

/** Whose things each of our people must not reach. */
const strangersOf = (who: "customer" | "owner" | "server"): Customer[] =>
  who === "customer" ? [neighbour, theirs.customer] : [theirs.customer];
const people = ["customer", "owner", "server"] as const;
const tokenOf = (who: Attempt["who"]): string | undefined =>
  ({
    customer: ours.customer.token,
    owner: ours.owner.token,
    server: ours.site.secretKey,
    public: ours.site.publicKey,
    nobody: undefined,
  })[who];

/** Each kind of caller tries every spelling of each stranger's ticket. */
const onTickets = (rest = "", more: Partial<Attempt> = {}): Attempt[] =>
  people.flatMap((who) =>
    strangersOf(who).flatMap(({ ticket }) =>
      [ticket.id, ticket.number, ticket.number.toLowerCase()].map((ref) => ({
        who,
        path: `/v1/support/tickets/${ref}${rest}`,
        ...more,
      })),
    ),
  );
/** Each kind of caller sends a valid body to our own ticket that names something of a stranger. */
const onOwnTicket = (who: "customer" | "owner" | "server", body: unknown, status = 400): Attempt => ({
  who,
  path: `/v1/support/tickets/${ours.customer.ticket.id}`,
  body,
  status,
});
const ticketBody = { subject: "Whose is this?", description: "It names what is not ours." };
/** Their customers, named by our systems by id and by the host's id. */
const strangersAsCustomer = (path: string, body: object, field = "customer"): Attempt[] =>
  [{ id: theirs.customer.id }, { externalId: theirs.customer.externalId }].map((ref) => ({
    who: "server",
    path,
    body: { ...body, [field]: field === "customers" ? [ref] : ref },
  }));
const onNotices = (rest = "", body?: unknown): Attempt[] => [
  ...[neighbour.noticeId, theirs.customer.noticeId, notices.ours, notices.theirs].map((id): Attempt => ({
    who: "customer",
    path: `/v1/notifications/${id}${rest}`,
    body,
  })),
  ...[ours.customer.noticeId, theirs.customer.noticeId, notices.ours, notices.theirs].map((id): Attempt => ({
    who: "owner",
    path: `/v1/notifications/${id}${rest}`,
    body,
  })),
];
const pushPath = "/v1/notifications/push";
/** A person's browser; its push service is named after them. */
const endpointOf = (mark: string): string => `https://${mark}.example/push`;
const addBrowser = (as: string, mark: string): Promise<Reply> =>
  app.post(pushPath, { as, body: buildPushBrowser("https://push.example", mark, endpointOf(mark)).subscription });
const onPush = (): Record<string, () => Attempt[]> => {
  const both = (more: Partial<Attempt>): Attempt[] =>
    (["customer", "owner"] as const).map((who) => ({ who, path: pushPath, ...more }));
  return {
    [`GET ${pushPath}`]: () => both({ status: 200 }),
    [`POST ${pushPath}`]: () => both({ body: { endpoint: endpointOf("zztheirs") }, status: 400 }),
    [`DELETE ${pushPath}`]: () =>
      ["zzneighbour", "zztheirs", "zztheirsagent"].flatMap((mark) => both({ body: { endpoint: endpointOf(mark) } })),
  };
};
/** What staff keep beside tickets, tried by those of another site. */
const onQueue = (path: string, body?: unknown): Attempt[] =>
  (["owner", "server"] as const).map((who) => ({ who, path, body }));
const onLinks = (): Attempt[] => [
  ...onTickets(`/links/${ours.customer.ticket.id}`).filter(({ who }) => who !== "customer"),
  ...onQueue(`/v1/support/tickets/${ours.customer.ticket.id}/links/${theirs.customer.ticket.number}`),
];
const onSite = (rest = "", body?: unknown): Attempt[] => [
  { who: "owner", path: `/v1/sites/${theirs.site.slug}${rest}`, body },
];
const onCustomers = (rest = "", body?: unknown): Attempt[] =>
  (["owner", "server"] as const).flatMap((who) =>
    [theirs.customer.id, theirs.customer.externalId ?? "", ours.agent.id].map((id) => ({
      who,
      path: `/v1/customers/${id}${rest}`,
      ...(body === undefined ? {} : { body }),
    })),
  );
const filters = (): string[] => {
  const { customer, agent } = theirs;
  return [
    `customer=${customer.id}`,
    `customer=${encodeURIComponent(customer.email)}`,
    `assignee=${agent.id}`,
    `team=${teams.theirs}`,
    `tag=${customer.mark}`,
    `q=${customer.mark}`,
    `q=${customer.ticket.number}`,
    `q=${encodeURIComponent(customer.email)}`,
  ];
};

/** How each route is tried. A route that is not here fails the walk, so that nobody adds one without saying how it is kept apart. */
const walk: Record<string, () => Attempt[]> = {
  "POST /v1/support/tickets": () => [
    ...people.flatMap((who) =>
      strangersOf(who).flatMap(({ ticket }) =>
        [ticket.id, ticket.number].map((followUpOf): Attempt => ({
          who,
          path: "/v1/support/tickets",
          body: { ...ticketBody, followUpOf, ...(who === "customer" ? {} : { onBehalfOf: { id: ours.customer.id } }) },
          status: 400,
        })),
      ),
    ),
    ...(["owner", "server"] as const).flatMap((who) =>
      [{ id: theirs.customer.id }, { externalId: theirs.customer.externalId }].map((onBehalfOf): Attempt => ({
        who,
        path: "/v1/support/tickets",
        body: { ...ticketBody, onBehalfOf },
      })),
    ),
    {
      who: "customer",
      path: "/v1/support/tickets",
      body: { ...ticketBody, onBehalfOf: { id: neighbour.id } },
      status: 403,
    },
    {
      who: "customer",
      path: "/v1/support/tickets",
      body: { ...ticketBody, attachmentIds: [theirs.customer.ticket.id] },
      status: 400,
    },
  ],
  "GET /v1/support/tickets": () =>
    people.flatMap((who) =>
      ["", ...filters()].map((query): Attempt => ({ who, path: `/v1/support/tickets?${query}`, status: 200 })),
    ),
  ...Object.fromEntries(
    ["csv", "json"].map((format) => [
      `GET /v1/support/exports/tickets.${format}`,
      () => [
        ...(["owner", "server"] as const).flatMap((who) =>
          ["", ...filters()].map((query): Attempt => ({
            who,
            path: `/v1/support/exports/tickets.${format}?${query}`,
            status: 200,
          })),
        ),
        { who: "customer" as const, path: `/v1/support/exports/tickets.${format}`, status: 403 },
      ],
    ]),
  ),
  "GET /v1/support/tickets/stats": () => people.map((who) => ({ who, path: "/v1/support/tickets/stats", status: 200 })),
  "POST /v1/imports": () => [
    { who: "customer", path: "/v1/imports", status: 403 },
    { who: "owner", path: "/v1/imports", body: { id: theirImport }, status: 415 },
  ],
  "GET /v1/imports": () => [
    { who: "owner", path: "/v1/imports", status: 200 },
    { who: "customer", path: "/v1/imports", status: 403 },
  ],
  "GET /v1/imports/:id": () =>
    (["owner", "server"] as const).map((who) => ({ who, path: `/v1/imports/${theirImport}` })),
  "GET /v1/imports/:id/rejects.csv": () =>
    (["owner", "server"] as const).map((who) => ({ who, path: `/v1/imports/${theirImport}/rejects.csv` })),
  "GET /v1/activity": () => [
    ...(["owner", "server"] as const).flatMap((who) =>
      [
        "",
        `ticket=${theirs.customer.ticket.number}`,
        `ticket=${theirs.customer.ticket.id}`,
        `actor=${theirs.agent.id}`,
      ].map((query): Attempt => ({ who, path: `/v1/activity?${query}`, status: 200 })),
    ),
    { who: "customer", path: "/v1/activity", status: 403 },
  ],
  "GET /v1/reports/overview": () => [
    ...(["owner", "server"] as const).map((who): Attempt => ({ who, path: "/v1/reports/overview", status: 200 })),
    { who: "customer", path: "/v1/reports/overview", status: 403 },
  ],
  "POST /v1/support/attachments": () => [
    { who: "public", path: "/v1/support/attachments", status: 401 },
    { who: "nobody", path: "/v1/support/attachments", status: 401 },
  ],
  "GET /v1/support/attachments/:id": () =>
    people.flatMap((who) =>
      (who === "customer" ? [files.note, files.neighbour, files.theirs] : [files.theirs]).map((id): Attempt => ({
        who,
        path: `/v1/support/attachments/${id}`,
      })),
    ),
  // What is signed is the file and the part; neither can be changed, and our own signature opens no other file.
  ...Object.fromEntries(
    ["file", "preview"].map((part) => [
      `GET /v1/support/attachments/:id/${part}`,
      (): Attempt[] =>
        [files.theirs, files.note, files.ours].map((id) => ({
          who: "nobody",
          path: `/v1/support/attachments/${id}/${part}?expires=99999999999&signature=${files.signature}`,
          status: 401,
        })),
    ]),
  ),
  "GET /v1/support/tickets/:id": () => onTickets(),
  "PATCH /v1/support/tickets/:id": () => [
    ...onTickets("", { body: { status: "closed" } }),
    ...(["owner", "server"] as const).flatMap((who) =>
      [theirs.agent.id, theirs.owner.id, ours.customer.id].map((assigneeId) => onOwnTicket(who, { assigneeId })),
    ),
    onOwnTicket("owner", { teamId: theirs.site.id }),
    onOwnTicket("owner", { teamId: teams.theirs }),
    onOwnTicket("server", { teamId: teams.theirs }),
    onOwnTicket("customer", { assigneeId: theirs.agent.id }, 403),
  ],
  "DELETE /v1/support/tickets/:id": () => onTickets("", { status: 405 }),
  "GET /v1/support/tickets/:id/history": () => onTickets("/history"),
  "GET /v1/support/tickets/:id/comments": () => onTickets("/comments"),
  "POST /v1/support/tickets/:id/comments": () => [
    ...onTickets("/comments", { body: { body: "I was here" } }),
    ...people.map((who): Attempt => ({
      who,
      path: `/v1/support/tickets/${ours.customer.ticket.id}/comments`,
      body: { body: "A file", attachmentIds: [theirs.customer.ticket.id] },
      status: 400,
    })),
  ],
  "POST /v1/support/tickets/:id/rating": () =>
    onTickets("/rating", { body: { score: 1 } }).map((attempt) =>
      attempt.who === "customer" ? attempt : { ...attempt, status: 403 },
    ),
  "POST /v1/support/ratings": () =>
    [ours.customer.token, theirs.customer.token, links.invitation].map((token) => ({
      who: "nobody",
      path: "/v1/support/ratings",
      body: { token, score: 1 },
      status: 401,
    })),
  "POST /v1/support/tickets/bulk": () =>
    (["owner", "server"] as const).flatMap((who): Attempt[] => [
      {
        who,
        path: "/v1/support/tickets/bulk",
        body: { ids: [theirs.customer.ticket.id, theirs.customer.ticket.number], change: { status: "closed" } },
        status: 200,
      },
      {
        who,
        path: "/v1/support/tickets/bulk",
        body: { filter: { customer: theirs.customer.id, tag: theirs.customer.mark }, change: { status: "closed" } },
        status: 202,
      },
      ...[{ assigneeId: theirs.agent.id }, { assigneeId: ours.customer.id }, { teamId: theirs.site.id }].map(
        (change): Attempt => ({
          who,
          path: "/v1/support/tickets/bulk",
          body: { ids: [ours.customer.ticket.id], change },
          status: 400,
        }),
      ),
    ]),
  "GET /v1/support/tickets/bulk/:id": () => onQueue(`/v1/support/tickets/bulk/${queue.bulk}`),
  "POST /v1/support/tickets/bulk/:id/undo": () => onQueue(`/v1/support/tickets/bulk/${queue.bulk}/undo`),
  "POST /v1/support/tickets/:id/merge": () => [
    ...onTickets("/merge", { body: { into: ours.customer.ticket.id } }).filter(({ who }) => who !== "customer"),
    ...onQueue(`/v1/support/tickets/${ours.customer.ticket.id}/merge`, { into: theirs.customer.ticket.id }),
    { who: "customer", path: `/v1/support/tickets/${ours.customer.ticket.id}/merge`, body: { into: "x" }, status: 403 },
  ],
  "POST /v1/support/tickets/:id/unmerge": () => onTickets("/unmerge").filter(({ who }) => who !== "customer"),
  "PUT /v1/support/tickets/:id/links/:otherId": () => onLinks(),
  "DELETE /v1/support/tickets/:id/links/:otherId": () => onLinks(),
  "GET /v1/views": () => [{ who: "owner", path: "/v1/views?counts=true", status: 200 }],
  "POST /v1/views": () => [
    {
      who: "owner",
      path: "/v1/views",
      body: { name: "Theirs", filter: { customer: theirs.customer.id }, shared: true },
      status: 201,
    },
  ],
  "PATCH /v1/views/:id": () => onQueue(`/v1/views/${queue.view}`, { name: "Mine now" }),
  "DELETE /v1/views/:id": () => onQueue(`/v1/views/${queue.view}`),
  "GET /v1/replies": () =>
    (["owner", "server"] as const).map((who) => ({ who, path: "/v1/replies?q=zz", status: 200 })),
  "POST /v1/replies": () => [
    { who: "owner", path: "/v1/replies", body: { title: "Same words", body: "Same.", shortcut: "same" }, status: 201 },
  ],
  "PATCH /v1/replies/:id": () => onQueue(`/v1/replies/${queue.reply}`, { title: "Mine now" }),
  "DELETE /v1/replies/:id": () => onQueue(`/v1/replies/${queue.reply}`),
  "POST /v1/replies/:id/render": () => [
    ...onQueue(`/v1/replies/${queue.reply}/render`, { ticketId: ours.customer.ticket.id }),
    ...onQueue(`/v1/replies/${queue.ownReply}/render`, { ticketId: theirs.customer.ticket.id }),
  ],
  "GET /v1/support/categories": () =>
    [...people, "public" as const].map((who) => ({ who, path: "/v1/support/categories", status: 200 })),
  "POST /v1/support/submissions": () => [
    {
      who: "public",
      path: "/v1/support/submissions",
      body: {
        name: "Somebody",
        email: "somebody@elsewhere.example",
        subject: "Nobody in particular",
        message: "A form that anybody may send.",
      },
      status: 201,
    },
  ],
  "GET /v1/customers": () =>
    (["owner", "server"] as const).flatMap((who) =>
      ["", `q=${theirs.customer.mark}`, `q=${encodeURIComponent(theirs.customer.email)}`].map((query): Attempt => ({
        who,
        path: `/v1/customers?${query}`,
        status: 200,
      })),
    ),
  "GET /v1/customers/:id": () => onCustomers(),
  "PATCH /v1/customers/:id": () => onCustomers("", { notes: "Mine now" }),
  "GET /v1/customers/:id/erase": () => onCustomers("/erase").filter(({ who }) => who === "owner"),
  "POST /v1/customers/:id/erase": () =>
    onCustomers("/erase", { confirm: theirs.customer.email }).filter(({ who }) => who === "owner"),
  "GET /v1/erasures/:id": () => [{ who: "owner", path: `/v1/erasures/${erasureId}` }],
  "GET /v1/operations": () => [{ who: "owner", path: "/v1/operations", status: 200 }],
  "POST /v1/operations/retention": () => [{ who: "owner", path: "/v1/operations/retention", status: 202 }],
  "GET /v1/operations/failed": () =>
    ["", "queue=channels.mail"].map((query) => ({
      who: "owner",
      path: `/v1/operations/failed?${query}`,
      status: 200,
    })),
  "POST /v1/operations/failed/retry": () => [
    {
      who: "owner",
      path: "/v1/operations/failed/retry",
      body: { queue: "channels.mail", id: emails.theirs },
    },
  ],
  "POST /v1/operations/queues": () => [{ who: "owner", path: "/v1/operations/queues", status: 200 }],
  "GET /v1/audit": () =>
    ["", `actor=${theirs.owner.id}`].map((query) => ({ who: "owner", path: `/v1/audit?${query}`, status: 200 })),
  "GET /v1/live": () => [
    { who: "customer", path: "/v1/live?after=0", status: 200 },
    { who: "owner", path: "/v1/live?after=0", status: 200 },
    { who: "owner", path: "/v1/live?after=0", headers: { "x-site": theirs.site.slug } },
  ],
  "GET /v1/notifications": () => [
    { who: "customer", path: "/v1/notifications", status: 200 },
    { who: "owner", path: "/v1/notifications", status: 200 },
  ],
  "GET /v1/notifications/preferences": () => [
    { who: "customer", path: "/v1/notifications/preferences", status: 200 },
    { who: "owner", path: "/v1/notifications/preferences", status: 200 },
  ],
  "PUT /v1/notifications/preferences": () => [
    { who: "customer", path: "/v1/notifications/preferences", body: { digest: "daily" }, status: 200 },
    { who: "owner", path: "/v1/notifications/preferences", body: { locale: "de" }, status: 200 },
  ],
  "PUT /v1/notifications/read-all": () => [
    { who: "customer", path: "/v1/notifications/read-all", status: 204 },
    { who: "owner", path: "/v1/notifications/read-all", status: 204 },
  ],
  "PUT /v1/notifications/:id/read": () => onNotices("/read"),
  "DELETE /v1/notifications/:id": () => onNotices(),
  "PUT /v1/notifications/:id/snooze": () => onNotices("/snooze", { until: "2027-06-01T00:00:00.000Z" }),
  "POST /v1/notifications/bulk": () =>
    (["customer", "owner"] as const).flatMap((who) =>
      (["read", "delete", "restore"] as const).map((action) => ({
        who,
        path: "/v1/notifications/bulk",
        body: { action, ids: [neighbour.noticeId, theirs.customer.noticeId, notices.theirs] },
        status: 200,
      })),
    ),
  "POST /v1/notifications": () => [
    ...strangersAsCustomer("/v1/notifications", { type: "info", title: "Whose?", message: "Not yours." }),
    ...strangersAsCustomer("/v1/notifications", { type: "info", title: "Whose?", message: "Not yours." }, "customers"),
  ],
  "POST /v1/support/preview": () =>
    (["owner", "server", "customer"] as const).map((who) => ({
      who,
      path: "/v1/support/preview",
      body: { body: `@[Their agent](staff:${theirs.agent.id})`, visibility: "internal" },
      status: 200,
    })),
  "GET /v1/notifications/broadcasts/:id": () => [
    { who: "server", path: `/v1/notifications/broadcasts/${broadcastId}` },
  ],
  "POST /v1/events": () => strangersAsCustomer("/v1/events", { type: "whose", data: {} }),
  ...onPush(),
  ...onWebhooks(),
  "GET /v1/email-log": () => [{ who: "owner", path: "/v1/email-log", status: 200 }],
  "GET /v1/email-log/:id/preview": () => [{ who: "owner", path: `/v1/email-log/${emails.theirs}/preview` }],
  "GET /v1/email-suppressions": () => [{ who: "owner", path: "/v1/email-suppressions", status: 200 }],
  "DELETE /v1/email-suppressions/:id": () => [{ who: "owner", path: `/v1/email-suppressions/${suppressionId}` }],
  "GET /v1/sites/:slug/channels/email/preview": () => onSite("/channels/email/preview?kind=mentioned"),
  "POST /v1/email-log/:id/retry": () => [{ who: "owner", path: `/v1/email-log/${emails.theirs}/retry` }],
  "POST /v1/inbound/mail": () => [
    { who: "owner", path: "/v1/inbound/mail", status: 415 },
    { who: "nobody", path: "/v1/inbound/mail", headers: { "content-type": "message/rfc822" }, status: 401 },
  ],
  "GET /v1/inbound": () => [{ who: "owner", path: "/v1/inbound", status: 200 }],
  "GET /v1/inbound/mail": () => [{ who: "owner", path: "/v1/inbound/mail", status: 200 }],
  "GET /v1/inbound/mail/:id/original": () => [{ who: "owner", path: `/v1/inbound/mail/${inbound.theirs}/original` }],
  "POST /v1/inbound/mail/:id/retry": () => [{ who: "owner", path: `/v1/inbound/mail/${inbound.theirs}/retry` }],
  "GET /v1/alerts": () => [{ who: "owner", path: "/v1/alerts", status: 200 }],
  "POST /v1/alerts/:id/retry": () => [{ who: "owner", path: `/v1/alerts/${alerts.theirs}/retry` }],
  "POST /v1/sites/:slug/channels/:kind/test": () => onSite("/channels/discord/test"),
  "GET /v1/site": () => (["public", "customer"] as const).map((who) => ({ who, path: "/v1/site", status: 200 })),
  "GET /v1/sites": () => [{ who: "owner", path: "/v1/sites", status: 200 }],
  "POST /v1/sites": () => [
    { who: "owner", path: "/v1/sites", body: { name: "Mine now", slug: theirs.site.slug }, status: 409 },
  ],
  "GET /v1/sites/:slug": () => onSite(),
  "PATCH /v1/sites/:slug": () => [
    ...onSite("", { name: "Mine now" }),
    { who: "owner", path: `/v1/sites/${ours.site.slug}`, body: { slug: theirs.site.slug }, status: 409 },
  ],
  "GET /v1/sites/:slug/settings": () => onSite("/settings"),
  "PATCH /v1/sites/:slug/settings": () => onSite("/settings", { retentionDays: 1 }),
  "GET /v1/sites/:slug/keys": () => onSite("/keys"),
  "POST /v1/sites/:slug/keys": () => onSite("/keys", { kind: "secret", label: "Mine now" }),
  "DELETE /v1/sites/:slug/keys/:id": () => [
    ...onSite(`/keys/${keys.theirs}`),
    { who: "owner", path: `/v1/sites/${ours.site.slug}/keys/${keys.theirs}` },
  ],
  "GET /v1/staff": () => [{ who: "owner", path: "/v1/staff", status: 200 }],
  "GET /v1/staff/me": () => [{ who: "owner", path: "/v1/staff/me", status: 200 }],
  "POST /v1/staff": () => [
    {
      who: "owner",
      path: "/v1/staff",
      body: { email: theirs.agent.email, name: "Known elsewhere", role: "viewer" },
      headers: { "x-site": theirs.site.slug },
    },
  ],
  "PATCH /v1/staff/:id": () =>
    [theirs.agent.id, theirs.owner.id].map((id) => ({
      who: "owner",
      path: `/v1/staff/${id}`,
      body: { disabled: true },
    })),
  "DELETE /v1/staff/:id": () =>
    [theirs.agent.id, theirs.owner.id].map((id) => ({ who: "owner", path: `/v1/staff/${id}` })),
  "GET /v1/staff/load": () => [{ who: "owner", path: "/v1/staff/load", status: 200 }],
  "GET /v1/teams": () => [{ who: "owner", path: "/v1/teams", status: 200 }],
  "POST /v1/teams": () => [
    { who: "owner", path: "/v1/teams", body: { name: "Mine now", memberIds: [theirs.agent.id] }, status: 400 },
  ],
  "PATCH /v1/teams/:id": () => [
    { who: "owner", path: `/v1/teams/${teams.theirs}`, body: { name: "Mine now" } },
    { who: "owner", path: `/v1/teams/${teams.ours}`, body: { memberIds: [theirs.agent.id] }, status: 400 },
  ],
  "DELETE /v1/teams/:id": () => [{ who: "owner", path: `/v1/teams/${teams.theirs}` }],
  "POST /v1/sessions": () => [
    { who: "nobody", path: "/v1/sessions", body: { siteKey: ours.site.publicKey, userToken: theirToken }, status: 401 },
  ],
  // All answer alike whoever is known, with what was typed; the rest is told by mail, to whoever reads that mailbox.
  "POST /v1/portal/register": () =>
    [ours.site.slug, theirs.site.slug].map((slug) => ({
      who: "nobody",
      path: "/v1/portal/register",
      body: { site: slug, email: theirs.owner.email, password: "a password of mine" },
      status: 202,
    })),
  "POST /v1/portal/password/forgot": () => [
    {
      who: "nobody",
      path: "/v1/portal/password/forgot",
      body: { site: ours.site.slug, email: theirs.customer.email },
      status: 204,
    },
  ],
  "POST /v1/portal/login": () =>
    [ours.site.slug, theirs.site.slug].map((slug) => ({
      who: "nobody",
      path: "/v1/portal/login",
      body: { site: slug, email: theirs.customer.email, password: "a password of mine" },
      status: 401,
    })),
  "POST /v1/portal/verify": () =>
    [ours.customer.token, links.invitation].map((token) => ({
      who: "nobody",
      path: "/v1/portal/verify",
      body: { token },
      status: 401,
    })),
  "POST /v1/portal/password/reset": () =>
    [ours.customer.token, links.invitation].map((token) => ({
      who: "nobody",
      path: "/v1/portal/password/reset",
      body: { token, password: "a password of mine" },
      status: 401,
    })),
  "POST /v1/portal/link": () =>
    [ours.customer.token, theirs.owner.token, links.invitation].map((token) => ({
      who: "nobody",
      path: "/v1/portal/link",
      body: { token },
      status: 401,
    })),
  // Their cookie is for their portal: to ours it is as if none had come.
  "POST /v1/portal/refresh": () => [
    {
      who: "nobody",
      path: "/v1/portal/refresh",
      body: { site: ours.site.slug },
      headers: { cookie: cookies.portal },
      status: 204,
    },
    ...forged("/v1/portal/refresh", { site: ours.site.slug }),
  ],
  "POST /v1/portal/logout": () => [
    {
      who: "nobody",
      path: "/v1/portal/logout",
      body: { site: ours.site.slug },
      headers: { cookie: cookies.portal },
      status: 204,
    },
  ],
  "POST /v1/staff/login": () => [
    {
      who: "nobody",
      path: "/v1/staff/login",
      body: { email: theirs.owner.email, password: "not theirs at all" },
      status: 401,
    },
  ],
  "POST /v1/staff/refresh": () => [
    {
      who: "nobody",
      path: "/v1/staff/refresh",
      headers: { cookie: cookies.portal.replace(/^[^=]+/, "sidedesk_staff") },
      status: 401,
    },
  ],
  "POST /v1/staff/logout": () => [
    { who: "nobody", path: "/v1/staff/logout", headers: { cookie: "sidedesk_staff=a.b.c" }, status: 204 },
  ],
  "POST /v1/staff/password/forgot": () => [
    { who: "nobody", path: "/v1/staff/password/forgot", body: { email: theirs.owner.email }, status: 204 },
  ],
  "POST /v1/staff/password": () =>
    [ours.owner.token, theirs.customer.token].map((token) => ({
      who: "nobody",
      path: "/v1/staff/password",
      body: { token, password: "a password of mine" },
      status: 401,
    })),
};
/** Endpoints are a customer's own or their site's: ours see neither theirs, nor a neighbour's, nor each other's. */
function onWebhooks(): Record<string, () => Attempt[]> {
  const path = "/v1/webhooks";
  const everybody = (attempt: Omit<Attempt, "who" | "path">, at = path) =>
    people.map((who): Attempt => ({ who, path: at, ...attempt }));
  const onEach = (rest = "", body?: unknown): Attempt[] =>
    people.flatMap((who) =>
      webhooks[who].map((id): Attempt => ({ who, path: `${path}/${id}${rest}`, ...(body ? { body } : {}) })),
    );
  return {
    "GET /v1/webhooks/event-types": () => everybody({ status: 200 }, `${path}/event-types`),
    "GET /v1/webhooks": () => everybody({ status: 200 }),
    "POST /v1/webhooks": () => everybody({ body: { url: "https://127.0.0.1/", events: ["a"] }, status: 400 }),
    "GET /v1/webhooks/:id": () => onEach(),
    "PATCH /v1/webhooks/:id": () => onEach("", { description: "Mine now" }),
    "DELETE /v1/webhooks/:id": () => onEach(),
    "POST /v1/webhooks/:id/rotate-secret": () => onEach("/rotate-secret"),
    "POST /v1/webhooks/:id/test": () => onEach("/test"),
    "POST /v1/webhooks/:id/replay": () => onEach("/replay", { since: "2026-01-01T00:00:00.000Z" }),
    "GET /v1/webhooks/:id/figures": () => onEach("/figures"),
    "GET /v1/webhooks/:id/deliveries": () => onEach("/deliveries"),
    "POST /v1/webhooks/deliveries/:id/retry": () =>
      people.flatMap((who) => deliveries[who].map((id): Attempt => ({ who, path: `${path}/deliveries/${id}/retry` }))),
  };
}
/** An endpoint that is paused, so that nothing leaves, with one delivery that is held. */
async function makeWebhook(as: string, mark: string): Promise<{ id: string; delivery: string }> {
  const body = { url: `https://${mark}.example/hook`, events: [mark], description: `${mark} endpoint` };
  const { id } = (await app.post("/v1/webhooks", { as, body })).body as { id: string };
  await app.patch(`/v1/webhooks/${id}`, { as, body: { active: false } });
  await app.post(`/v1/webhooks/${id}/test`, { as });
  return { id, delivery: await firstId(as, `/v1/webhooks/${id}/deliveries`) };
}
/** A portal cookie of theirs under the name that ours would have. */
const forged = (path: string, body: unknown): Attempt[] => [
  { who: "nobody", path, body, headers: { cookie: cookies.portal.replace(theirs.site.id, ours.site.id) }, status: 401 },
];
let theirToken: string;
let theirImport: string;

/** A file that says who sent it, in its only row. */
async function importOne({ owner }: Desk, mark: string): Promise<string> {
  const form = new FormData();
  form.append(
    "file",
    new Blob([`subject,description,email\n${mark},${mark} was imported,${mark}@home.example\n`]),
    "a.csv",
  );
  const encoded = new Response(form);
  const reply = await app.post("/v1/imports", {
    as: owner,
    raw: Buffer.from(await encoded.arrayBuffer()),
    headers: { "content-type": encoded.headers.get("content-type") ?? "" },
  });
  expect(reply.status).toBe(202);
  return reply.body.id as string;
}

/** A test message that found nobody. */
async function makeAlert({ site, owner }: typeof ours, name: string): Promise<string> {
  const body = { channels: { discord: { url: `https://${name}.invalid/api/webhooks/1/x` } } };
  await app.patch(`/v1/sites/${site.slug}/settings`, { as: owner, body });
  await app.post(`/v1/sites/${site.slug}/channels/discord/test`, { as: owner });
  return firstId(owner.token, "/v1/alerts");
}

describe("whatever is another's is not there", () => {
  /** What they see of their own things, before and after. */
  const seen = async (): Promise<unknown> => {
    const look = async (as: string, path: string) => (await app.get(path, { as })).body;
    const ticket = `/v1/support/tickets/${theirs.customer.ticket.id}`;
    const { owner, customer, site } = theirs;
    return Promise.all([
      ...["", "/comments", "/history"].map((rest) => look(owner.token, ticket + rest)),
      ...["", "/settings", "/keys"].map((rest) => look(owner.token, `/v1/sites/${site.slug}${rest}`)),
      look(owner.token, "/v1/staff"),
      look(owner.token, "/v1/views"),
      look(owner.token, "/v1/webhooks"),
      look(customer.token, "/v1/webhooks"),
      look(owner.token, "/v1/replies"),
      look(theirs.agent.token, "/v1/notifications"),
      look(theirs.agent.token, "/v1/notifications/preferences"),
      look(customer.token, "/v1/notifications"),
      look(customer.token, "/v1/notifications/preferences"),
      look(neighbour.token, `/v1/support/tickets/${neighbour.ticket.id}`),
      look(neighbour.token, "/v1/notifications"),
    ]);
  };
  let before: unknown;
  beforeAll(async () => {
    theirToken = await signUserToken(theirs.site.identitySecret, {
      sub: theirs.customer.externalId ?? "",
      email: theirs.customer.email,
    });
    theirImport = await importOne(theirs, "zztheirs");
    before = await seen();
    expect(JSON.stringify(before)).toContain("zztheirs");
    expect(JSON.stringify(before)).toContain("zzneighbour");
  });

  it("knows how to try every route, and tries none that is gone", () => {
    expect(Object.keys(walk).sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  });

  it.each(routes.map((route) => [`${route.method} ${route.path}`, route] as const))("%s", async (name, route) => {
    for (const attempt of walk[name]?.() ?? []) {
      const { who, path, body, headers, status = 404 } = attempt;
      const reply = await app.call(route.method, path, {
        as: tokenOf(who),
        ...(body === undefined ? {} : { body }),
        ...(headers ? { headers } : {}),
      });
      const context = `${who} ${route.method} ${path} ${JSON.stringify(body ?? "")}`;
      expect(`${context} -> ${reply.status}`).toBe(`${context} -> ${status}`);
      if (reply.status >= 400) problemOf(reply);
      assertNothingOfTheirs(reply, who, context);
    }
  });

  it.each(
    routes
      .filter((route) => route.site !== "none" && route.callers.some((kind) => kind === "staff" || kind === "server"))
      .map((route) => [`${route.method} ${route.path}`, route] as const),
  )("%s with the other site named by X-Site or in the path", async (_name, route) => {
    const path = route.path.replace(":slug", theirs.site.slug).replace(":id", theirs.customer.ticket.id);
    for (const kind of ["staff", "server"] as const) {
      if (!route.callers.includes(kind)) continue;
      const reply = await app.call(route.method, path, {
        as: kind === "staff" ? ours.owner : { token: ours.site.secretKey },
        headers: { "x-site": theirs.site.slug },
      });
      expect([kind, reply.status, problemOf(reply).code]).toEqual([kind, 404, "not_found"]);
      assertNothingOfTheirs(reply, "owner", path);
    }
  });

  it("a header or a cursor of another site opens nothing to a customer", async () => {
    await buildTicket(app, theirs.customer, { subject: "zztheirs second" });
    const { nextCursor } = (await app.get("/v1/support/tickets?limit=1", { as: theirs.customer })).body as {
      nextCursor: string;
    };
    expect(nextCursor).toEqual(expect.any(String));
    for (const who of people)
      for (const path of [`/v1/support/tickets?cursor=${nextCursor}`, "/v1/support/tickets"]) {
        const reply = await app.get(path, {
          as: tokenOf(who),
          headers: who === "customer" ? { "x-site": theirs.site.slug, "x-site-key": theirs.site.publicKey } : {},
        });
        expect([who, reply.status]).toEqual([who, 200]);
        assertNothingOfTheirs(reply, who, path);
      }
  });

  it("a repeat key used by somebody else gives nobody their answer", async () => {
    const body = { subject: "The same question", description: "Word for word the same." };
    const headers = { "idempotency-key": "one-key-for-all" };
    const replies = await Promise.all(
      [theirs.customer, neighbour, ours.customer].map((as) => app.post("/v1/support/tickets", { as, body, headers })),
    );
    expect(replies.map(({ status, headers: got }) => [status, got.get("idempotency-replayed")])).toEqual([
      [201, null],
      [201, null],
      [201, null],
    ]);
    expect(new Set(replies.map((reply) => reply.body.id)).size).toBe(3);
  });

  it("nothing of theirs was changed by any of it", async () => {
    expect(await seen()).toEqual(before);
  });

  it("the same calls reach what is one's own", async () => {
    const { customer, owner, site } = ours;
    const ticket = `/v1/support/tickets/${customer.ticket.id}`;
    const tries: [method: string, path: string, as: string, body?: unknown][] = [
      ...["", "/comments", "/history"].flatMap((rest) =>
        [customer.token, owner.token, site.secretKey].map((as): [string, string, string] => ["GET", ticket + rest, as]),
      ),
      ["GET", `/v1/support/tickets/${customer.ticket.number.toLowerCase()}`, customer.token],
      ["POST", `${ticket}/comments`, customer.token, { body: "Still mine" }],
      ["PATCH", ticket, owner.token, { assigneeId: owner.id }],
      ["PUT", `/v1/notifications/${customer.noticeId}/read`, customer.token],
      ["DELETE", `/v1/notifications/${notices.ours}`, ours.agent.token],
      ["GET", `/v1/sites/${site.slug}/settings`, owner.token],
      ["DELETE", `/v1/sites/${site.slug}/keys/${keys.ours}`, owner.token],
      ["PATCH", `/v1/staff/${ours.agent.id}`, owner.token, { away: true }],
    ];
    for (const [method, path, as, body] of tries) {
      const reply = await app.call(method, path, { as, ...(body === undefined ? {} : { body }) });
      expect(`${method} ${path} ${reply.status}`).toMatch(/ 20[014]$/);
    }
    // A mail that failed or waits is there to be tried again; one that is being sent is not, but neither is it a 404.
    expect((await app.post(`/v1/email-log/${emails.ours}/retry`, { as: owner })).status).not.toBe(404);
    expect((await app.post(`/v1/alerts/${alerts.ours}/retry`, { as: owner })).status).toBe(202);
  });
});

/** No word, id or address of a stranger is in the answer, but for what the caller sent themselves. */
function assertNothingOfTheirs(reply: Reply, who: Attempt["who"], context: string): void {
  const marks = who === "customer" ? ["zztheirs", "zzneighbour"] : ["zztheirs"];
  const text = typeof reply.body === "string" ? reply.body : JSON.stringify(reply.body);
  for (const mark of marks) expect(text.includes(mark) ? `${context} shows ${text}` : "nothing").toBe("nothing");
}
