import { expect, waitUntil } from "@open-wc/testing";
import { buildNotice, DeskEdge, problem } from "../../../test/browser/desk-edge.ts";
import { Desk } from "./desk.ts";
import { outboxOf } from "./outbox-of.ts";

const submission = { name: "Mara", email: "m@x.example", subject: "Broken", message: "It is broken since Monday." };

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
    await desk.identify(() => Promise.resolve(" jwt "));
    await waitUntil(() => desk.unread === 1);
    expect(edge.calls.find(({ path }) => path === "/v1/sessions")?.body?.["userToken"]).to.equal("jwt");
    expect(desk.customer?.name).to.equal("Mara Lindqvist");
    expect(desk.isUnread("t9")).to.equal(true);
    expect(desk.isUnread("t8")).to.equal(false);
  });

  it("renews a session that is about to end, once for all who ask", async () => {
    edge.sessionSeconds = 10;
    await desk.identify(() => "jwt");
    const before = edge.sessions;
    edge.sessionSeconds = 900;
    const tokens = await Promise.all([1, 2, 3].map(() => desk.getToken({ renew: false })));
    expect(new Set(tokens).size).to.equal(1);
    expect(edge.sessions).to.equal(before + 1);
  });

  for (const days of [-1, 1])
    it(`judges a session by the desk's clock when the device's is a day ${days < 0 ? "ahead" : "behind"}`, async () => {
      edge.ahead = days * 86_400_000;
      await desk.identify(() => "jwt");
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
    await desk.identify(() => "jwt");
    const { live } = desk;
    edge.answers.set("POST /v1/sessions", () => ({
      status: 200,
      body: {
        token: "other",
        expiresAt: new Date(Date.now() + 900_000).toISOString(),
        customer: { id: "c2", externalId: "tom", name: "Tom", email: "tom@example.com" },
      },
    }));
    await desk.identify(() => "another");
    expect(desk.customer?.id).to.equal("c2");
    expect(desk.live).not.to.equal(live);
    expect(desk.live?.state).not.to.equal("idle");
    expect(live?.state).to.equal("idle");
  });

  it("is signed out when the host has nobody any more, and comes back by the same way", async () => {
    let token = "jwt";
    await desk.identify(() => token);
    expect(desk.state).to.equal("signed-in");
    token = "";
    await desk.getToken({ renew: true });
    expect(desk.state).to.equal("signed-out");
    token = "jwt";
    await desk.signInAgain();
    expect(desk.state).to.equal("signed-in");
  });

  it("says why signing in failed", async () => {
    const errors: unknown[] = [];
    desk.on("error", (error) => errors.push(error));
    edge.answers.set("POST /v1/sessions", () => problem(401, "unauthenticated"));
    await desk.identify(() => "wrong");
    expect(desk.state).to.equal("signed-out");
    expect(errors).to.have.length(1);
  });

  it("goes on signing in once there is a connection", async () => {
    edge.isReachable = false;
    await desk.identify(() => "jwt");
    expect(desk.state).to.equal("starting");
    edge.isReachable = true;
    dispatchEvent(new Event("online"));
    await waitUntil(() => desk.isSignedIn);
  });

  it("tries by itself while the desk is away, soon and then less often", async () => {
    edge.isReachable = false;
    await desk.identify(() => "jwt");
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
    await desk.identify(() => "jwt");
    expect(desk.drafts.get("new")).to.deep.equal({ subject: "Broken" });
    await waitUntil(() => sent.length > 0, "the letter is sent", { timeout: 3000 });
    expect(sent).to.deep.equal([key]);
    expect(desk.drafts.get("outbox")).to.equal(null);
  });

  it("marks read at once, and on the server", async () => {
    edge.notices = [buildNotice({ link: "ticket:t1" }), buildNotice({ link: "ticket:t2" })];
    await desk.identify(() => "jwt");
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
    await desk.identify(() => "jwt");
    await waitUntil(() => desk.unread === 2);
    edge.answers.set(`PUT /v1/notifications/${edge.notices[0]!.id}/read`, () => problem(500, "internal"));
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

  it("refreshes what is on screen when somebody looks again without a connection", async () => {
    await desk.identify(() => "jwt");
    let refreshes = 0;
    desk.on("refetch", () => (refreshes += 1));
    for (const name of ["visibilitychange", "resume"]) document.dispatchEvent(new Event(name, { bubbles: true }));
    expect(refreshes).to.equal(2);
    desk.logout();
    dispatchEvent(new Event("online"));
    expect(refreshes).to.equal(2);
  });

  it("leaves nothing behind at logout", async () => {
    await desk.identify(() => "jwt");
    desk.drafts.set("comment:t1", "secret words");
    expect(JSON.stringify(localStorage)).to.contain("secret words");
    desk.logout();
    expect(JSON.stringify(localStorage)).not.to.contain("secret words");
    expect(desk.state).to.equal("anonymous");
    expect(desk.unread).to.equal(0);
  });
});
