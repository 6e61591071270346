// Longer than most: states, orders and pages are tried on one list that each test opens.
import { aTimeout, expect, fixture, html, oneEvent, waitUntil } from "@open-wc/testing";
import type { Ticket } from "@sidedesk/contract";
import "../desk-elements.ts";
import { buildNotice, buildTicket, DeskEdge, problem } from "../../../test/browser/desk-edge.ts";
import { Desk } from "../session/desk.ts";
import { setStandardDesk } from "../session/page-desk.ts";
import type { SidedeskTickets } from "./tickets.ts";

describe("<sidedesk-tickets>", () => {
  let edge: DeskEdge;
  let desk: Desk;
  let element: SidedeskTickets;
  const root = () => element.shadowRoot!;
  const rows = () => [...root().querySelectorAll<HTMLElement>(".request")];
  const subjects = () => rows().map((row) => row.querySelector("strong")?.textContent);
  const button = (word: string) =>
    [...root().querySelectorAll<HTMLButtonElement>("button")].find((one) => one.textContent.trim() === word)!;
  const emit = (name: string, value: unknown) =>
    (desk as unknown as { fire: (name: string, value: unknown) => void }).fire(name, value);
  const show = async (): Promise<void> => {
    element = await fixture(html`<sidedesk-tickets></sidedesk-tickets>`);
  };
  beforeEach(async () => {
    edge = new DeskEdge();
    edge.tickets = [
      buildTicket({ subject: "Mine to answer", status: "waiting_customer" }),
      buildTicket({ subject: "With you", status: "in_progress" }),
      buildTicket({ subject: "Done", status: "resolved" }),
    ];
    desk = new Desk({ base: "https://desk.invalid", siteKey: `pk_${Math.random()}`, fetch: edge.fetch });
    setStandardDesk(desk);
    await desk.identify(() => "j.w.t");
  });
  afterEach(() => desk.logout());

  it("groups by whose turn it is", async () => {
    await show();
    await waitUntil(() => rows().length === 3);
    expect([...root().querySelectorAll(".group-head span:first-child")].map((head) => head.textContent)).to.deep.equal([
      "Your turn",
      "With us",
      "Solved",
    ]);
    expect(subjects()).to.deep.equal(["Mine to answer", "With you", "Done"]);
    await expect(element).to.be.accessible();
  });

  it("asks for nothing once it is gone, also when that was in the moment it came", async () => {
    element = document.createElement("sidedesk-tickets") as SidedeskTickets;
    document.body.append(element);
    element.remove();
    await Promise.resolve();
    emit("refetch", undefined);
    await aTimeout(0);
    expect(edge.count("GET", /tickets/)).to.equal(0);
    document.body.append(element); // and once it is back, once
    await waitUntil(() => rows().length === 3);
    expect(edge.count("GET", /tickets/)).to.equal(1);
    element.remove();
  });

  it("marks what has a new answer", async () => {
    edge.notices = [buildNotice({ link: `ticket:${edge.tickets[1]!.id}` })];
    await desk.countUnread();
    await show();
    await waitUntil(() => rows().length === 3);
    expect(rows().map((row) => row.hasAttribute("data-new"))).to.deep.equal([false, true, false]);
  });

  it("moves along rows with the arrows and tells the page which was chosen", async () => {
    await show();
    await waitUntil(() => rows().length === 3);
    rows()[0]!.focus();
    const press = (key: string) =>
      root().activeElement!.dispatchEvent(
        new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true }),
      );
    press("ArrowDown");
    expect(root().activeElement).to.equal(rows()[1]);
    press("End");
    expect(root().activeElement).to.equal(rows()[2]);
    press("Home");
    const [second] = [edge.tickets[0]!];
    setTimeout(() => rows()[0]!.click());
    const event = await oneEvent<CustomEvent<{ id: string }>>(element, "sidedesk-ticket-select");
    expect(event.detail.id).to.equal(second.id);
  });

  it("keeps what is told while the desk is asked, whose answer may be older", async () => {
    let answer!: () => void;
    edge.answers.set("GET /v1/support/tickets", async () => {
      const body = { data: [...edge.tickets], nextCursor: null };
      await new Promise<void>((resolve) => (answer = resolve));
      return { status: 200, body };
    });
    await show();
    await waitUntil(() => answer);
    emit("ticket", { ...edge.tickets[1]!, subject: "Said meanwhile", version: 2 });
    answer();
    await waitUntil(() => rows().length === 3);
    expect(subjects()).to.contain("Said meanwhile");
    edge.tickets.push(buildTicket({ subject: "Asked before that" }));
    emit("refetch", undefined);
    await waitUntil(() => edge.count("GET", /tickets/) === 2);
    emit("ticket", buildTicket({ subject: "Just asked" }));
    answer();
    await waitUntil(() => subjects().includes("Asked before that"));
    expect(subjects()).to.contain("Just asked");
  });

  it("takes a change live, once, and keeps the focus with its row", async () => {
    await show();
    await waitUntil(() => rows().length === 3);
    const moved = edge.tickets[1]!;
    rows()[0]!.focus();
    emit("ticket", { ...moved, status: "waiting_customer", version: 2, updatedAt: new Date().toISOString() });
    await element.updateComplete;
    expect(subjects()).to.deep.equal(["With you", "Mine to answer", "Done"]);
    expect((root().activeElement as HTMLElement).textContent).to.contain("Mine to answer");
    emit("ticket", { ...moved, subject: "Older", version: 1 });
    await element.updateComplete;
    expect(subjects()).to.contain("With you");
  });

  it("filters, says when nothing fits, and clears", async () => {
    await show();
    await waitUntil(() => rows().length === 3);
    button("Solved").click();
    await waitUntil(() => rows().length === 1);
    const search = root().querySelector<HTMLInputElement>('input[type="search"]')!;
    search.value = "nothing like it";
    search.dispatchEvent(new InputEvent("input"));
    await waitUntil(() => root().textContent.includes("Nothing found"));
    button("Clear filters").focus();
    button("Clear filters").click();
    await waitUntil(() => rows().length === 3);
    expect(search.value).to.equal("");
    // The button is gone; who goes by keys must not begin the page anew.
    await waitUntil(() => root().activeElement?.localName === "h1");
  });

  it("T2 shows what waits for its reader, what is open, and how it was rated", async () => {
    edge.tickets[2]!.rating = { score: 4, comment: null, createdAt: new Date().toISOString() };
    await show();
    await waitUntil(() => rows().length === 3);
    expect(rows()[2]!.querySelector('[role="img"].stars')?.getAttribute("aria-label")).to.equal("You gave 4 of 5.");
    expect(rows()[2]!.querySelectorAll(".on")).to.have.length(4);
    button("Your turn").click();
    await waitUntil(() => rows().length === 1);
    expect(subjects()).to.deep.equal(["Mine to answer"]);
    expect(button("Your turn").getAttribute("aria-pressed")).to.equal("true");
    button("Open").click();
    await waitUntil(() => rows().length === 2);
    await expect(element).to.be.accessible();
  });

  it("T2 asks once for what was typed in one go, and pages as one scrolls", async () => {
    edge.tickets = Array.from({ length: 60 }, (_, at) =>
      buildTicket({ subject: `Request ${at}`, updatedAt: new Date(Date.now() - at * 60_000).toISOString() }),
    );
    const all = edge.tickets;
    edge.answers.set("GET /v1/support/tickets", ({ path }) => {
      const asked = new URLSearchParams(path.split("?")[1]);
      const found = all.filter(({ subject }) => subject.includes(asked.get("q") ?? ""));
      const from = Number(asked.get("cursor") ?? 0);
      const next = from + 50 < found.length ? String(from + 50) : null;
      return { status: 200, body: { data: found.slice(from, from + 50), nextCursor: next } };
    });
    await show();
    await waitUntil(() => rows().length === 50);
    const box = root().querySelector<HTMLElement>(".panel-body")!;
    box.scrollTop = box.scrollHeight;
    box.dispatchEvent(new Event("scroll")); // a browser that shows another page at the moment sends none
    await waitUntil(() => rows().length === 60);
    expect(new Set(subjects()).size).to.equal(60);
    const before = edge.count("GET", /tickets\?/);
    const search = root().querySelector<HTMLInputElement>('input[type="search"]')!;
    for (const typed of ["Request", "Request 5", "Request 59"]) {
      search.value = typed;
      search.dispatchEvent(new InputEvent("input"));
    }
    await waitUntil(() => rows().length === 1);
    expect(edge.count("GET", /tickets\?/)).to.equal(before + 1);
  });

  it("T2 puts requests in the order that somebody chose, live ones too, and finds all as it was on the way back", async () => {
    const minutes = (count: number) => new Date(Date.now() + count * 60_000).toISOString();
    const [mine, withYou, done] = edge.tickets as [Ticket, Ticket, Ticket];
    Object.assign(mine, { createdAt: minutes(-300), updatedAt: minutes(-1), slaState: "paused" });
    Object.assign(withYou, { createdAt: minutes(-200), updatedAt: minutes(-2), slaDueAt: minutes(60) });
    Object.assign(done, { createdAt: minutes(-100), updatedAt: minutes(-3), slaState: "met" });
    await show();
    await waitUntil(() => rows().length === 3);
    const order = () => root().querySelector<HTMLSelectElement>('select[aria-label="Order"]')!;
    const choose = (value: string) => {
      order().value = value;
      order().dispatchEvent(new Event("change"));
    };
    const heads = () => root().querySelectorAll(".group-head").length;
    expect([...order().options].map(({ text }) => text)).to.deep.equal([
      "Your turn first",
      "Latest change first",
      "Newest first",
      "Answer due first",
    ]);
    expect(heads()).to.equal(3);
    choose("-createdAt");
    await waitUntil(() => subjects().join() === "Done,With you,Mine to answer" && heads() === 0);
    await expect(element).to.be.accessible();
    emit("ticket", { ...mine, version: 2, updatedAt: minutes(0) });
    emit("ticket", buildTicket({ subject: "Just asked", createdAt: minutes(0) }));
    await element.updateComplete;
    expect(subjects()).to.deep.equal(["Just asked", "Done", "With you", "Mine to answer"]);
    choose("slaDueAt");
    await waitUntil(() => edge.count("GET", /sort=slaDueAt/) === 1 && rows().length === 3);
    emit("ticket", { ...withYou, version: 2, slaDueAt: minutes(90) });
    emit("ticket", { ...mine, version: 3 });
    await element.updateComplete;
    expect(subjects()).to.deep.equal(["With you", "Mine to answer", "Done"]);

    button("Open").click();
    await waitUntil(() => rows().length === 2);
    element.remove();
    await show();
    await waitUntil(() => rows().length === 2);
    expect([order().value, button("Open").getAttribute("aria-pressed")]).to.deep.equal(["slaDueAt", "true"]);
  });

  it("T2 shows what fits a search best first, and leaves it in its place when it changes", async () => {
    await show();
    await waitUntil(() => rows().length === 3);
    const found = [edge.tickets[2]!, edge.tickets[0]!];
    edge.answers.set("GET /v1/support/tickets", () => ({ status: 200, body: { data: found, nextCursor: null } }));
    const search = root().querySelector<HTMLInputElement>('input[type="search"]')!;
    search.value = "glaze";
    search.dispatchEvent(new InputEvent("input"));
    await waitUntil(() => subjects().join() === "Done,Mine to answer");
    expect(root().querySelector("select")!.options[0]!.text).to.equal("Best match first");
    expect(edge.calls.at(-1)?.path).to.contain("q=glaze").and.not.contain("sort=");
    emit("ticket", { ...edge.tickets[0]!, version: 2, updatedAt: new Date().toISOString() });
    await element.updateComplete;
    expect(subjects()).to.deep.equal(["Done", "Mine to answer"]);
  });

  it("says what will be here while there is nothing", async () => {
    edge.tickets = [];
    await show();
    await waitUntil(() => root().textContent.includes("No requests yet"));
    setTimeout(() => button("Ask us something").click());
    const event = await oneEvent<CustomEvent<{ view: string }>>(element, "sidedesk-navigate");
    expect(event.detail.view).to.equal("new");
    await expect(element).to.be.accessible();
  });

  it("says what happened, that nothing is lost, and a reference", async () => {
    edge.answers.set("GET /v1/support/tickets", () => problem(500, "internal"));
    await show();
    await waitUntil(() => root().querySelector('[role="alert"]'));
    expect(root().querySelector('[role="alert"]')?.textContent).to.contain("Nothing is lost.").and.contain("4f1c-9a20");
    edge.answers.clear();
    button("Try again").click();
    await waitUntil(() => rows().length === 3);
  });

  it("shows what was last known to who comes back to it without a network, and to nobody else", async () => {
    const gone = (isGone: boolean) => {
      if (isGone) Object.defineProperty(navigator, "onLine", { configurable: true, value: false });
      else Reflect.deleteProperty(navigator, "onLine");
      edge.answers.clear();
      if (isGone) edge.answers.set("GET /v1/support/tickets", () => Promise.reject(new TypeError("Failed to fetch")));
    };
    const hasFailed = () => root().querySelector('[role="alert"]') !== null;
    try {
      await show();
      await waitUntil(() => rows().length === 3);
      emit("ticket", { ...edge.tickets[1]!, subject: "Since changed", version: 2 });
      element.remove();
      gone(true);
      await show();
      await waitUntil(() => rows().length === 3);
      expect(subjects()).to.deep.equal(["Mine to answer", "Since changed", "Done"]);
      expect(root().textContent).to.contain("This is what we last knew.");
      await expect(element).to.be.accessible();
      button("Solved").click(); // never asked before
      await waitUntil(hasFailed);
      gone(false);
      emit("refetch", undefined);
      await waitUntil(() => rows().length === 1 && !hasFailed());
      element.remove();
      edge.customer = { ...edge.customer, id: "c2" };
      await desk.identify(() => "j.w.t2");
      gone(true);
      await show();
      await waitUntil(hasFailed);
      expect(rows().length).to.equal(0);
    } finally {
      gone(false);
    }
  });

  it("asks anew, with nothing filtered, for somebody else", async () => {
    await show();
    await waitUntil(() => rows().length === 3);
    button("Solved").click();
    await waitUntil(() => rows().length === 1);
    edge.customer = { ...edge.customer, id: "c2" };
    await desk.identify(() => "j.w.t2");
    await waitUntil(() => rows().length === 3);
    expect(button("All").getAttribute("aria-pressed")).to.equal("true");
  });

  it("asks to sign in again when the session is over", async () => {
    await show();
    edge.answers.set("POST /v1/sessions", () => problem(401, "unauthenticated"));
    await desk.getToken({ renew: true }).catch(() => null);
    await element.updateComplete;
    expect(root().textContent).to.contain("Please sign in again").and.contain("You were away for a while.");
    edge.answers.clear();
    button("Sign in").click();
    await waitUntil(() => rows().length === 3);
  });

  it("does not say of who was never let in that they were away", async () => {
    desk.logout();
    await show();
    edge.answers.set("POST /v1/sessions", () => problem(401, "unauthenticated"));
    await desk.identify(() => "j.w.t");
    await element.updateComplete;
    expect(root().textContent).to.contain("Please sign in again").and.not.contain("You were away");
  });
});
