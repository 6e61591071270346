// Above 300 lines: all of it drives one Desk by the same edge, whose state is what is tested.
import { after, catchTick, LineEdge } from "../../../test/browser/line-edge.ts"; // first: see there
import { expect, waitUntil } from "@open-wc/testing";
import type { Notification, NotificationState } from "@sidedesk/contract";
import { type Answer, buildNotice, DeskEdge, problem } from "../../../test/browser/desk-edge.ts";
import { Desk } from "./desk.ts";
import { outboxOf } from "./outbox-of.ts";

const submission = { name: "Mara", email: "m@x.example", subject: "Broken", message: "It is broken since Monday." };
const tom = { id: "c2", externalId: "tom", name: "Tom", email: "tom@example.com" };

describe("Desk", () => {
  let edge: DeskEdge;
  let desk: Desk;
  const base = "https://desk.invalid";
  beforeEach(() => {
    edge = new DeskEdge();
    desk = new Desk({ base, siteKey: `pk_${Math.random()}`, fetch: edge.fetch });
  });
  afterEach(() => desk.logout());

  it("asks for nothing and stores nothing before it is used", async () => {
    localStorage.clear();
    await desk.loadSite();
    await desk.loadSite();
    expect(edge.calls.map(({ path }) => path)).to.deep.equal(["/v1/site"]);
    expect(Object.keys(localStorage)).to.deep.equal([]);
  });

  it("signs in with the host's token and counts what is unread", async () => {
    edge.notices = [buildNotice({ link: "ticket:t9" }), buildNotice({ read: true })];
    await desk.identify(() => Promise.resolve(" j.w.t "));
    await waitUntil(() => desk.unread === 1);
    expect(edge.calls.find(({ path }) => path === "/v1/sessions")?.body?.["userToken"]).to.equal("j.w.t");
    expect(desk.customer?.name).to.equal("Mara Lindqvist");
    expect(desk.isUnread("t9")).to.equal(true);
    expect(desk.isUnread("t8")).to.equal(false);
  });

  it("renews a session that is about to end, once for all who ask", async () => {
    edge.sessionSeconds = 10;
    await desk.identify(() => "j.w.t");
    const before = edge.sessions;
    edge.sessionSeconds = 900;
    const tokens = await Promise.all([1, 2, 3].map(() => desk.getToken({ renew: false })));
    expect(new Set(tokens).size).to.equal(1);
    expect(edge.sessions).to.equal(before + 1);
  });

  for (const days of [-1, 1])
    it(`judges a session by the desk's clock when the device's is a day ${days < 0 ? "ahead" : "behind"}`, async () => {
      edge.ahead = days * 86_400_000;
      await desk.identify(() => "j.w.t");
      for (let calls = 0; calls < 3; calls++) await desk.countUnread();
      expect(edge.sessions).to.equal(1);
      edge.sessionSeconds = 10;
      await desk.getToken({ renew: true });
      await desk.countUnread();
      expect(edge.sessions).to.equal(3); // and not later than its end
      edge.ahead = 0;
      await desk.getToken({ renew: true });
    });

  it("makes a connection for whoever comes after somebody who did not sign out", async () => {
    await desk.identify(() => "j.w.t");
    const { live } = desk;
    edge.customer = tom;
    await desk.identify(() => "j.w.t2");
    expect(desk.customer?.id).to.equal("c2");
    expect(desk.live).not.to.equal(live);
    expect(desk.live?.state).not.to.equal("idle");
    expect(live?.state).to.equal("idle");
  });

  it("is signed out when the host has nobody any more, and comes back by the same way", async () => {
    let token = "j.w.t";
    await desk.identify(() => token);
    expect(desk.state).to.equal("signed-in");
    token = "";
    await desk.getToken({ renew: true });
    expect(desk.state).to.equal("signed-out");
    token = "j.w.t";
    await desk.signInAgain();
    expect(desk.state).to.equal("signed-in");
  });

  it("takes nothing, and what a back end says in place of a token, for nobody; the latter is told to the page", async () => {
    const errors: unknown[] = [];
    desk.on("error", (error) => errors.push((error as Error).message));
    const unsuited = { token: "j.w.t" } as unknown as string;
    for (const given of ["", "  ", "Unauthorized", "<h1>Not Found</h1>", unsuited]) {
      await desk.identify(() => given);
      expect(desk.state).to.equal("anonymous");
    }
    expect(edge.sessions).to.equal(0);
    expect(errors).to.deep.equal(["Unauthorized", "<h1>Not Found</h1>", "[object Object]"]);
    await desk.identify(() => "j.w.t");
    expect(desk.state).to.equal("signed-in");
  });

  it("says why signing in failed", async () => {
    const errors: unknown[] = [];
    desk.on("error", (error) => errors.push(error));
    edge.answers.set("POST /v1/sessions", () => problem(401, "unauthenticated"));
    await desk.identify(() => "w.ron.g");
    expect(desk.state).to.equal("signed-out");
    expect(errors).to.have.length(1);
  });

  it("goes on signing in once there is a connection", async () => {
    edge.isReachable = false;
    await desk.identify(() => "j.w.t");
    expect(desk.state).to.equal("starting");
    edge.isReachable = true;
    dispatchEvent(new Event("online"));
    await waitUntil(() => desk.isSignedIn);
  });

  it("tries by itself while the desk is away, soon and then less often", async () => {
    edge.isReachable = false;
    await desk.identify(() => "j.w.t");
    edge.isReachable = true;
    await waitUntil(() => desk.isSignedIn, "signed in by itself", { timeout: 3000 });
  });

  it("hands what a visitor wrote to whoever they turn out to be", async () => {
    desk.drafts.set("new", { subject: "Broken" });
    const guest = outboxOf(desk);
    edge.isReachable = false;
    const { key } = guest.add("submission", submission);
    await waitUntil(() => guest.letters[0]?.state === "waiting");
    edge.isReachable = true;
    const sent: string[] = [];
    guest.on("sent", ({ letter }) => sent.push(letter.key));
    await desk.identify(() => "j.w.t");
    expect(desk.drafts.get("new")).to.deep.equal({ subject: "Broken" });
    await waitUntil(() => sent.length > 0, "the letter is sent", { timeout: 3000 });
    expect(sent).to.deep.equal([key]);
    expect(desk.drafts.get("outbox")).to.equal(null);
  });

  it("marks read at once, and on the server", async () => {
    edge.notices = [buildNotice({ link: "ticket:t1" }), buildNotice({ link: "ticket:t2" })];
    await desk.identify(() => "j.w.t");
    await waitUntil(() => desk.unread === 2);
    const done = desk.markRead(({ link }) => link === "ticket:t1");
    expect(desk.unread).to.equal(1);
    await done;
    expect(edge.notices.map(({ read }) => read)).to.deep.equal([true, false]);
    await desk.markAllRead();
    expect(desk.unread).to.equal(0);
  });

  it("takes back what the desk refuses, and says so to every list", async () => {
    edge.notices = [buildNotice({ link: "ticket:t1" }), buildNotice({ link: "ticket:t2" })];
    await desk.identify(() => "j.w.t");
    await waitUntil(() => desk.unread === 2);
    edge.answers.set("POST /v1/notifications/bulk", () => problem(500, "internal"));
    const changes: unknown[] = [];
    desk.on("notices", (change) => changes.push(change));
    const done = desk.markRead(({ link }) => link === "ticket:t1");
    expect([desk.unread, desk.isUnread("t1")]).to.deep.equal([1, false]);
    await done;
    expect([desk.unread, desk.isUnread("t1"), desk.isUnread("t2")]).to.deep.equal([2, true, true]);
    const change = { action: "read", ids: [edge.notices[0]!.id], unread: 1 };
    expect(changes).to.deep.equal([change, { ...change, isUndone: true }]);
    edge.isReachable = false;
    await desk.markAllRead();
    expect([desk.unread, desk.isUnread("t2")]).to.deep.equal([2, true]);
  });

  describe("N3 what is unread", () => {
    /** As the socket does. */
    const hear = (state: NotificationState) =>
      (desk as unknown as { hear: (one: NotificationState) => void }).hear(state);
    const take = (notice: Notification) => (desk as unknown as { take: (one: Notification) => void }).take(notice);
    const unread = (count: number) => waitUntil(() => desk.unread === count, `${count}, not ${desk.unread}`);
    /** The desk answers this call when it is told to. */
    const hold = (call: string, answer?: Answer) =>
      new Promise<() => void>((called) =>
        edge.answers.set(call, () => {
          edge.answers.delete(call);
          return new Promise((done) => called(() => done(answer)));
        }),
      );
    beforeEach(async () => {
      edge.notices = [1, 2, 3].map((at) => buildNotice({ link: `ticket:t${at}` }));
      await desk.identify(() => "j.w.t");
      await unread(3);
    });

    it("is taken back by a failed change as far as that took it", async () => {
      await desk.markRead(({ link }) => link === "ticket:t1");
      edge.isReachable = false;
      await desk.markAllRead();
      expect([desk.unread, desk.isUnread("t1"), desk.isUnread("t2")]).to.deep.equal([2, false, true]);
    });

    it("is right also when it was counted before a change that then failed", async () => {
      const held = hold("POST /v1/notifications/bulk", problem(503, "unavailable"));
      const done = desk.markRead(({ link }) => link === "ticket:t1");
      const fail = await held;
      await desk.countUnread();
      fail();
      await done;
      await unread(3);
      expect(desk.isUnread("t1")).to.equal(true);
    });

    it("is right when two devices change it in the same moment", async () => {
      const held = hold("POST /v1/notifications/bulk");
      const done = desk.markRead(({ link }) => link === "ticket:t1");
      const answer = await held;
      edge.notices[1]!.read = true;
      hear({ unreadCount: 1, action: "read", ids: [edge.notices[1]!.id] });
      answer();
      await done;
      await unread(1);
      await waitUntil(() => !desk.isUnread("t2"));
    });

    it("counts once what was counted before it was told, and hands it to the lists when it is told", async () => {
      const told: unknown[] = [];
      desk.on("notice", ({ id, read }) => told.push([id, read]));
      const [fresh, seenElsewhere] = [buildNotice({ link: "ticket:t4" }), buildNotice({ link: "ticket:t5" })];
      edge.notices = [fresh, seenElsewhere, ...edge.notices];
      hear({ unreadCount: 5, action: "read", ids: ["of another device"] });
      await unread(5);
      seenElsewhere.read = true;
      await desk.countUnread();
      for (const one of [fresh, seenElsewhere]) take({ ...one, read: false });
      expect(told).to.deep.equal([
        [fresh.id, false],
        [seenElsewhere.id, true],
      ]);
      expect(desk.unread).to.equal(4);
    });

    it("is asked for again when a count on its way may be older than what was told", async () => {
      const held = hold("GET /v1/notifications");
      void desk.countUnread();
      const answer = await held;
      const [, , third] = edge.notices;
      edge.notices = [buildNotice({ link: "ticket:t4" }), third!];
      edge.notices.push(buildNotice({ link: "ticket:t5" }));
      hear({ unreadCount: 3 });
      answer();
      await waitUntil(() => desk.isUnread("t4") && !desk.isUnread("t1"));
    });

    it("keeps what came while it was counted, by an answer that may be older", async () => {
      const counts: number[] = [];
      desk.on("unread", (count) => counts.push(count));
      for (const isIn of [false, true]) {
        const [fresh, read] = [buildNotice({ link: "ticket:t4" }), buildNotice({ link: "ticket:t5" })];
        const data = [...(isIn ? [fresh] : []), ...edge.notices.filter((one) => !one.read)];
        const body = structuredClone({ data, nextCursor: null, unreadCount: data.length });
        const held = hold("GET /v1/notifications", { status: 200, body });
        const counted = desk.countUnread();
        const answer = await held;
        edge.notices = [fresh, read, ...edge.notices];
        take({ ...fresh });
        take({ ...read });
        await desk.markRead(({ id }) => id === read.id);
        answer();
        await counted;
        expect([desk.isUnread("t4"), desk.isUnread("t5")]).to.deep.equal([true, false]);
        const calls = edge.count("GET", /notifications/);
        await waitUntil(() => edge.count("GET", /notifications/) === calls + 1, "and asks once more");
        await waitUntil(() => desk.unreadNotices.size === desk.unread);
      }
      expect([desk.unread, counts]).to.deep.equal([5, [4, 5, 4, 5, 6, 5]]);
    });

    it("comes to what the desk says when something is told late that was read elsewhere long ago", async () => {
      const held = hold("GET /v1/notifications");
      const counted = desk.countUnread();
      const answer = await held;
      take(buildNotice({ link: "ticket:t4" }));
      answer();
      await counted;
      expect(desk.unread).to.equal(4);
      await unread(3);
      expect(desk.isUnread("t4")).to.equal(false);
    });

    it("asks for what is on screen again when it changed and nobody said what", async () => {
      let refetches = 0;
      desk.on("refetch", () => (refetches += 1));
      const [first, second, third] = edge.notices;
      first!.read = true;
      hear({ unreadCount: 2, action: "read", ids: [first!.id] });
      await unread(2);
      expect(refetches).to.equal(0); // every list was told of it
      second!.read = true;
      hear({ unreadCount: 1 });
      await waitUntil(() => refetches === 1, "rows are asked for again");
      expect([desk.unread, desk.isUnread("t3")]).to.deep.equal([1, true]);
      third!.read = true; // and one more comes: as many as before, but others
      const held = hold("GET /v1/notifications");
      void desk.countUnread();
      const answer = await held;
      edge.notices = [buildNotice({ link: "ticket:t4" }), ...edge.notices];
      hear({ unreadCount: 1 });
      answer();
      await waitUntil(() => refetches === 2, "and again");
      expect(desk.isUnread("t4")).to.equal(true);
    });

    it("counts nothing twice that came while nobody listened", async () => {
      edge.notices = Array.from({ length: 100 }, () => buildNotice());
      await desk.countUnread();
      for (const notice of edge.notices) take(notice);
      expect(desk.unread).to.equal(100);
    });

    it("is nobody's when they sign out while it is counted", async () => {
      const held = hold("GET /v1/notifications");
      const counted = desk.countUnread();
      const answer = await held;
      desk.logout();
      answer();
      await counted;
      expect([desk.unread, desk.isUnread("t1")]).to.deep.equal([0, false]);
    });
  });

  it("asks who is here once, also when somebody else was being asked for", async () => {
    const answers: ((none: null) => void)[] = [];
    const source = () => new Promise<null>((answer) => answers.push(answer));
    const first = desk.signIn(source);
    const second = desk.signIn(() => source());
    answers[0]!(null);
    await first;
    const token = desk.getToken({ renew: false });
    answers[1]!(null);
    await Promise.all([second, token]);
    expect(answers).to.have.length(2);
  });

  it("refreshes what is on screen when somebody looks again without a connection", async () => {
    await desk.identify(() => "j.w.t");
    let refreshes = 0;
    desk.on("refetch", () => (refreshes += 1));
    for (const name of ["visibilitychange", "resume"]) document.dispatchEvent(new Event(name, { bubbles: true }));
    expect(refreshes).to.equal(2);
    desk.logout();
    dispatchEvent(new Event("online"));
    expect(refreshes).to.equal(2);
  });

  it("N4 refreshes every 30 s while it is not live, and lets a connection go that nobody looks at", async () => {
    const ticks = await catchTick(() => desk.identify(() => "j.w.t"));
    expect(ticks.map(({ ms }) => ms)).to.deep.equal([30_000]);
    const [{ tick } = { tick: () => undefined }] = ticks;
    let refreshes = 0;
    desk.on("refetch", () => (refreshes += 1));
    const live = desk.live!;
    for (const [state, isPolling, expected] of [
      ["offline", false, 1],
      ["failed", false, 2],
      ["online", true, 3],
      ["online", false, 3],
    ] as const) {
      Object.assign(live, { state, isPolling, isAlone: true });
      tick();
      expect([state, isPolling, refreshes]).to.deep.equal([state, isPolling, expected]);
    }
    Object.defineProperty(document, "hidden", { configurable: true, value: true });
    try {
      Object.assign(live, { isAlone: false });
      tick();
      expect(live.state, "another page may follow what this one holds").to.equal("online");
      Object.assign(live, { isAlone: true });
      tick();
      expect([live.state, refreshes]).to.deep.equal(["offline", 3]);
    } finally {
      Reflect.deleteProperty(document, "hidden");
    }
  });

  it("N4 asks the connection whether it is there after sleep, of which no event tells", async () => {
    LineEdge.isUsed = true;
    const [caught] = await catchTick(() => desk.identify(() => "j.w.t"));
    await waitUntil(() => desk.live?.state === "online").finally(() => (LineEdge.isUsed = false));
    const questions = () => LineEdge.last.said.filter((said) => said.includes("unsubscribe")).length;
    caught!.tick();
    expect(questions()).to.equal(0);
    after(300_000, caught!.tick);
    expect(questions()).to.equal(1);
  });

  it("leaves nothing behind at logout", async () => {
    await desk.identify(() => "j.w.t");
    desk.drafts.set("comment:t1", "secret words");
    expect(JSON.stringify(localStorage)).to.contain("secret words");
    desk.logout();
    expect(JSON.stringify(localStorage)).not.to.contain("secret words");
    expect(desk.state).to.equal("anonymous");
    expect(desk.unread).to.equal(0);
  });
});
