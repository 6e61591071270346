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
