// Longer than most: one view with all that may happen to a conversation.
import { aTimeout, expect, fixture, html, oneEvent, waitUntil } from "@open-wc/testing";
import type { Comment, HistoryEntry, Ticket } from "@sidedesk/contract";
import "../desk-elements.ts";
import { buildComment, buildNotice, buildTicket, DeskEdge, problem } from "../../../test/browser/desk-edge.ts";
import { Desk } from "../session/desk.ts";
import { setStandardDesk } from "../session/page-desk.ts";
import type { SidedeskTicket } from "./ticket.ts";

describe("<sidedesk-ticket>", () => {
  let edge: DeskEdge;
  let desk: Desk;
  let ticket: Ticket;
  let element: SidedeskTicket;
  const root = () => element.shadowRoot!;
  const composer = () => root().querySelector("sidedesk-composer")!.shadowRoot!;
  const area = () => composer().querySelector("textarea")!;
  const bubbles = () => [...root().querySelectorAll(".bubble")].map((bubble) => bubble.textContent.trim());
  const hear = (comment: Comment) =>
    (desk as unknown as { fire: (name: string, value: Comment) => void }).fire("comment", comment);
  const write = (text: string) => {
    area().value = text;
    area().dispatchEvent(new InputEvent("input"));
  };
  const press = (key: string, init: KeyboardEventInit = {}) =>
    area().dispatchEvent(
      new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...init }),
    );

  beforeEach(async () => {
    edge = new DeskEdge();
    ticket = buildTicket({ status: "in_progress", assignee: { id: "s1", name: "Jonas Weber" } });
    edge.tickets = [ticket];
    edge.comments = [buildComment(ticket.id, { createdAt: new Date(Date.now() - 60_000).toISOString() })];
    desk = new Desk({ base: "https://desk.invalid", siteKey: `pk_${Math.random()}`, fetch: edge.fetch });
    setStandardDesk(desk);
    await desk.identify(() => "j.w.t");
    element = await fixture(html`<sidedesk-ticket ticket-id=${ticket.number}></sidedesk-ticket>`);
    await waitUntil(() => root().querySelector("sidedesk-composer"));
    await element.updateComplete;
  });
  afterEach(() => desk.logout());

  it("shows state, promise and what was said, with names that can be read out", async () => {
    expect(root().querySelector("h1")?.textContent).to.equal(ticket.subject);
    expect(root().querySelector(".status")?.textContent.trim()).to.equal("We're on it");
    expect(root().querySelector(".sla")?.textContent).to.contain("Answer by");
    expect(bubbles()).to.deep.equal(["The checkout hangs on phones.", "Which phone is it?"]);
    expect(area().getAttribute("aria-label")).to.equal("Write to Jonas");
    expect(composer().querySelector<HTMLButtonElement>(".icon-button-send")?.getAttribute("aria-label")).to.equal(
      "Send",
    );
    expect(root().querySelector('[role="region"]')?.getAttribute("aria-label")).to.equal("Conversation");
    await expect(element).to.be.accessible();
  });

  for (const days of [-1, 1])
    it(`judges promise, entries and files by the desk's clock when the device's is a day ${days < 0 ? "ahead" : "behind"}`, async () => {
      edge.ahead = days * 86_400_000;
      const deskAt = (minutes: number) => Date.now() + edge.ahead + minutes * 60_000;
      const file = (name: string, minutes: number) => ({
        ...{ id: name, name, size: 9, contentType: "application/pdf", scan: "clean" as const, previewUrl: null },
        url: `https://desk.invalid/file?expires=${Math.round(deskAt(minutes) / 1000)}`,
      });
      const other = buildTicket({
        createdAt: new Date(deskAt(-90)).toISOString(),
        slaDueAt: new Date(deskAt(120)).toISOString(),
        attachments: [file("good", 5), file("spent", -5)],
      });
      edge.tickets.push(other);
      try {
        await desk.getToken({ renew: true });
        element = await fixture(html`<sidedesk-ticket ticket-id=${other.number}></sidedesk-ticket>`);
        await waitUntil(() => root().querySelectorAll("a.file").length === 2);
        expect(root().querySelector(".sla")?.textContent).to.contain("Answer by");
        expect(root().querySelector(".entry time")?.textContent.trim()).to.equal("1 h ago");
        // Whether the browser goes there, or the message is loaded anew first.
        const isFollowed = (name: string): boolean => {
          const link = root().querySelector(`[data-file="${name}"]`)!;
          let isStopped = true;
          root().addEventListener(
            "click",
            (event) => {
              isStopped = event.defaultPrevented;
              event.preventDefault();
            },
            { once: true },
          );
          link.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
          return !isStopped;
        };
        expect([isFollowed("good"), isFollowed("spent")]).to.deep.equal([true, false]);
        root().addEventListener("click", (event) => event.preventDefault(), { once: true }); // the one that follows
      } finally {
        edge.ahead = 0;
        await desk.getToken({ renew: true });
      }
    });

  it("says a second answer of the same person as something new, which is else not read out again", async () => {
    const said = () => root().querySelector('.sr[role="status"]')!.textContent;
    hear(buildComment(ticket.id));
    await element.updateComplete;
    const once = said();
    hear(buildComment(ticket.id));
    await element.updateComplete;
    expect([once, said().trim()]).to.deep.equal(["New answer from Jonas Weber", once]);
    expect(said()).not.to.equal(once);
  });

  for (const theme of ["light", "dark"]) {
    it(`is accessible in ${theme}`, async () => {
      document.documentElement.style.colorScheme = theme;
      await element.updateComplete;
      await expect(element).to.be.accessible();
      document.documentElement.style.colorScheme = "";
    });
  }

  it("asks for nothing once it is gone, also when that was in the moment it came", async () => {
    const other = buildTicket();
    edge.tickets.push(other);
    const brief = document.createElement("sidedesk-ticket") as SidedeskTicket;
    brief.ticketId = other.number;
    document.body.append(brief);
    await brief.updateComplete;
    for (let times = 0; times < 2; times++) {
      brief.remove();
      document.body.append(brief);
    }
    brief.remove();
    await aTimeout(0);
    const asked = () => edge.count("GET", new RegExp(other.number));
    const before = asked();
    (desk as unknown as { fire: (name: string, value: unknown) => void }).fire("refetch", undefined);
    await aTimeout(0);
    expect(asked()).to.equal(before);
  });

  it("shows anew what was said when it was merged with another request", async () => {
    edge.comments.push(buildComment(ticket.id, { body: "Asked elsewhere", createdAt: new Date().toISOString() }));
    (desk as unknown as { fire: (name: string, value: Ticket) => void }).fire("merged", ticket);
    await waitUntil(() => bubbles().includes("Asked elsewhere"));
    expect(bubbles()).to.have.length(3);
  });

  it("sends with Enter, once, however hard it is pressed", async () => {
    write("An older one");
    press("Enter");
    press("Enter");
    composer().querySelector<HTMLButtonElement>(".icon-button-send")!.click();
    await waitUntil(() => edge.comments.length === 2);
    await waitUntil(() => !root().querySelector(".unsent"));
    expect(bubbles().filter((text) => text === "An older one")).to.have.length(1);
    expect(edge.count("POST", /comments$/)).to.equal(1);
    expect(area().value).to.equal("");
  });

  it("makes a new line with Shift, and while a word is being composed", () => {
    write("one");
    expect(press("Enter", { shiftKey: true })).to.equal(true);
    expect(press("Enter", { isComposing: true })).to.equal(true);
    expect(edge.count("POST", /comments$/)).to.equal(0);
  });

  it("shows a message once when the socket is quicker than the answer", async () => {
    let let_go = () => {};
    const held = new Promise<void>((resolve) => (let_go = resolve));
    edge.answers.set(`POST /v1/support/tickets/${ticket.id}/comments`, async ({ body }) => {
      const mine = buildComment(ticket.id, {
        body: String(body?.["body"]),
        author: { type: "customer", id: "c1", name: "Mara" },
      });
      hear(mine);
      await held;
      return { status: 201, body: mine };
    });
    write("Twice?");
    press("Enter");
    await waitUntil(() => bubbles().includes("Twice?") && !root().querySelector(".unsent"));
    expect(bubbles().filter((text) => text === "Twice?")).to.have.length(1);
    let_go();
    await waitUntil(() => edge.count("POST", /comments$/) === 1);
    await element.updateComplete;
    expect(bubbles().filter((text) => text === "Twice?")).to.have.length(1);
  });

  it("keeps what is told while the desk is asked, whose answer may be older", async () => {
    let answer!: () => void;
    const comments = [...edge.comments];
    edge.answers.set(`GET /v1/support/tickets/${ticket.number}/comments`, async () => {
      await new Promise<void>((resolve) => (answer = resolve));
      return { status: 200, body: { data: comments, nextCursor: null } };
    });
    element.ticketId = "";
    await element.updateComplete;
    element.ticketId = ticket.number;
    await waitUntil(() => answer);
    hear(buildComment(ticket.id, { body: "A moment ago" }));
    answer();
    await waitUntil(() => bubbles().includes("A moment ago"));
  });

  it("shows each live entry once, and reads out that there is one without its words", async () => {
    const comment = buildComment(ticket.id, { body: "Fixed now" });
    hear(comment);
    hear(comment);
    hear(buildComment("another"));
    await element.updateComplete;
    expect(bubbles().filter((text) => text === "Fixed now")).to.have.length(1);
    expect(bubbles()).to.have.length(3);
    expect(root().querySelector('.sr[role="status"]')?.textContent).to.equal("New answer from Jonas Weber");
  });

  it("keeps what was written without a connection and sends it when there is one", async () => {
    edge.isReachable = false;
    write("Later");
    press("Enter");
    await waitUntil(() => root().querySelector(".unsent .entry-by")?.textContent.includes("Waiting to send"));
    edge.isReachable = true;
    dispatchEvent(new Event("online"));
    await waitUntil(() => !root().querySelector(".unsent"));
    expect(edge.comments.filter(({ body }) => body === "Later")).to.have.length(1);
  });

  it("says what was not sent, and sends it again at one press", async () => {
    const path = `POST /v1/support/tickets/${ticket.id}/comments`;
    edge.answers.set(path, () => problem(400, "validation_failed"));
    write("Refused");
    press("Enter");
    await waitUntil(() => root().querySelector(".failed"));
    expect(root().querySelector(".failed")?.textContent).to.contain("Not sent.");
    edge.answers.delete(path);
    [...root().querySelectorAll<HTMLButtonElement>(".failed button")]
      .find((button) => button.textContent === "Send again")!
      .click();
    await waitUntil(() => edge.comments.some(({ body }) => body === "Refused"));
  });

  it("T4 shows what a message will look like, and goes on writing or sends from there", async () => {
    const route = "POST /v1/support/preview";
    edge.answers.set(route, ({ body }) => ({ status: 200, body: { html: `<p><b>${String(body?.["body"])}</b></p>` } }));
    const preview = () => composer().querySelector<HTMLButtonElement>('button[aria-label="Preview"]')!;
    const shown = () => composer().querySelector(".preview");
    expect(preview().hidden).to.equal(true);
    write("Bold");
    await waitUntil(() => !preview().hidden);
    preview().click();
    await waitUntil(() => shown()?.querySelector("b")?.textContent === "Bold");
    expect([area().hidden, preview().getAttribute("aria-pressed")]).to.deep.equal([true, "true"]);
    await expect(element).to.be.accessible();
    preview().click();
    await waitUntil(() => !shown() && composer().activeElement === area());
    edge.answers.set(route, () => problem(500, "internal"));
    preview().click();
    await waitUntil(() => composer().querySelector('[role="alert"]')?.textContent === "It is a problem on our side.");
    edge.answers.set(route, () => ({ status: 200, body: { html: "<p>Bold</p>" } }));
    preview().click();
    await waitUntil(shown);
    composer().querySelector<HTMLButtonElement>(".icon-button-send")!.click();
    await waitUntil(() => bubbles().includes("Bold") && !shown());
    expect(area().value).to.equal("");
  });

  it("keeps a draft over a new visit", async () => {
    write("Not done yet");
    element.remove();
    const again = await fixture<SidedeskTicket>(html`<sidedesk-ticket ticket-id=${ticket.id}></sidedesk-ticket>`);
    await waitUntil(
      () =>
        again.shadowRoot!.querySelector("sidedesk-composer")?.shadowRoot?.querySelector("textarea")?.value ===
        "Not done yet",
    );
  });

  it("marks answers read once its reader does something, not before", async () => {
    edge.notices = [buildNotice({ link: `ticket:${ticket.id}` })];
    await desk.countUnread();
    expect(desk.unread).to.equal(1);
    root()
      .querySelector(".thread")!
      .dispatchEvent(new PointerEvent("pointerdown", { bubbles: true, composed: true }));
    expect(desk.unread).to.equal(0);
  });

  it("offers only the moves a customer may make, and closes its menu with Escape alone", async () => {
    const more = root().querySelector<HTMLButtonElement>("#more")!;
    more.click();
    await waitUntil(() => root().querySelector(".popup")?.matches(":popover-open"));
    const items = [...root().querySelectorAll<HTMLElement>('[role="menuitem"]')];
    expect(items.map((item) => item.textContent.trim())).to.deep.equal([
      "Mark as solved",
      "Close the request",
      "History",
      "Copy the number",
    ]);
    expect(root().activeElement).to.equal(items[0]);
    let escaped = 0;
    element.addEventListener("keydown", () => (escaped += 1));
    items[0]!.dispatchEvent(
      new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true, cancelable: true }),
    );
    expect(escaped).to.equal(0);
    expect(root().querySelector(".popup")?.matches(":popover-open")).to.equal(false);
    expect(root().activeElement).to.equal(more);
    more.click();
    items[0]!.click();
    await waitUntil(() => root().querySelector(".status")?.textContent.trim() === "Solved");
    expect(ticket.status).to.equal("resolved");
  });

  /** Shows the request as it is now in the far end's arrays. */
  const show = async (part: Partial<Ticket> = {}) => {
    Object.assign(ticket, part, { version: ticket.version + 1 });
    element.remove();
    element = await fixture(html`<sidedesk-ticket ticket-id=${ticket.id}></sidedesk-ticket>`);
    await waitUntil(() => root().querySelector(".thread"));
    await element.updateComplete;
  };
  const button = (word: string, within: ParentNode = root()) =>
    [...within.querySelectorAll("button")].find((one) => one.textContent.trim() === word)!;
  const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();

  it("T3 opens with the newest entries and brings older ones, without moving what is read", async () => {
    edge.comments = Array.from({ length: 70 }, (_, at) =>
      buildComment(ticket.id, {
        body: `Entry ${at}`,
        createdAt: new Date(Date.now() - (100 - at) * 600_000).toISOString(),
      }),
    );
    await show();
    await waitUntil(() => bubbles().length === 30);
    expect([bubbles()[0], bubbles().at(-1)]).to.deep.equal(["Entry 40", "Entry 69"]);
    expect(button("Show earlier messages")).to.exist;
    const box = root().querySelector<HTMLElement>(".conversation")!;
    const topOf = (text: string) =>
      [...root().querySelectorAll(".bubble")].find((one) => one.textContent.trim() === text)!.getBoundingClientRect()
        .top;
    box.scrollTop = -(box.scrollHeight - box.clientHeight - 150);
    const before = topOf("Entry 43");
    box.dispatchEvent(new Event("scroll")); // a browser that shows another page at the moment sends none
    await waitUntil(() => bubbles().length === 60, "the page above", {
      timeout: 5000,
    });
    expect(Math.abs(topOf("Entry 43") - before)).to.be.below(2);
    await aTimeout(300);
    expect([Math.abs(topOf("Entry 43") - before) < 2, bubbles().length]).to.deep.equal([true, 60]);
    expect(bubbles()[0]).to.equal("Entry 10");
    button("Show earlier messages").click();
    await waitUntil(() => bubbles().length === 71);
    expect(bubbles()[0]).to.equal("The checkout hangs on phones.");
    expect(button("Show earlier messages")).to.equal(undefined);
    expect(new Set(bubbles()).size).to.equal(71);
  });

  it("T3 heads each day, joins what one person says in one go, and says when it was answered", async () => {
    const at = (days: number, minutes: number) =>
      new Date(Date.now() - days * 86_400_000 + minutes * 60_000).toISOString();
    edge.comments = [
      buildComment(ticket.id, { body: "Yesterday", createdAt: at(2, 0) }),
      buildComment(ticket.id, { body: "Today", createdAt: at(0, -9) }),
      buildComment(ticket.id, { body: "And more", createdAt: at(0, -8) }),
      buildComment(ticket.id, { body: "Later", createdAt: at(0, -1) }),
    ];
    await show({ createdAt: at(3, 0), slaState: "met", lastStaffMessageAt: at(0, -1) });
    await waitUntil(() => bubbles().length === 5);
    expect(root().querySelectorAll(".day")).to.have.length.within(3, 4);
    expect([...root().querySelectorAll(".joined .bubble")].map((one) => one.textContent.trim())).to.deep.equal([
      "And more",
    ]);
    expect(root().querySelector(".ticket-facts")?.textContent).to.contain("Answered 1 min");
    expect([...root().querySelectorAll(".entry time")].at(-1)?.textContent).to.contain("1 min");
  });

  it("T1 shows what the topic asked besides, each in its own way", async () => {
    await show({ category: "billing", fields: { invoice: "A-7", amount: 1250.5, paid: true, since: "2026-02-28" } });
    await waitUntil(() => root().querySelector(".own"));
    const rows = [...root().querySelectorAll(".own div")].map((row) => row.textContent.replace(/\s+/g, " ").trim());
    expect(rows).to.deep.equal(["Invoice number A-7", "Amount 1,250.5", "Already paid Yes", "Since when Feb 28"]);
    await expect(element).to.be.accessible();
  });

  it("T11 asks how it went once it is solved, takes one tap, then words, and a change", async () => {
    await show({ status: "resolved", resolvedAt: daysAgo(0) });
    const card = root().querySelector("sidedesk-rating")!.shadowRoot!;
    await waitUntil(() => card.querySelector("fieldset"));
    const radios = () => [...card.querySelectorAll<HTMLInputElement>('input[type="radio"]')];
    expect(card.querySelector("legend")?.textContent).to.equal("How was our help?");
    await expect(element).to.be.accessible();
    radios()[1]!.click();
    radios()[3]!.click();
    await waitUntil(() => ticket.rating !== null, "rated", { timeout: 3000 });
    expect(ticket.rating).to.deep.include({ score: 4, comment: null });
    expect(edge.count("POST", /rating$/)).to.equal(1);
    await waitUntil(() => card.querySelector("textarea"));
    const words = card.querySelector("textarea")!;
    expect(button("Send", card)).to.equal(undefined);
    words.value = "Quick and kind";
    words.dispatchEvent(new InputEvent("input"));
    await waitUntil(() => button("Send", card));
    button("Send", card).click();
    await waitUntil(() => ticket.rating?.comment === "Quick and kind");
    expect(card.textContent).to.contain("You can change it for 7 days.");
    await expect(element).to.be.accessible();
  });

  it("T11 keeps a rating that finds no connection, says that it waits, and sends the last one once", async () => {
    await show({ status: "resolved", resolvedAt: daysAgo(0) });
    const card = () => root().querySelector("sidedesk-rating")!.shadowRoot!;
    const tap = (score: number) => card().querySelectorAll("input")[score - 1]!.click();
    const kept = () => desk.drafts.get<{ input: { score: number } }[]>("outbox")?.map(({ input }) => input.score);
    await waitUntil(() => card().querySelector("input"));
    edge.isReachable = false;
    tap(5);
    await waitUntil(() => card().textContent?.includes("Waiting to send"), "waiting", { timeout: 3000 });
    await expect(element).to.be.accessible();
    const words = card().querySelector("textarea")!;
    words.value = "Late, but right";
    words.dispatchEvent(new InputEvent("input"));
    tap(3);
    await waitUntil(() => kept()?.join() === "3", "the last one waits, in the place of the first", { timeout: 3000 });
    tap(4);
    element.remove(); // right after the tap
    expect(kept()).to.deep.equal([4]);
    edge.isReachable = true;
    dispatchEvent(new Event("online"));
    await waitUntil(() => ticket.rating !== null);
    await show();
    await waitUntil(() => card().textContent?.includes("You can change it for 7 days."));
    expect(ticket.rating).to.deep.include({ score: 4, comment: "Late, but right" });
    expect([edge.count("POST", /rating$/), kept() ?? []]).to.deep.equal([1, []]);
    expect(edge.calls.find(({ path }) => path.endsWith("/rating"))?.key).to.be.a("string");
    expect(card().querySelectorAll("input")[3]!.checked).to.equal(true);
  });

  it("T11 keeps the tap and says why when the rating was refused, and sends it again; one of a week ago stands", async () => {
    const route = `POST /v1/support/tickets/${ticket.id}/rating`;
    edge.answers.set(route, () => problem(409, "rating_closed"));
    await show({ status: "closed", closedAt: daysAgo(1) });
    const card = () => root().querySelector("sidedesk-rating")!.shadowRoot!;
    await waitUntil(() => card().querySelector("input"));
    card().querySelectorAll("input")[4]!.click();
    await waitUntil(() => card().querySelector(".problem"), "a problem", { timeout: 3000 });
    expect(card().querySelector(".problem")?.textContent)
      .to.contain("Not sent.")
      .and.contain("Detail of rating_closed.");
    expect(card().querySelectorAll("input")[4]!.checked).to.equal(true);
    await expect(element).to.be.accessible();
    edge.answers.delete(route);
    button("Send again", card()).click();
    await waitUntil(() => ticket.rating?.score === 5);
    await waitUntil(() => !card().querySelector(".problem"));
    await show({ rating: { score: 2, comment: null, createdAt: daysAgo(8) } });
    await waitUntil(() => card().textContent?.includes("You gave 2 of 5."));
    expect(card().querySelector("input")).to.equal(null);
  });

  it("T5 opens again what was solved, and begins a follow-up of what was closed too long ago", async () => {
    await show({ status: "closed", closedAt: daysAgo(29) });
    button("Not solved, open it again").click();
    await waitUntil(() => ticket.status === "open");
    await show({ status: "closed", closedAt: daysAgo(31) });
    expect(button("Not solved, open it again")).to.equal(undefined);
    expect(root().querySelector("sidedesk-composer")).to.equal(null);
    setTimeout(() => button("Ask a follow-up").click());
    const event = await oneEvent<CustomEvent<{ view: string }>>(element, "sidedesk-navigate");
    expect(event.detail.view).to.equal("new");
    expect(desk.drafts.get<{ followUpOf: unknown }>("form")?.followUpOf).to.deep.equal({
      number: ticket.number,
      subject: ticket.subject,
    });
  });

  it("T5 tells who did what, and gives the focus back when that is closed", async () => {
    const entry = (id: string, type: string, actor: object, after: object): HistoryEntry =>
      ({ id, type, actor, before: null, after, createdAt: daysAgo(0) }) as HistoryEntry;
    const jonas = { kind: "staff", id: "s1", name: "Jonas Weber" };
    const mara = { kind: "customer", id: "c1", name: "Mara Lindqvist" };
    edge.history = [
      entry("1", "ticket.created", mara, { number: "x" }),
      entry("2", "ticket.assigned", jonas, { assigneeId: "s1", assigneeName: "Jonas Weber" }),
      entry("3", "ticket.updated", jonas, { priority: "high" }),
      entry("4", "ticket.updated", jonas, { tags: ["internal-word"] }),
      entry("5", "ticket.status_changed", jonas, { status: "resolved" }),
      entry("6", "ticket.rated", mara, { score: 4 }),
    ];
    root().querySelector<HTMLButtonElement>("#more")!.click();
    await waitUntil(() => root().querySelector(".popup")?.matches(":popover-open"));
    button("History").click();
    await waitUntil(() => root().querySelector("sidedesk-history")?.shadowRoot?.querySelector("li"));
    const history = root().querySelector("sidedesk-history")!.shadowRoot!;
    const lines = [...history.querySelectorAll("li span")].map((line) => line.textContent.replace(/\s+/g, " ").trim());
    expect(lines).to.deep.equal([
      "You: Rated 4 of 5",
      "Jonas Weber: Solved",
      "Jonas Weber: How urgent? High",
      "Jonas Weber: Given to Jonas Weber",
      "You: Sent",
    ]);
    await expect(element).to.be.accessible();
    history.querySelector("button")!.click();
    await element.updateComplete;
    expect(root().querySelector("sidedesk-history")).to.equal(null);
    expect(root().activeElement?.id).to.equal("more");
  });

  it("runs nothing of what a message carries", async () => {
    hear(
      buildComment(ticket.id, {
        html: '<p onclick="boom()">Hi<img src=x onerror="boom()"><script>boom()</script> <a href="javascript:boom()">here</a></p>',
      }),
    );
    await element.updateComplete;
    const last = [...root().querySelectorAll(".bubble")].at(-1)!;
    expect(last.querySelector("img, script, [onclick], a[href]")).to.equal(null);
    expect(last.textContent).to.contain("Hi");
  });

  it("says what is wrong when it cannot be shown, with a reference", async () => {
    const gone = await fixture<SidedeskTicket>(html`<sidedesk-ticket ticket-id="TKT-NONE"></sidedesk-ticket>`);
    await waitUntil(() => gone.shadowRoot!.querySelector('[role="alert"]'));
    expect(gone.shadowRoot!.querySelector('[role="alert"]')?.textContent).to.contain("4f1c-9a20");
  });
});
