// A little over 300 lines: one desk and one connection for all that is told, missed and asked for anew.
import { after, catchTick, LineEdge } from "../../../test/browser/line-edge.ts"; // first: see there
import { aTimeout, expect, waitUntil } from "@open-wc/testing";
import type { Notification } from "@sidedesk/contract";
import { TicketStore } from "../ticket/ticket-store.ts";
import { CatchUp } from "./catch-up.ts";
import { buildComment, buildTicket, DeskHarness, json, problem } from "./desk.harness.ts";
import { Notices } from "./notices.ts";
import { Session } from "./session.ts";

describe("N4 the console's live connection", () => {
  let desk: DeskHarness;
  let notices: Notices;
  let catchUp: CatchUp;
  let tick: () => void;
  const live = () => desk.session.live;
  const began = Date.now();
  /** @param seconds how old it is */
  const notice = (id: string, seconds = 0): Notification => ({
    ...{ id, type: "ticket", title: id, message: "", link: null, data: {}, read: false },
    createdAt: new Date(began - seconds * 1000).toISOString(),
  });
  const hidden = (work: () => void) => {
    Object.defineProperty(document, "hidden", { configurable: true, value: true });
    try {
      work();
    } finally {
      Reflect.deleteProperty(document, "hidden");
    }
  };
  const sign = (name: string) =>
    (name === "visibilitychange" || name === "resume" ? document : window).dispatchEvent(
      new Event(name, { bubbles: true }),
    );
  const connected = async () => {
    live().reconnect();
    await waitUntil(() => live().state === "online", "connected");
    await aTimeout(50); // what catching up asks for has been asked
  };
  const questions = () => LineEdge.last.said.filter((said) => said.includes("unsubscribe")).length;

  beforeEach(async () => {
    LineEdge.all.length = 0;
    LineEdge.isUsed = true;
    desk = await new DeskHarness().start();
    desk.on("GET /v1/notifications", () => json({ data: [notice("n1")], nextCursor: null, unreadCount: 1 }));
    desk.on("GET /v1/support/tickets", () => json({ data: [buildTicket()], nextCursor: null }));
    notices = new Notices(desk.session);
    catchUp = new CatchUp(desk.session, desk.tickets, notices, desk.views);
    const [caught] = await catchTick(() => catchUp.start());
    expect(caught!.ms).to.equal(30_000);
    ({ tick } = caught!);
  });
  afterEach(() => {
    catchUp.stop();
    live().disconnect();
    LineEdge.isReachable = true;
    LineEdge.isUsed = false;
    desk.stop();
  });

  for (const name of ["online", "visibilitychange", "pageshow", "resume"])
    it(`asks whether it is still there at ${name}, and comes back where it is not`, async () => {
      await connected();
      sign(name);
      expect(questions()).to.equal(1);
      live().pause("failed"); // ten tries later
      sign(name);
      await waitUntil(() => live().state === "online", "connected again");
      expect(LineEdge.all).to.have.length(2);
    });

  it("is woken by the network also behind other tabs, and by nothing else there", async () => {
    await connected();
    hidden(() => sign("visibilitychange"));
    expect(questions()).to.equal(0);
    hidden(() => sign("online"));
    expect(questions()).to.equal(1);
  });

  it("asks whether it is still there after sleep, of which no event tells", async () => {
    await connected();
    tick();
    expect(questions()).to.equal(0);
    after(300_000, tick);
    expect(questions()).to.equal(1);
  });

  it("begins again where the desk could not be reached", async () => {
    const session = desk.staffSession();
    desk.on("POST /v1/staff/refresh", () => Promise.reject(new TypeError("Failed to fetch")));
    await desk.session.start();
    expect(desk.session.state).to.equal("unreachable");
    desk.on("POST /v1/staff/refresh", () => json(session));
    sign("visibilitychange");
    // Not at once: what failed may still be on its way (`spendOnce`).
    await waitUntil(() => desk.session.state === "in", "signed in", { timeout: 6000 });
  }).timeout(8000);

  it("one holds it for all tabs of a person at a site", async () => {
    await connected();
    const other = new Session();
    await other.start();
    await waitUntil(() => other.live.state === "online");
    expect([LineEdge.all.length, other.live.isAlone]).to.deep.equal([1, false]);
    other.live.disconnect();
    expect(live().state).to.equal("online");
  });

  /** Something happens after the desk has looked, and is told before its answer is here. */
  describe("what is told while the desk is asked stays on screen", () => {
    const none = { data: [], nextCursor: null };
    const ticket = buildTicket();
    const comment = buildComment({ id: "m9", body: "A moment ago" });
    let store: TicketStore;
    let answer: () => void;
    /** From now on answers are as the desk is now, and wait. */
    const holdAnswers = (changed: object = {}) => {
      const held = new Promise<void>((resolve) => (answer = resolve));
      const answers = { "": none, "/t1": ticket, "/t1/comments": none, "/t1/history": none, ...changed };
      for (const [path, body] of Object.entries(answers))
        desk.on(`GET /v1/support/tickets${path}`, async () => {
          await held;
          return json(body);
        });
    };
    const tell = (event: string, id: string, data: object, type = event) =>
      LineEdge.last.say(event, { id, type, occurredAt: new Date().toISOString(), data });

    beforeEach(async () => {
      await connected();
      store = new TicketStore(desk.session, "t1");
      holdAnswers();
    });
    afterEach(() => store.close());

    for (const how of ["is opened", "is asked for again", "is asked for anew since it was merged"])
      it(`as a ticket ${how}`, async () => {
        if (how !== "is opened") {
          const opened = store.load();
          answer();
          await opened;
          holdAnswers();
        }
        const loaded = how.includes("anew") ? store.reload() : store.load();
        tell("comment", "1", comment);
        tell("ticket_update", "2", { ...ticket, priority: "critical", version: 2 });
        answer();
        await loaded;
        expect(store.comments.map(({ id }) => id)).to.deep.equal(["m9"]);
        expect(store.ticket!.priority).to.equal("critical");
      });

    it("also when somebody asks twice, and the first answer comes last", async () => {
      const asked = () => desk.of("GET /v1/support/tickets/t1/history").length;
      const [first, early] = [store.load(), answer];
      await waitUntil(() => asked() === 1);
      holdAnswers({ "/t1": { ...ticket, tags: ["vat"] }, "/t1/comments": { data: [comment], nextCursor: null } });
      const second = store.reload();
      await waitUntil(() => asked() === 2);
      answer();
      await second;
      early();
      await first;
      expect(store.comments.map(({ id }) => id)).to.deep.equal(["m9"]);
      expect(store.ticket!.tags).to.deep.equal(["vat"]);
    });

    it("and an answer is shown though a later question failed", async () => {
      const first = store.load();
      await waitUntil(() => desk.of("GET /v1/support/tickets/t1/history").length === 1);
      desk.on("GET /v1/support/tickets/t1", () => problem(503, "unavailable"));
      await store.load();
      expect(store.state).to.equal("failed");
      answer();
      await first;
      expect([store.state, store.problem]).to.deep.equal(["ready", null]);
    });

    it("and a row that waited and came with a page is there once", async () => {
      answer();
      desk.on("GET /v1/support/tickets", () => json({ data: [buildTicket({ id: "a" })], nextCursor: null }));
      await desk.tickets.reload();
      desk.tickets.isAtTop = false;
      tell("ticket_update", "1", buildTicket({ id: "b", version: 2 }), "ticket.created");
      await waitUntil(() => desk.tickets.waiting[0]?.id === "b");
      desk.tickets.tickets = [...desk.tickets.tickets, buildTicket({ id: "b" })]; // as a page brings it
      desk.tickets.showWaiting();
      expect(desk.tickets.tickets.map(({ id }) => id)).to.deep.equal(["a", "b"]);
    });

    it("as the queue is opened, and as it is asked for again", async () => {
      for (const [at, isQuiet] of [false, true].entries()) {
        holdAnswers();
        const loaded = desk.tickets.reload(isQuiet);
        tell("ticket_update", String(at + 1), buildTicket({ id: "new" }), "ticket.created");
        answer();
        await loaded;
        expect(desk.tickets.tickets.map(({ id }) => id)).to.deep.equal(["new"]);
      }
    });

    it("as updates are asked for, each at the place of what it tells", async () => {
      const held = new Promise<void>((resolve) => (answer = resolve));
      desk.on("GET /v1/notifications", async () => {
        await held;
        return json({ data: [notice("n3", 10), notice("n1", 30)], nextCursor: "2", unreadCount: 2 });
      });
      const loaded = notices.load();
      tell("notification", "1", notice("n2", 20), "notification.created");
      answer();
      await loaded;
      tell("notification", "2", notice("late", 25), "notification.created");
      await waitUntil(() => notices.unread === 4);
      expect(notices.all.map(({ id }) => id)).to.deep.equal(["n3", "n2", "late", "n1"]);
    });

    it("as the page below is fetched", async () => {
      const rows = [buildTicket({ id: "a" }), buildTicket({ id: "b" })];
      let held = Promise.resolve();
      desk.on("GET /v1/support/tickets", async ({ search }) => {
        await held;
        return json({
          data: [search.get("cursor") ? rows[1] : rows[0]],
          nextCursor: search.get("cursor") ? null : "2",
        });
      });
      await desk.tickets.reload();
      held = new Promise((resolve) => (answer = resolve));
      const grown = desk.tickets.more();
      tell("ticket_update", "1", { ...rows[1]!, priority: "critical", slaDueAt: null, version: 2 });
      answer();
      await grown;
      expect(desk.tickets.tickets.map(({ id, priority }) => [id, priority])).to.deep.equal([
        ["a", "medium"],
        ["b", "critical"],
      ]);
    });
  });

  describe("while it is down", () => {
    const asked = (what: string) => desk.of(`GET /v1/${what}`).length;
    const all = ["support/tickets", "notifications", "views", "support/tickets/t1", "support/tickets/t1/comments"];
    const counts = () => all.map(asked);
    let ticket: TicketStore;
    beforeEach(async () => {
      desk.on("GET /v1/support/tickets/t1", () => json(buildTicket()));
      desk.on("GET /v1/support/tickets/t1/comments", () => json({ data: [buildComment()], nextCursor: null }));
      desk.on("GET /v1/support/tickets/t1/history", () => json({ data: [], nextCursor: null }));
      ticket = new TicketStore(desk.session, "t1");
      await Promise.all([desk.tickets.reload(), notices.load(), ticket.load()]);
      await aTimeout(20);
      desk.calls.length = 0;
    });
    afterEach(() => ticket.close());

    it("list, ticket and counts are asked for every 30 s, by whoever looks", async () => {
      LineEdge.isReachable = false;
      hidden(tick);
      expect(counts()).to.deep.equal([0, 0, 0, 0, 0]);
      desk.on("GET /v1/support/tickets/t1/comments", () =>
        json({ data: [buildComment({ id: "m2", body: "And now?" }), buildComment()], nextCursor: null }),
      );
      desk.on("GET /v1/support/tickets", () => json({ data: [buildTicket({ status: "resolved" })], nextCursor: null }));
      desk.on("GET /v1/notifications", () => json({ data: [notice("n2")], nextCursor: null, unreadCount: 7 }));
      tick();
      await waitUntil(() => ticket.comments.length === 2);
      await waitUntil(() => desk.tickets.tickets[0]!.status === "resolved");
      await waitUntil(() => notices.unread === 7);
      expect(counts().slice(1)).to.deep.equal([1, 1, 1, 1]);
    });

    it("and no longer once it is back", async () => {
      await connected();
      desk.calls.length = 0;
      tick();
      await aTimeout(20);
      expect(counts()).to.deep.equal([0, 0, 0, 0, 0]);
    });

    it("a desk that does not answer leaves everything as it was, and says nothing", async () => {
      let told = 0;
      addEventListener("desk-catch-up", () => (told += 1), { once: true });
      for (const path of all) desk.on(`GET /v1/${path}`, () => problem(503, "unavailable"));
      tick();
      await waitUntil(() => counts().every((count) => count > 0));
      await aTimeout(20);
      expect([ticket.state, ticket.comments.length]).to.deep.equal(["ready", 1]);
      expect([desk.tickets.state, desk.tickets.tickets.length]).to.deep.equal(["ready", 1]);
      expect([notices.state, notices.all.length, notices.unread]).to.deep.equal(["ready", 1, 1]);
      expect(told, "forms and figures are no part of it").to.equal(0);
    });

    it("who has read on among older updates keeps them", async () => {
      const stored = Array.from({ length: 60 }, (_none, at) => notice(`n${at}`, at));
      const asked: number[] = [];
      desk.on("GET /v1/notifications", ({ search }) => {
        const from = Number(search.get("cursor") ?? 0);
        const limit = Number(search.get("limit"));
        asked.push(limit);
        const end = from + limit;
        const nextCursor = end < stored.length ? String(end) : null;
        return json({ data: stored.slice(from, end), nextCursor, unreadCount: 60 });
      });
      await notices.load();
      await notices.more();
      tick();
      await waitUntil(() => asked.includes(40));
      await aTimeout(20);
      expect(notices.all.map(({ id }) => id)).to.deep.equal(stored.slice(0, 40).map(({ id }) => id));
      await notices.more();
      expect(notices.all).to.have.length(60);
    });

    it("nobody is asked for who is signed out", async () => {
      desk.on("POST /v1/staff/refresh", () => problem(401, "unauthenticated"));
      await desk.session.token({ renew: true });
      tick();
      sign("online");
      await aTimeout(20);
      expect(counts()).to.deep.equal([0, 0, 0, 0, 0]);
    });
  });
});
