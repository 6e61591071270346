import { expect, waitUntil } from "@open-wc/testing";
import type { HistoryEntry } from "@sidedesk/contract";
import { buildComment, buildTicket, DeskHarness, json } from "../shell/desk.harness.ts";
import { TicketConversation } from "./conversation.ts";
import { TicketStore } from "./ticket-store.ts";

describe("<desk-conversation>", () => {
  let desk: DeskHarness;
  let element: TicketConversation;
  const at = (minutes: number) => new Date(Date.parse("2026-11-20T10:00:00Z") + minutes * 60_000).toISOString();
  const entry = (part: Partial<HistoryEntry>): HistoryEntry => ({
    id: "h1",
    type: "ticket.updated",
    actor: { kind: "staff", id: "s1", name: "Ife Adair" },
    before: null,
    after: null,
    createdAt: at(3),
    ...part,
  });

  async function open(fill: (store: TicketStore) => void): Promise<HTMLElement[]> {
    const store = new TicketStore(desk.session, "t1");
    store.ticket = buildTicket({ createdAt: at(0), slaDueAt: at(240) });
    store.state = "ready";
    fill(store);
    element = new TicketConversation();
    element.store = store;
    desk.root.append(element);
    await element.updateComplete;
    return [...element.renderRoot.querySelectorAll<HTMLElement>("ol > li:not(.day)")];
  }

  beforeEach(async () => {
    desk = await new DeskHarness().start();
  });
  afterEach(() => desk.stop());

  it("begins with what was asked and goes on by time, messages and events in one line", async () => {
    const items = await open((store) => {
      store.comments = [buildComment({ id: "m1", createdAt: at(5), body: "later", html: "<p>later</p>" })];
      store.history = [entry({ before: { priority: "medium" }, after: { priority: "high" } })];
    });
    expect(items.length).to.equal(3);
    expect(items[0]!.textContent).to.contain("leaks");
    expect(items[1]!.textContent).to.contain("Ife Adair set priority to high, was medium.");
    expect(items[2]!.textContent).to.contain("later");
    await expect(element).to.be.accessible();
  });

  it("tells customer, staff, note and machine apart, in words too", async () => {
    const items = await open((store) => {
      store.comments = [
        buildComment({ id: "m1", createdAt: at(1), author: { type: "staff", id: "s2", name: "Jonas" } }),
        buildComment({
          id: "m2",
          createdAt: at(2),
          author: { type: "staff", id: "s2", name: "Jonas" },
          visibility: "internal",
        }),
        buildComment({ id: "m3", createdAt: at(3), author: { type: "ai", id: null, name: "" } }),
      ];
    });
    expect(items.map((item) => item.className)).to.deep.equal([
      "entry entry-customer",
      "entry entry-staff",
      "entry entry-note",
      "entry entry-ai",
    ]);
    expect(items[1]!.textContent).to.contain("1 min, in time");
    expect(items[2]!.textContent).to.contain("Note, staff only");
    expect(items[3]!.textContent).to.contain("Automatic answer");
  });

  it("leaves out a status that an answer moved by itself", async () => {
    const items = await open((store) => {
      store.comments = [buildComment({ createdAt: at(3), author: { type: "staff", id: "s1", name: "Ife Adair" } })];
      store.history = [
        entry({ type: "ticket.status_changed", before: { status: "open" }, after: { status: "waiting_customer" } }),
      ];
    });
    expect(items.length).to.equal(2);
  });

  it("never runs what a message brings along", async () => {
    const items = await open((store) => {
      store.comments = [
        buildComment({
          html: '<p>x</p><img src=x onerror="window.hacked = 1"><script>window.hacked = 1</script><a href="javascript:1">y</a>',
        }),
      ];
    });
    expect(items[1]!.querySelector("img, script, a[href^=javascript]")).to.equal(null);
    expect("hacked" in window).to.equal(false);
  });

  it("reads out an answer that came while one looked on", async () => {
    await open(() => {});
    element.store.comments = [buildComment({ author: { type: "customer", id: "c1", name: "Mara" } })];
    element.requestUpdate();
    await element.updateComplete;
    expect(element.renderRoot.querySelector("[aria-live]")!.textContent).to.equal("New answer from Mara");
  });

  it("T3 groups what one person says in a row, parts days and lets times tick", async () => {
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    await open((store) => {
      store.ticket = buildTicket({ createdAt: ago(3 * 24 * 60) });
      const jonas = { type: "staff", id: "s2", name: "Jonas" } as const;
      store.comments = [
        buildComment({ id: "m1", createdAt: ago(4), author: jonas }),
        buildComment({ id: "m2", createdAt: ago(3), author: jonas }),
        buildComment({ id: "m3", createdAt: ago(2), author: jonas, visibility: "internal" }),
        buildComment({ id: "m4", createdAt: ago(1) }),
      ];
    });
    const said = [...element.renderRoot.querySelectorAll<HTMLElement>(".entry")];
    expect(said.map((one) => one.classList.contains("more"))).to.deep.equal([false, false, true, false, false]);
    expect(element.renderRoot.querySelectorAll(".day").length).to.be.greaterThan(1);
    expect(said[1]!.querySelector("time")!.textContent).to.equal("4 min ago");
    expect(said[0]!.querySelector("time")!.textContent).to.match(/\d:\d\d/);
  });

  it("T3 begins at the newest page and fetches what is older", async () => {
    const comment = (n: number) =>
      buildComment({ id: `m${n}`, createdAt: at(n), body: `no ${n}`, html: `<p>no ${n}</p>` });
    desk.on("GET /v1/support/tickets/t1", () => json(buildTicket({ createdAt: at(0) })));
    desk.on("GET /v1/support/tickets/t1/history", () => json({ data: [], nextCursor: null }));
    desk.on("GET /v1/support/tickets/t1/comments", ({ search }) =>
      search.get("cursor")
        ? json({ data: [comment(2), comment(1)], nextCursor: null })
        : json({ data: [comment(4), comment(3)], nextCursor: "older" }),
    );
    await open((store) => (store.state = "loading"));
    await element.store.load();
    await element.updateComplete;
    const texts = () =>
      [...element.renderRoot.querySelectorAll<HTMLElement>(".entry .bubble")].map((one) => one.textContent.trim());
    expect(texts()).to.deep.equal(["no 3", "no 4"]);
    expect(desk.of("GET /v1/support/tickets/t1/comments")[0]!.search.get("sort")).to.equal("-createdAt");
    element.renderRoot.querySelector<HTMLButtonElement>(".older button")!.click();
    await waitUntil(() => texts().length === 5);
    expect(texts().slice(1)).to.deep.equal(["no 1", "no 2", "no 3", "no 4"]);
    expect(element.renderRoot.querySelector(".older")).to.equal(null);
    expect(element.renderRoot.querySelector("[aria-live]")!.textContent).to.equal("");
  });
});
