import { expect, waitUntil } from "@open-wc/testing";
import type { LiveClient } from "@sidedesk/client/live";
import type { Notification } from "@sidedesk/contract";
import { DeskHarness, json, problem } from "./desk.harness.ts";
import { Notices } from "./notices.ts";

describe("Session", () => {
  let desk: DeskHarness;
  beforeEach(() => (desk = new DeskHarness()));
  afterEach(() => desk.stop());

  it("is out without a cookie, in with one", async () => {
    desk.on("POST /v1/staff/refresh", () => new Response(null, { status: 204 }));
    await desk.start();
    expect(desk.session.state).to.equal("out");
    desk.on("POST /v1/staff/refresh", () => json(desk.staffSession()));
    await desk.session.start();
    expect(desk.session.state).to.equal("in");
    expect(desk.session.slug).to.equal("demo");
  });

  it("spends the cookie once for many calls that come at the same time", async () => {
    await desk.start();
    const before = desk.of("POST /v1/staff/refresh").length;
    const tokens = await Promise.all([1, 2, 3].map(() => desk.session.token({ renew: true })));
    expect(tokens).to.deep.equal(["token", "token", "token"]);
    expect(desk.of("POST /v1/staff/refresh").length - before).to.equal(1);
  });

  it("renews when a call is refused as expired, and names the site", async () => {
    await desk.start();
    let isFirst = true;
    desk.on("GET /v1/support/tickets/t1", () => {
      if (!isFirst) return json({ id: "t1" });
      isFirst = false;
      return problem(401, "session_expired");
    });
    expect(await desk.session.client.tickets.get("t1")).to.deep.equal({ id: "t1" });
    expect(desk.of("GET /v1/support/tickets/t1")[0]!.headers.get("x-site")).to.equal("demo");
  });

  it("ends when it cannot be renewed, and says that it has expired", async () => {
    await desk.start();
    desk.on("POST /v1/staff/refresh", () => problem(401, "unauthenticated"));
    desk.on("GET /v1/support/tickets/t1", () => problem(401, "session_expired"));
    await desk.session.client.tickets.get("t1").catch(() => {});
    expect(desk.session.state).to.equal("out");
    expect(desk.session.expired).to.equal(true);
  });

  it("does not sign anybody out when the desk is only out of reach", async () => {
    desk.on("POST /v1/staff/refresh", () => Promise.reject(new TypeError("Failed to fetch")));
    await desk.start();
    expect(desk.session.state).to.equal("unreachable");
  });

  it("judges its end by the desk's clock: a device a day ahead renews no more often", async () => {
    const by = (ahead: number) => {
      const expiresAt = new Date(Date.now() + ahead + 900_000).toISOString();
      const date = new Date(Date.now() + ahead).toUTCString();
      desk.on("POST /v1/staff/refresh", () => json({ ...desk.staffSession(), expiresAt }, 200, { date }));
    };
    by(-86_400_000);
    await desk.start();
    const before = desk.of("POST /v1/staff/refresh").length;
    for (let calls = 0; calls < 3; calls += 1) await desk.session.client.tickets.list();
    expect(desk.of("POST /v1/staff/refresh").length).to.equal(before);
    by(0);
    await desk.session.token({ renew: true });
  });

  it("writes no token anywhere", async () => {
    await desk.start();
    await desk.session.client.tickets.list();
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.to.contain("token");
  });
});

describe("N1 what the console has to tell", () => {
  let desk: DeskHarness;
  let notices: Notices;
  let answer: () => void;
  /** As the socket does. */
  const heard = new Map<string, (value: { data: unknown }) => void>();
  const notice = (id: string, read = false): Notification => ({
    ...{ id, type: "ticket", title: id, message: "", link: null, data: {}, read },
    createdAt: new Date().toISOString(),
  });
  beforeEach(async () => {
    desk = await new DeskHarness().start();
    desk.session.live.on = function (this: LiveClient, event: string, handler: unknown) {
      heard.set(event, handler as (value: { data: unknown }) => void);
      return this;
    };
    notices = new Notices(desk.session);
    const body = { data: [notice("old")], nextCursor: null, unreadCount: 1 };
    desk.on("GET /v1/notifications", () => new Promise((done) => (answer = () => done(json(body)))));
  });
  afterEach(() => desk.stop());
  const asked = () => waitUntil(() => desk.of("GET /v1/notifications").length === 1);

  it("keeps what comes while it asks for what there is", async () => {
    const loaded = notices.load();
    await asked();
    heard.get("notification")!({ data: notice("new") });
    answer();
    await loaded;
    expect([notices.all.map(({ id }) => id), notices.unread]).to.deep.equal([["new", "old"], 2]);
  });

  it("is nothing of another site that was being asked", async () => {
    const loaded = notices.load();
    await asked();
    notices.forget();
    answer();
    await loaded;
    expect([notices.all, notices.unread, notices.state]).to.deep.equal([[], 0, "idle"]);
  });
});
