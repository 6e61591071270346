import { expect, fixture, html, waitUntil } from "@open-wc/testing";
import type { Comment, Ticket } from "@sidedesk/contract";
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
    (desk as unknown as { emit: (name: string, value: Comment) => void }).emit("comment", comment);
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
    await desk.identify(() => "jwt");
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
    expect(composer().querySelector("button")?.getAttribute("aria-label")).to.equal("Send");
    expect(root().querySelector('[role="region"]')?.getAttribute("aria-label")).to.equal("Conversation");
    await expect(element).to.be.accessible();
  });

  for (const theme of ["light", "dark"]) {
    it(`is accessible in ${theme}`, async () => {
      document.documentElement.style.colorScheme = theme;
      await element.updateComplete;
      await expect(element).to.be.accessible();
      document.documentElement.style.colorScheme = "";
    });
  }

  it("sends with Enter, once, however hard it is pressed", async () => {
    write("An older one");
    press("Enter");
    press("Enter");
    composer().querySelector("button")!.click();
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
    const items = [...root().querySelectorAll<HTMLElement>('[role="menuitem"]')];
    expect(items.map((item) => item.textContent.trim())).to.deep.equal([
      "Mark as solved",
      "Close the request",
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
    more.click();
    items[0]!.click();
    await waitUntil(() => root().querySelector(".status")?.textContent.trim() === "Solved");
    expect(ticket.status).to.equal("resolved");
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
