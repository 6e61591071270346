import { expect, waitUntil } from "@open-wc/testing";
import { buildTicket, DeskHarness, json, problem } from "../shell/desk.harness.ts";
import { QueuePage } from "./queue-page.ts";
import type { TicketRows } from "./ticket-rows.ts";

describe("<desk-queue>", () => {
  let desk: DeskHarness;
  let element: QueuePage;
  const rows = () => element.renderRoot.querySelector<TicketRows>("desk-ticket-rows")!;
  const drawn = () => [...(rows()?.renderRoot.querySelectorAll<HTMLElement>(".row-line") ?? [])];
  const press = (key: string) =>
    document.body.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));

  async function open(search = ""): Promise<void> {
    element = new QueuePage();
    element.search = search;
    desk.root.append(element);
    await element.updateComplete;
  }
  const many = (count: number, from = 0) =>
    Array.from({ length: count }, (_, at) =>
      buildTicket({ id: `t${from + at}`, slaDueAt: new Date(Date.now() + (from + at + 1) * 60_000).toISOString() }),
    );

  // Chromium reports a layout that needs a second frame as an error; the virtualizer does that by design.
  const { onerror } = window;
  before(() => {
    window.onerror = (message, ...rest) =>
      typeof message === "string" && message.includes("ResizeObserver loop")
        ? true
        : (onerror?.call(window, message, ...rest) as unknown);
  });
  after(() => (window.onerror = onerror));

  beforeEach(async () => {
    desk = await new DeskHarness().start();
  });
  afterEach(() => desk.stop());

  it("is a table whose rows name priority, status, clock and assignee in words", async () => {
    const ticket = buildTicket({
      priority: "critical",
      status: "in_progress",
      tags: ["ssl"],
      assignee: { id: "s2", name: "Jonas Whitlock" },
      slaDueAt: new Date(Date.now() + 840_500).toISOString(),
    });
    desk.on("GET /v1/support/tickets", () => json({ data: [ticket], nextCursor: null }));
    await open();
    await waitUntil(() => drawn().length === 1);
    const table = rows().renderRoot.querySelector("[role=table]")!;
    expect([...table.querySelectorAll("[role=columnheader]")].map((head) => head.textContent.trim())).to.deep.equal([
      "Priority",
      "Subject",
      "Customer",
      "Status",
      "Due",
      "Assignee",
      "Updated",
    ]);
    const [row] = drawn();
    expect(row!.querySelector("[aria-label='Critical priority']")).to.exist;
    expect(row!.textContent).to.contain("In progress").and.to.contain("14 min left").and.to.contain("ssl");
    expect(row!.querySelector("[aria-label='Jonas Whitlock']")).to.exist;
    expect(row!.querySelector("a")!.getAttribute("href")).to.equal(`/admin/tickets/${ticket.number}`);
    await expect(element).to.be.accessible();
  });

  it("moves by j and k, and keeps the focus on a link that Enter opens", async () => {
    desk.on("GET /v1/support/tickets", () => json({ data: many(5), nextCursor: null }));
    await open();
    await waitUntil(() => drawn().length === 5);
    const subject = () => rows().shadowRoot!.activeElement?.textContent;
    press("j");
    await waitUntil(() => subject() === "Subject of t0");
    press("j");
    await waitUntil(() => subject() === "Subject of t1");
    press("k");
    await waitUntil(() => subject() === "Subject of t0");
    expect(drawn()[0]!.classList.contains("cursor")).to.equal(true);
  });

  it("draws only what is in sight of very many, and fetches on when the end comes near", async () => {
    desk.on("GET /v1/support/tickets", ({ search }) => {
      const from = Number(search.get("cursor") ?? 0);
      return json({ data: many(100, from), nextCursor: String(from + 100) });
    });
    await open();
    await waitUntil(() => drawn().length > 10);
    expect(drawn().length).to.be.below(80);
    const scroller = rows().renderRoot.querySelector(".rows")!;
    // The list takes its height a moment after its first rows; before that there is nowhere to scroll to.
    await waitUntil(() => scroller.scrollHeight > 3600, "the rows' height", { timeout: 5000 });
    scroller.scrollTop = 3000;
    await waitUntil(() => desk.tickets.tickets.length >= 200, "the next page", { timeout: 5000 });
    expect(desk.tickets.isAtTop).to.equal(false);
    desk.tickets.apply(buildTicket({ id: "fresh", slaDueAt: new Date().toISOString() }));
    await waitUntil(() => element.renderRoot.querySelector(".fresh"));
    expect(element.renderRoot.querySelector(".fresh")!.textContent.trim()).to.equal("1 new");
    (element.renderRoot.querySelector(".fresh") as HTMLButtonElement).click();
    await waitUntil(() => desk.tickets.tickets[0]!.id === "fresh");
  });

  it("asks for what the address says, and says what is chosen", async () => {
    await open("?status=resolved&priority=high&q=parcel");
    await waitUntil(() => desk.of("GET /v1/support/tickets").length === 1);
    const { search } = desk.of("GET /v1/support/tickets")[0]!;
    expect([search.get("status"), search.get("priority"), search.get("q"), search.get("sort")]).to.deep.equal([
      "resolved",
      "high",
      "parcel",
      null,
    ]);
    await element.updateComplete;
    expect((element.renderRoot.querySelector("#search") as HTMLInputElement).value).to.equal("parcel");
  });

  it("offers to clear filters that find nothing, and to try again what failed", async () => {
    await open("?priority=low");
    await waitUntil(() => element.renderRoot.querySelector(".empty"));
    expect(element.renderRoot.querySelector(".empty a")!.textContent).to.equal("Clear filters");
    desk.on("GET /v1/support/tickets", () => problem(503, "unavailable"));
    await desk.tickets.reload();
    await waitUntil(() => element.renderRoot.querySelector("[role=alert]"));
    expect(element.renderRoot.querySelector("[role=alert]")!.textContent)
      .to.contain("Try again")
      .and.to.contain("req-1");
  });
});
