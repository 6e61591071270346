import { aTimeout, expect, waitUntil } from "@open-wc/testing";
import type { LiveClient } from "@sidedesk/client/live";
import type { Notification } from "@sidedesk/contract";
import { timeAgo } from "@sidedesk/ui/format";
import { DeskHarness, json, problem } from "./desk.harness.ts";
import { Notices } from "./notices.ts";
import { followPerson } from "./push.ts";

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

  it("judges its end by the desk's clock: a device a day ahead renews no more often, and shows right times", async () => {
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
    expect(timeAgo(Date.now() - 86_400_000 - 90_000, "en")).to.equal("1 min ago");
    by(0);
    await desk.session.token({ renew: true });
  });

  it("writes no token anywhere", async () => {
    await desk.start();
    await desk.session.client.tickets.list();
    expect(JSON.stringify({ ...localStorage, ...sessionStorage })).not.to.contain("token");
  });
});

describe("N7 push in the console", () => {
  const key = `B${"A".repeat(86)}`;
  let desk: DeskHarness;
  let made = 0;
  let held: { endpoint: string } | null;
  const unsubscribed: string[] = [];
  /** What a browser has of a push service, which no test reaches. */
  const subscribe = () => {
    const endpoint = `https://push.example/${++made}`;
    held = {
      endpoint,
      options: { applicationServerKey: Uint8Array.from(atob(key), (letter) => letter.charCodeAt(0)).buffer },
      toJSON: () => ({ endpoint, expirationTime: null, keys: { p256dh: "p", auth: "a" } }),
      unsubscribe: () => {
        unsubscribed.push(endpoint);
        held = null;
        return Promise.resolve(true);
      },
    } as { endpoint: string };
    return Promise.resolve(held);
  };
  const pushManager = { subscribe, getSubscription: () => Promise.resolve(held) };
  const registration = { scope: new URL("/admin", location.href).href, pushManager };
  const saved = () => desk.of("POST /v1/notifications/push").map(({ body }) => body["endpoint"]);
  const signIn = async (id: string) => {
    const session = desk.staffSession();
    desk.on("POST /v1/staff/login", () => json({ ...session, staff: { ...session.staff, id } }));
    await desk.session.login("x@example.com", "secret");
  };
  beforeEach(async () => {
    desk = new DeskHarness();
    Object.defineProperty(Notification, "permission", { value: "granted", configurable: true });
    navigator.serviceWorker.getRegistrations = () => Promise.resolve([registration as never]);
    desk.on("GET /v1/notifications/push", () => json({ vapidPublicKey: key, devices: [] }));
    desk.on("POST /v1/notifications/push", () => json({ id: "d1" }, 201));
    desk.on("DELETE /v1/notifications/push", () => problem(404, "not_found"));
    await desk.start();
    await subscribe();
    await followPerson(desk.session); // theirs from now on
  });
  afterEach(() => {
    Reflect.deleteProperty(Notification, "permission");
    Reflect.deleteProperty(navigator.serviceWorker, "getRegistrations");
    unsubscribed.length = 0;
    desk.stop();
  });

  it("ends what somebody had on when somebody else signs in after their session, also while the desk cannot be told", async () => {
    const theirs = held!.endpoint;
    expect(saved()).to.deep.equal([theirs]);
    desk.on("POST /v1/staff/refresh", () => problem(401, "unauthenticated"));
    await desk.session.token({ renew: true });
    expect([desk.session.state, desk.session.expired]).to.deep.equal(["out", true]);
    await signIn("s2");
    let isDown = true;
    desk.on("GET /v1/notifications/push", () => {
      if (isDown) throw new TypeError("Failed to fetch");
      return json({ vapidPublicKey: key, devices: [] });
    });
    const told = followPerson(desk.session);
    await waitUntil(() => unsubscribed.includes(theirs), "it is ended in this browser");
    expect(held).to.equal(null);
    isDown = false;
    dispatchEvent(new Event("online"));
    await told;
    expect(saved()).to.deep.equal([theirs, held!.endpoint]);
    expect(held!.endpoint).not.to.equal(theirs);
  });

  it("tells the desk again that was away, and not the one that refuses", async () => {
    const answers = [problem(503, "unavailable"), problem(429, "rate_limited"), json({ id: "d1" }, 201)];
    desk.on("POST /v1/notifications/push", () => answers.shift()!);
    const told = followPerson(desk.session);
    for (let times = 2; times < 4; times++) {
      await waitUntil(() => saved().length === times);
      await aTimeout(0);
      dispatchEvent(new Event("online"));
    }
    await told;
    expect([answers.length, saved().length, held !== null]).to.deep.equal([0, 4, true]);
    desk.on("POST /v1/notifications/push", () => problem(409, "limit_reached"));
    await followPerson(desk.session);
    expect(saved()).to.have.length(5);
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

  it("counts once what it catches up with after an absence, before or after it asked", async () => {
    const missed = Array.from({ length: 50 }, (_none, at) => ({
      ...notice(`n${at}`),
      createdAt: new Date(Date.now() - at * 1000).toISOString(),
    }));
    const body = { data: missed.slice(0, 20), nextCursor: "20", unreadCount: 50 };
    desk.on("GET /v1/notifications", () => new Promise((done) => (answer = () => done(json(body)))));
    const loaded = notices.load();
    await asked();
    const tell = (some: Notification[]) => some.toReversed().forEach((data) => heard.get("notification")!({ data }));
    tell(missed.slice(35));
    answer();
    await loaded;
    tell(missed.slice(0, 35));
    expect([notices.unread, notices.all.length]).to.deep.equal([50, 20]);
    tell([notice("new")]);
    expect([notices.unread, notices.all[0]!.id]).to.deep.equal([51, "new"]);
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
