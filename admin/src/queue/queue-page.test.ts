// Longer than most: rows, selection, bulk changes and merging are tried on one queue that each test opens.
import { expect, waitUntil } from "@open-wc/testing";
import { buildTicket, DeskHarness, json, problem } from "../shell/desk.harness.ts";
import type { BulkBar } from "./bulk-bar.ts";
import { preferences, QueuePreferences } from "./preferences.ts";
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
    desk.root.style.setProperty("inline-size", "1100px");
    preferences.reset();
  });
  afterEach(() => desk.stop());

  it("says how long a customer who was answered has waited again, and not that they were answered", async () => {
    const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();
    const answered = {
      slaState: "met" as const,
      createdAt: ago(300),
      firstRespondedAt: ago(290),
      lastStaffMessageAt: ago(290),
    };
    const list = [
      buildTicket({ ...answered, id: "t1", status: "open", lastCustomerMessageAt: ago(12) }),
      buildTicket({ ...answered, id: "t2", status: "waiting_customer", lastCustomerMessageAt: ago(300) }),
    ];
    desk.on("GET /v1/support/tickets", () => json({ data: list, nextCursor: null }));
    await open();
    const chips = () => drawn().map((row) => row.querySelector(".chip.sla")?.textContent.trim());
    await waitUntil(() => drawn().length === 2 && chips().every(Boolean), "both stand there", { timeout: 10_000 });
    expect(chips()).to.deep.equal(["waiting 12 min", "10 min, in time"]);
  });

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
    const heads = () => [...table.querySelectorAll("[role=columnheader]")];
    // The browser tells how wide the list is only after it was drawn first, on a busy machine much later.
    await waitUntil(() => heads().length === 8, "all columns", { timeout: 10_000 });
    expect(heads().map((head) => head.textContent.trim())).to.deep.equal([
      "",
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

  it("marks a row that changed in its place for a moment, and no other", async () => {
    desk.on("GET /v1/support/tickets", () => json({ data: many(5), nextCursor: null }));
    await open();
    await waitUntil(() => drawn().length === 5);
    const marked: string[] = [];
    const seen = new MutationObserver(() =>
      marked.push(...drawn().flatMap((row) => (row.classList.contains("touched") ? row.dataset["id"]! : []))),
    );
    seen.observe(rows().renderRoot, { subtree: true, attributes: true, attributeFilter: ["class"] });
    const order = () => drawn().map((row) => row.dataset["id"]);
    const before = order();
    const [, , third] = desk.tickets.tickets;
    desk.tickets.apply({ ...third!, status: "in_progress", version: 2 });
    await waitUntil(() => drawn()[2]!.textContent.includes("In progress"));
    await waitUntil(() => marked.length > 0);
    await waitUntil(() => !drawn().some((row) => row.classList.contains("touched")), "the mark goes", {
      timeout: 10_000,
    });
    seen.disconnect();
    expect([...new Set(marked)]).to.deep.equal(["t2"]);
    expect(order()).to.deep.equal(before);
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

  describe("ticking rows", () => {
    const ticked = () => drawn().filter((row) => row.classList.contains("ticked")).length;
    const bar = () => element.renderRoot.querySelector<BulkBar>("desk-bulk-bar")!;
    const barText = () => bar().renderRoot.querySelector("[role=toolbar] b")?.textContent.trim();

    beforeEach(async () => {
      desk.on("GET /v1/support/tickets", () => json({ data: many(6), nextCursor: null }));
      await open();
      await waitUntil(() => drawn().length === 6);
    });

    it("works by x, by Shift+x and by the boxes, and says how many", async () => {
      press("j");
      await waitUntil(() => drawn()[0]!.classList.contains("cursor"));
      press("x");
      await waitUntil(() => barText() === "1 selected");
      press("j");
      press("j");
      await waitUntil(() => drawn()[2]!.classList.contains("cursor"));
      press("X");
      await waitUntil(() => barText() === "3 selected");
      expect(ticked()).to.equal(3);
      const box = drawn()[5]!.querySelector<HTMLInputElement>("[type=checkbox]")!;
      expect(box.getAttribute("aria-label")).to.equal("Select Subject of t5");
      box.click();
      await waitUntil(() => barText() === "4 selected");
      press("Escape");
      await waitUntil(() => !bar().renderRoot.querySelector("[role=toolbar]"));
      expect(ticked()).to.equal(0);
    });

    it("changes what is ticked, offers to take it back and says what was refused", async () => {
      desk.on("POST /v1/support/tickets/bulk", () =>
        json({ id: "b1", changed: 1, refused: [{ id: "t1", code: "illegal_transition", detail: "no" }] }),
      );
      drawn()[0]!.querySelector<HTMLInputElement>("[type=checkbox]")!.click();
      drawn()[1]!.querySelector<HTMLInputElement>("[type=checkbox]")!.click();
      await waitUntil(() => barText() === "2 selected");
      await expect(element).to.be.accessible();
      press("e");
      await waitUntil(() => bar().renderRoot.querySelector("[role=alert]"));
      expect(desk.of("POST /v1/support/tickets/bulk")[0]!.body).to.deep.equal({
        ids: ["t0", "t1"],
        change: { status: "resolved" },
      });
      expect(bar().renderRoot.querySelector("[role=alert]")!.textContent)
        .to.contain("1 ticket was not changed")
        .and.to.contain(buildTicket({ id: "t1" }).number)
        .and.to.contain("cannot go to this status");
      const toast = desk.toasts.all.at(-1)!;
      expect(toast.words).to.equal("1 ticket changed.");
      desk.on("POST /v1/support/tickets/bulk/b1/undo", () => json({ id: "b1" }, 202));
      const kept = { id: "t0", code: "conflict", detail: "Changed since: status." };
      const undo = { state: "done", done: 1, total: 1, refused: [kept], refusedCount: 1 };
      desk.on("GET /v1/support/tickets/bulk/b1", () => json({ id: "b1", state: "done", undo }));
      toast.action!.run();
      await waitUntil(() => desk.toasts.all.at(-1)!.words === "Undone, but for 1 that somebody changed since.");
      await waitUntil(() => bar().renderRoot.querySelector("[role=alert] li"));
      expect(bar().renderRoot.querySelector("[role=alert] li")!.textContent.trim()).to.equal(
        `${buildTicket({ id: "t0" }).number} Somebody changed it since.`,
      );
    });

    describe("T18 Merge", () => {
      const dialog = () => bar().renderRoot.querySelector("desk-merge-many")!.shadowRoot!;
      const words = () => dialog().querySelector(".what")!.textContent.replaceAll(/\s+/g, " ").trim();
      const numberOf = (id: string) => buildTicket({ id }).number;
      const mergesInto = (target: string) =>
        desk.calls
          .filter(({ path, body }) => path.endsWith("/merge") && body["into"] === target)
          .map(({ path }) => path);

      /** Three of Mara, asked one after the other, and one of Tomás. */
      async function tick(...at: number[]): Promise<void> {
        const customer = { id: "c2", externalId: null, name: "Tomás", email: "tomas@example.com" };
        const asked = (id: string, hour: number, part: object = {}) =>
          buildTicket({ id, createdAt: `2026-11-20T1${hour}:00:00.000Z`, commentCount: hour, ...part });
        const list = [asked("t0", 2), asked("t1", 1), asked("t2", 3), asked("t3", 0, { customer })];
        desk.on("GET /v1/support/tickets", () => json({ data: list, nextCursor: null }));
        await desk.tickets.reload();
        await waitUntil(() => drawn().length === 4);
        const boxes = () => drawn().map((row) => row.querySelector<HTMLInputElement>("[type=checkbox]")!);
        for (const one of at) boxes()[one]!.click();
        await waitUntil(() => barText() === `${at.length} selected`);
      }
      const open = async () => {
        [...bar().renderRoot.querySelectorAll("button")].find((one) => one.textContent.trim() === "Merge")!.click();
        await waitUntil(() => dialog().querySelector("dialog")!.open);
      };

      it("is offered for two and more, goes into the oldest unless one says otherwise, and says what moves", async () => {
        await tick(0);
        expect(bar().renderRoot.querySelector("desk-merge-many")).to.exist;
        expect(bar().renderRoot.textContent).not.to.contain("Merge");
        drawn()[1]!.querySelector<HTMLInputElement>("[type=checkbox]")!.click();
        await waitUntil(() => barText() === "2 selected");
        await open();
        expect(words()).to.contain(`${numberOf("t0")} closes, and its number leads to ${numberOf("t1")}.`);
        expect(words()).to.contain("3 entries move there");
        await expect(bar()).to.be.accessible();
        dialog().querySelectorAll<HTMLInputElement>("[type=radio]")[1]!.click();
        await waitUntil(() => words().includes(`${numberOf("t1")} closes`));
        expect(words()).to.contain("2 entries move there");
      });

      it("merges the others one by one, shows how far it is, and takes it back", async () => {
        let go = () => {};
        desk.on("POST /v1/support/tickets/t0/merge", () => json(buildTicket({ id: "t1" })));
        desk.on(
          "POST /v1/support/tickets/t2/merge",
          () => new Promise((resolve) => (go = () => resolve(json(buildTicket({ id: "t1" }))))),
        );
        await tick(0, 1, 2);
        await open();
        expect(words()).to.contain("2 tickets close, and their numbers lead to");
        dialog().querySelector("form")!.requestSubmit();
        await waitUntil(() => bar().renderRoot.textContent.includes("1 of 2"));
        await waitUntil(() => mergesInto("t1").length === 2);
        go();
        await waitUntil(() => desk.toasts.all.at(-1)?.words === `2 tickets merged into ${numberOf("t1")}.`);
        expect(ticked()).to.equal(0);
        for (const id of ["t0", "t2"])
          desk.on(`POST /v1/support/tickets/${id}/unmerge`, () => json(buildTicket({ id })));
        desk.toasts.all.at(-1)!.action!.run();
        await waitUntil(() => desk.toasts.all.at(-1)?.words.startsWith("Undone"));
        expect(
          desk.calls.filter(({ path }) => path.endsWith("/unmerge")).map(({ path }) => path.split("/")[4]),
        ).to.deep.equal(["t2", "t0"]);
      });

      it("leaves other customers' tickets alone, and says what the desk refused", async () => {
        desk.on("POST /v1/support/tickets/t0/merge", () =>
          problem(409, "conflict", { detail: "It was merged into another ticket already." }),
        );
        await tick(0, 1, 3);
        await open();
        expect(dialog().textContent).to.contain("stays as it is: another customer");
        dialog().querySelector("form")!.requestSubmit();
        await waitUntil(() => bar().renderRoot.querySelector("[role=alert]"));
        expect(mergesInto("t1").length).to.equal(1);
        expect(bar().renderRoot.querySelector("[role=alert]")!.textContent)
          .to.contain(numberOf("t0"))
          .and.to.contain("merged into another ticket already");
      });

      it("has nothing to merge where each is of another customer", async () => {
        await tick(0, 3);
        await open();
        expect(words()).to.contain("Only tickets of the same customer can be merged.");
        expect(dialog().querySelector<HTMLButtonElement>("[type=submit]")!.disabled).to.equal(true);
      });
    });

    it("changes all that match by their filter, and shows how far it is", async () => {
      desk.on("GET /v1/support/tickets", ({ search }) =>
        search.has("cursor") ? new Promise<Response>(() => {}) : json({ data: many(6), nextCursor: "6" }),
      );
      await desk.tickets.reload();
      await waitUntil(() => rows()?.renderRoot.querySelector(".end-line"));
      (element.renderRoot.querySelector("desk-ticket-rows") as TicketRows).renderRoot
        .querySelector<HTMLInputElement>(".head [type=checkbox]")!
        .click();
      await waitUntil(() => barText() === "6 selected");
      bar().renderRoot.querySelector<HTMLButtonElement>(".all")!.click();
      await waitUntil(() => barText() === "All that match");
      let asked = 0;
      desk.on("POST /v1/support/tickets/bulk", () => json({ id: "b2" }, 202));
      desk.on("GET /v1/support/tickets/bulk/b2", () => {
        const isDone = ++asked > 2;
        return json({
          id: "b2",
          state: isDone ? "done" : "running",
          done: isDone ? 900 : 300,
          total: 900,
          changed: 899,
          refused: isDone ? [{ id: "far", code: "illegal_transition", detail: "no" }] : [],
          refusedCount: isDone ? 1 : 0,
          undo: null,
        });
      });
      desk.on("GET /v1/support/tickets/far", () => json(buildTicket({ id: "far" })));
      press("m");
      await waitUntil(() => bar().renderRoot.querySelector("progress")?.value === 300);
      await waitUntil(() => desk.toasts.all.at(-1)?.words === "899 tickets changed.", "the end", { timeout: 5000 });
      expect(desk.of("POST /v1/support/tickets/bulk")[0]!.body).to.deep.equal({
        filter: { status: ["open", "in_progress", "waiting_customer", "waiting_ai"] },
        change: { assigneeId: "s1" },
      });
      // What was refused is named by its number, though its row is not at hand.
      await waitUntil(() => bar().renderRoot.querySelector("[role=alert] a"));
      expect(bar().renderRoot.querySelector("[role=alert] a")!.textContent).to.equal(buildTicket({ id: "far" }).number);
    });
  });

  it("keeps density and columns, also those of categories' own fields", async () => {
    const fields = [{ key: "plan", label: "Plan", type: "text", required: false }];
    desk.on("GET /v1/support/categories", () => json({ data: [{ key: "general", label: "General", fields }] }));
    await desk.directory.load();
    desk.on("GET /v1/support/tickets", () =>
      json({ data: [buildTicket({ fields: { plan: "Studio" } })], nextCursor: null }),
    );
    await open();
    await waitUntil(() => drawn().length === 1);
    preferences.setDensity("compact");
    preferences.toggleColumn("field:plan");
    await waitUntil(() => drawn()[0]!.textContent.includes("Studio"));
    await waitUntil(() => drawn()[0]!.getBoundingClientRect().height === 32);
    const again = new QueuePreferences();
    again.open("s1", "demo");
    expect(again.density).to.equal("compact");
    expect(again.columns).to.include("field:plan");
  });

  it("saves what is on show as a view, and lists it with its count", async () => {
    await open("?priority=high");
    const views = () => element.renderRoot.querySelector("desk-queue-views")!.shadowRoot!;
    await waitUntil(() => views().querySelector("[aria-label='Save this view']"));
    (views().querySelector("[aria-label='Save this view']") as HTMLButtonElement).click();
    const form = views().querySelector("form")!;
    await waitUntil(() => views().querySelector("dialog")!.open);
    form.querySelector<HTMLInputElement>("[name=name]")!.value = "Urgent";
    form.querySelector<HTMLInputElement>("[name=shared]")!.checked = true;
    const filter = { status: "open,in_progress,waiting_customer,waiting_ai", priority: ["high"] };
    const view = {
      id: "v1",
      name: "Urgent",
      filter,
      sort: "slaDueAt",
      shared: true,
      owner: { id: "s1", name: "Ife Adair" },
      createdAt: "2026-11-21T00:00:00Z",
      count: 1000,
    };
    desk.on("POST /v1/views", () => json(view, 201));
    desk.on("GET /v1/views", () => json({ data: [view], nextCursor: null }));
    form.requestSubmit();
    await waitUntil(() => views().querySelector("a[aria-current=true]")?.textContent.includes("Urgent"));
    expect(desk.of("POST /v1/views")[0]!.body).to.deep.equal({
      name: "Urgent",
      filter: { status: ["open", "in_progress", "waiting_customer", "waiting_ai"], priority: ["high"] },
      sort: "slaDueAt",
      shared: true,
    });
    expect(views().querySelector("a[aria-current=true]")!.textContent).to.contain("1,000+");
    expect(views().querySelector("sd-menu")).to.exist;
    await expect(element).to.be.accessible();
  });
});
