import { expect } from "@open-wc/testing";
import type { TicketPatch } from "@sidedesk/contract";
import { buildTicket, DeskHarness, json, problem } from "../shell/desk.harness.ts";
import { TicketStore } from "./ticket-store.ts";

describe("TicketStore", () => {
  let desk: DeskHarness;
  let store: TicketStore;
  /** The ticket as the desk holds it; refuses what was not based on it. */
  let held = buildTicket();

  beforeEach(async () => {
    desk = await new DeskHarness().start();
    held = buildTicket();
    desk.on("GET /v1/support/tickets/t1", () => json(held));
    desk.on("GET /v1/support/tickets/t1/comments", () => json({ data: [], nextCursor: null }));
    desk.on("GET /v1/support/tickets/t1/history", () => json({ data: [], nextCursor: null }));
    desk.on("PATCH /v1/support/tickets/t1", ({ body }) => {
      const { version, ...patch } = body as TicketPatch;
      if (version !== held.version) return problem(409, "version_conflict", { current: held });
      held = { ...held, ...(patch as object), version: held.version + 1 };
      return json(held);
    });
    store = new TicketStore(desk.session, "t1");
    await store.load();
  });
  afterEach(() => {
    store.close();
    desk.stop();
  });
  const meanwhile = (part: Partial<typeof held>) => (held = { ...held, ...part, version: held.version + 1 });

  it("changes the ticket as it was seen", async () => {
    expect(await store.change({ priority: "high" })).to.equal(true);
    expect(store.ticket!.priority).to.equal("high");
    expect(desk.of("PATCH /v1/support/tickets/t1")[0]!.body).to.deep.equal({ priority: "high", version: 1 });
  });

  it("does it again on top when somebody else changed something else", async () => {
    meanwhile({ tags: ["vat"] });
    expect(await store.change({ priority: "high" })).to.equal(true);
    expect(store.ticket).to.deep.include({ priority: "high", tags: ["vat"] });
    expect(store.conflict).to.equal(null);
  });

  it("asks when somebody else changed the same, and does as told", async () => {
    meanwhile({ priority: "critical" });
    expect(await store.change({ priority: "high" })).to.equal(false);
    expect(store.conflict).to.deep.equal({ priority: "high" });
    expect(store.ticket!.priority).to.equal("critical");
    expect(await store.change(store.conflict!)).to.equal(true);
    expect(held.priority).to.equal("high");
    expect(store.conflict).to.equal(null);
  });

  it("is content when the other did the very same", async () => {
    meanwhile({ priority: "high" });
    expect(await store.change({ priority: "high" })).to.equal(true);
    expect(store.conflict).to.equal(null);
  });

  it("keeps a refusal to be shown", async () => {
    desk.on("PATCH /v1/support/tickets/t1", () => problem(409, "illegal_transition", { allowed: ["open"] }));
    expect(await store.change({ status: "resolved" })).to.equal(false);
    expect(store.refusal).to.have.nested.property("problem.allowed").that.deep.equals(["open"]);
    expect(store.busy.size).to.equal(0);
  });

  it("tells a missing ticket from a desk in trouble", async () => {
    const missing = new TicketStore(desk.session, "nope");
    await missing.load();
    expect(missing.state).to.equal("missing");
    desk.on("GET /v1/support/tickets/t1", () => problem(503, "unavailable"));
    const failed = new TicketStore(desk.session, "t1");
    await failed.load();
    expect(failed.state).to.equal("failed");
    missing.close();
    failed.close();
  });
});
