import { expect } from "@open-wc/testing";
import { buildTicket, DeskHarness, json, problem } from "./desk.harness.ts";
import { parseFilter } from "./filter.ts";

describe("TicketList", () => {
  let desk: DeskHarness;
  const soon = (minutes: number) => new Date(Date.now() + minutes * 60_000).toISOString();
  const ids = () => desk.tickets.tickets.map((ticket) => ticket.id);

  beforeEach(async () => {
    desk = await new DeskHarness().start();
    desk.on("GET /v1/support/tickets", ({ search }) =>
      search.get("cursor")
        ? json({
            data: [buildTicket({ id: "b", slaDueAt: soon(20) }), buildTicket({ id: "c", slaDueAt: soon(30) })],
            nextCursor: null,
          })
        : json({
            data: [buildTicket({ id: "a", slaDueAt: soon(10) }), buildTicket({ id: "b", slaDueAt: soon(20) })],
            nextCursor: "2",
          }),
    );
    desk.tickets.filter = parseFilter("");
    await desk.tickets.reload();
  });
  afterEach(() => desk.stop());

  it("asks for what is open, due first", () => {
    const [call] = desk.of("GET /v1/support/tickets");
    expect(call!.search.get("status")).to.equal("open,in_progress,waiting_customer,waiting_ai");
    expect(call!.search.get("sort")).to.equal("slaDueAt");
  });

  it("grows by a page, without a row twice", async () => {
    await desk.tickets.more();
    expect(ids()).to.deep.equal(["a", "b", "c"]);
    expect(desk.tickets.hasMore).to.equal(false);
  });

  it("changes a row in its place, and not back to an older state", () => {
    desk.tickets.apply(buildTicket({ id: "a", status: "resolved", version: 3 }));
    desk.tickets.apply(buildTicket({ id: "a", status: "open", version: 2, updatedAt: "2020-01-01T00:00:00Z" }));
    expect(ids()).to.deep.equal(["a", "b"]);
    expect(desk.tickets.tickets[0]!.status).to.equal("resolved");
    expect(desk.tickets.touched.has("a")).to.equal(true);
  });

  it("puts a new row where it belongs while one is at the top, and lets it wait otherwise", () => {
    desk.tickets.apply(buildTicket({ id: "n1", slaDueAt: soon(15) }));
    expect(ids()).to.deep.equal(["a", "n1", "b"]);
    desk.tickets.isAtTop = false;
    desk.tickets.apply(buildTicket({ id: "n2", slaDueAt: soon(5) }));
    expect(ids()).to.deep.equal(["a", "n1", "b"]);
    expect(desk.tickets.waiting.map((ticket) => ticket.id)).to.deep.equal(["n2"]);
    desk.tickets.showWaiting();
    expect(ids()).to.deep.equal(["n2", "a", "n1", "b"]);
  });

  it("leaves what lies beyond the loaded rows to paging", () => {
    desk.tickets.apply(buildTicket({ id: "far", slaDueAt: soon(500) }));
    expect(ids()).to.deep.equal(["a", "b"]);
    expect(desk.tickets.waiting).to.deep.equal([]);
  });

  it("keeps the old rows when a quiet reload fails", async () => {
    desk.on("GET /v1/support/tickets", () => problem(503, "unavailable"));
    await desk.tickets.reload(true);
    expect(desk.tickets.state).to.equal("ready");
    expect(ids()).to.deep.equal(["a", "b"]);
    await desk.tickets.reload();
    expect(desk.tickets.state).to.equal("failed");
  });

  it("forgets an answer that comes after another view was opened", async () => {
    let late!: (response: Response) => void;
    desk.on("GET /v1/support/tickets", () => new Promise((resolve) => (late = resolve)));
    const slow = desk.tickets.reload();
    await Promise.resolve();
    await new Promise((resolve) => setTimeout(resolve));
    const first = late;
    desk.on("GET /v1/support/tickets", () => json({ data: [buildTicket({ id: "z" })], nextCursor: null }));
    await desk.tickets.reload();
    first(json({ data: [buildTicket({ id: "old" })], nextCursor: null }));
    await slow;
    expect(ids()).to.deep.equal(["z"]);
  });

  describe("of very many", () => {
    const total = 6000;
    const list = () => desk.tickets;
    /** The places of what is held; each once and without a gap, or the test fails here. */
    function held(): [number, number] {
      const places = list().tickets.map((ticket) => Number(ticket.id.slice(1)));
      expect(places).to.deep.equal(places.map((_one, at) => places[0]! + at));
      expect(list().before).to.equal(places[0]);
      return [places[0]!, places.at(-1)!];
    }
    const settle = async () => {
      do await new Promise((resolve) => setTimeout(resolve));
      while (list().isGrowing);
    };

    beforeEach(async () => {
      desk.on("GET /v1/support/tickets", ({ search }) => {
        const from = Number(search.get("cursor") ?? 0);
        const data = Array.from({ length: Math.min(100, total - from) }, (_none, at) =>
          buildTicket({ id: `t${from + at}`, slaDueAt: soon(from + at) }),
        );
        return json({ data, nextCursor: from + 100 < total ? String(from + 100) : null });
      });
      await list().reload();
      for (let at = 0; at < 49; at += 1) await list().more();
    });

    it("holds three thousand and knows the place of each", () => {
      expect(list().length).to.equal(5000);
      expect(held()).to.deep.equal([2000, 4999]);
      expect(list().hasMore).to.equal(true);
    });

    it("fetches again what lies above, page by page, and lets go below", async () => {
      list().need(1990, 2010);
      await settle();
      expect(held()).to.deep.equal([1900, 4899]);
      expect(list().length).to.equal(5000);
      list().need(4880, 4898);
      await settle();
      expect(held()).to.deep.equal([2000, 4999]);
    });

    it("leaps to where somebody drags the scroll bar, and goes on from there to both sides", async () => {
      list().need(50, 80);
      await settle();
      expect(held()).to.deep.equal([0, 99]);
      expect(list().length).to.equal(5000);
      list().need(3050, 3080);
      await settle();
      expect(held()).to.deep.equal([3000, 3099]);
      list().need(2995, 3020);
      await settle();
      list().need(3080, 3099);
      await settle();
      expect(held()).to.deep.equal([2900, 3199]);
    });

    it("begins at the start when one asks for what is new", async () => {
      list().isAtTop = false;
      list().apply(buildTicket({ id: "fresh", slaDueAt: soon(-5) }));
      expect(list().waiting.length).to.equal(1);
      list().showWaiting();
      await settle();
      expect(list().tickets[0]!.id).to.equal("t0");
      expect(list().waiting.length).to.equal(0);
      expect(list().touched.has("fresh")).to.equal(true);
    });

    it("is loaded anew where somebody reads, and keeps the place of each", async () => {
      list().need(3150, 3180);
      desk.calls.length = 0;
      await list().reload(true);
      expect(desk.of("GET /v1/support/tickets").map(({ search }) => search.get("cursor"))).to.deep.equal(["3100"]);
      expect(held()).to.deep.equal([3100, 3199]);
      expect(list().length).to.equal(5000);
      list().need(3170, 3199);
      await settle();
      expect(held()).to.deep.equal([3100, 3299]);
    });

    it("asks again after a page that failed", async () => {
      desk.on("GET /v1/support/tickets", () => problem(503, "unavailable"));
      list().need(1990, 2010);
      await settle();
      expect(list().problem).to.not.equal(null);
      expect(held()).to.deep.equal([2000, 4999]);
      list().need(1990, 2010);
      expect(list().isGrowing).to.equal(false);
      list().retry();
      list().need(1990, 2010);
      expect(list().isGrowing).to.equal(true);
      await settle();
    });
  });
});
