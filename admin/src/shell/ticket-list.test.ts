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
});
