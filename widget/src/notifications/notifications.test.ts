import { aTimeout, expect, fixture, html, nextFrame, oneEvent, waitUntil } from "@open-wc/testing";
import type { Notification } from "@sidedesk/contract";
import "../desk-elements.ts";
import { at, buildNotice, DeskEdge } from "../../../test/browser/desk-edge.ts";
import { define } from "../session/desk-element.ts";
import { Desk } from "../session/desk.ts";
import { setStandardDesk } from "../session/page-desk.ts";
import { SidedeskBell } from "./bell.ts";
import type { SidedeskNotifications } from "./notifications.ts";

define("sidedesk-bell", SidedeskBell);
/** Waits for what has to come, however busy the machine is. */
const soon = (isSo: () => unknown): Promise<void> => waitUntil(isSo, undefined, { timeout: 10_000 });

describe("updates", () => {
  let edge: DeskEdge;
  let desk: Desk;
  /** As the socket does. */
  const fire = (name: string, value: unknown) =>
    (desk as unknown as { fire: (name: string, value: unknown) => void }).fire(name, value);
  beforeEach(async () => {
    edge = new DeskEdge();
    edge.notices = [
      buildNotice({ title: "Jonas answered", link: "ticket:t7" }),
      buildNotice({ type: "billing", title: "Invoice ready", read: true }),
    ];
    desk = new Desk({ base: "https://desk.invalid", siteKey: `pk_${Math.random()}`, fetch: edge.fetch });
    setStandardDesk(desk);
    await desk.identify(() => "j.w.t");
    await waitUntil(() => desk.unread === 1);
  });
  afterEach(() => desk.logout());

  describe("N1 <sidedesk-notifications framed>", () => {
    let element: SidedeskNotifications;
    const root = () => element.shadowRoot!;
    const button = (words: string) =>
      [...root().querySelectorAll("button")].find((one) => one.textContent.trim() === words);
    const row = () => root().querySelector<HTMLElement>(".show")!;
    const titles = () => [...root().querySelectorAll(".show")].map((one) => one.textContent.trim());
    beforeEach(async () => {
      element = await fixture(html`<sidedesk-notifications framed></sidedesk-notifications>`);
      await waitUntil(() => titles().length === 2);
    });

    it("shows what is unread, and can be read out", async () => {
      expect(titles()).to.deep.equal(["Jonas answered, unread", "Invoice ready"]);
      expect([...root().querySelectorAll(".kind")].map((one) => one.getAttribute("data-tone"))).to.deep.equal([
        "primary",
        "info",
      ]);
      await expect(element).to.be.accessible();
    });

    it("has a drawing and a colour of its own for each kind", async () => {
      const types = ["ticket", "billing", "compliance", "alert", "info"] as const;
      edge.notices = types.map((type) => buildNotice({ type }));
      fire("refetch", undefined);
      await waitUntil(() => titles().length === 5);
      const marks = [...root().querySelectorAll<HTMLElement>(".kind")];
      const drawings = marks.map((mark) => mark.querySelector("svg")!.outerHTML);
      const colours = marks.map((mark) => getComputedStyle(mark).color);
      expect([new Set(drawings).size, new Set(colours).size]).to.deep.equal([5, 5]);
    });

    it("says that it is loading, and what it last knew without a connection", async () => {
      let answer = (): void => undefined;
      edge.answers.set("GET /v1/notifications", () => new Promise((done) => (answer = () => done(undefined))));
      const other = await fixture<SidedeskNotifications>(
        html`<sidedesk-notifications framed></sidedesk-notifications>`,
      );
      const inside = other.shadowRoot!;
      await soon(() => inside.querySelector('[aria-busy="true"][aria-label="Loading your updates"]'));
      edge.answers.clear();
      answer();
      await soon(() => inside.querySelectorAll(".show").length === 2);
      Object.defineProperty(navigator, "onLine", { configurable: true, value: false });
      try {
        dispatchEvent(new Event("offline"));
        await soon(() => inside.textContent.includes("You are offline. This is what we last knew."));
        expect(inside.querySelectorAll(".show").length).to.equal(2);
      } finally {
        Reflect.deleteProperty(navigator, "onLine");
      }
    });

    for (const days of [-1, 1])
      it(`tells the time by the desk's clock when the device's is a day ${days < 0 ? "ahead" : "behind"}`, async () => {
        edge.ahead = days * 86_400_000;
        edge.notices = [buildNotice({ createdAt: new Date(Date.now() + edge.ahead - 300_000).toISOString() })];
        try {
          await desk.getToken({ renew: true });
          desk.refetch();
          await soon(() => titles().length === 1);
          expect(root().querySelector("time")?.textContent.trim()).to.equal("5 min ago");
        } finally {
          edge.ahead = 0;
          await desk.getToken({ renew: true });
        }
      });

    it("opens the request a notice is about and marks it read", async () => {
      setTimeout(() => root().querySelector<HTMLElement>(".show")!.click());
      const event = await oneEvent<CustomEvent<{ id: string }>>(element, "sidedesk-ticket-select");
      expect(event.detail.id).to.equal("t7");
      await waitUntil(() => edge.notices[0]!.read);
      expect(desk.unread).to.equal(0);
    });

    it("marks all read, here and on the server; and takes it back when the server refuses", async () => {
      edge.answers.set("PUT /v1/notifications/read-all", () => ({ status: 503 }));
      button("Mark all read")!.click();
      await element.updateComplete;
      expect([titles()[0], desk.unread]).to.deep.equal(["Jonas answered", 0]);
      await waitUntil(() => titles()[0] === "Jonas answered, unread" && desk.unread === 1);
      edge.answers.clear();
      button("Mark all read")!.focus();
      button("Mark all read")!.click();
      await waitUntil(() => edge.notices.every(({ read }) => read));
      expect(titles()).to.deep.equal(["Jonas answered", "Invoice ready"]);
      await soon(() => root().activeElement?.matches("[data-focus]")); // the button can do nothing more
    });

    it("takes back only what a refused change had marked", async () => {
      row().click();
      await waitUntil(() => edge.notices[0]!.read);
      const solved = buildNotice({ title: "Solved", createdAt: new Date().toISOString() });
      (desk as unknown as { take: (one: Notification) => void }).take(solved);
      await element.updateComplete;
      edge.answers.set("PUT /v1/notifications/read-all", () => ({ status: 503 }));
      button("Mark all read")!.click();
      await waitUntil(() => edge.count("PUT", /read-all/) === 1 && titles()[0] === "Solved, unread");
      expect(titles()).to.deep.equal(["Solved, unread", "Jonas answered", "Invoice ready"]);
    });

    it("keeps what comes, and what is done, while it asks for what there is", async () => {
      let answer = (): void => undefined;
      edge.answers.set("GET /v1/notifications", ({ path }) =>
        path.includes("limit=30") ? new Promise((done) => (answer = () => done(before))) : undefined,
      );
      const data = [...edge.notices.map((one) => ({ ...one })), buildNotice({ title: "Earlier", createdAt: at(9) })];
      const before = { status: 200, body: { data, nextCursor: null, unreadCount: 2 } };
      desk.refetch();
      await waitUntil(() => edge.count("GET", /limit=30/) === 2);
      fire("notice", buildNotice({ title: "Solved", createdAt: new Date().toISOString() }));
      fire("notices", { action: "delete", ids: [edge.notices[1]!.id] });
      answer();
      await waitUntil(() => titles().includes("Earlier, unread"));
      expect(titles()).to.deep.equal(["Solved, unread", "Jonas answered, unread", "Earlier, unread"]);
    });

    it("shows nothing of somebody who signed out while it was asked for", async () => {
      let answer = (): void => undefined;
      edge.answers.set("GET /v1/notifications", () => new Promise((done) => (answer = () => done(undefined))));
      desk.refetch();
      await waitUntil(() => edge.count("GET", /limit=30/) === 2);
      desk.logout();
      answer();
      await aTimeout(50); // nothing may follow from it
      expect(titles()).to.deep.equal([]);
    });

    it("N3 shows what is done elsewhere: read, deleted, brought back", async () => {
      const [jonas, invoice] = edge.notices;
      fire("notices", { action: "read", ids: [jonas!.id] });
      await waitUntil(() => titles()[0] === "Jonas answered");
      fire("notices", { action: "delete", ids: [invoice!.id] });
      await waitUntil(() => titles().length === 1);
      fire("notices", { action: "restore", ids: [invoice!.id] });
      await waitUntil(() => titles().length === 2);
    });

    it("takes a live one, once, in its place", async () => {
      const notice = buildNotice({ title: "Solved", createdAt: new Date().toISOString() });
      fire("notice", notice);
      fire("notice", notice);
      await element.updateComplete;
      expect(titles()[0]).to.equal("Solved, unread");
      expect(titles()).to.have.length(3);
    });

    it("keeps the way to all of them in sight below a long list, and no row that is gone to behind it", async () => {
      edge.notices = Array.from({ length: 30 }, (_none, index) => buildNotice({ title: `n${index}`, read: index > 0 }));
      fire("refetch", undefined);
      await waitUntil(() => titles().length === 30);
      element.style.blockSize = "400px";
      const bottom = element.getBoundingClientRect().bottom;
      const all = button("See all updates")!.getBoundingClientRect();
      expect(all.bottom).to.be.within(bottom - 20, bottom);
      const last = [...root().querySelectorAll<HTMLElement>(".show")].at(-2)!;
      last.focus();
      await nextFrame();
      const shown = last.closest(".notice")!.getBoundingClientRect();
      expect(shown.bottom).to.be.at.most(button("See all updates")!.closest(".more")!.getBoundingClientRect().top + 1);
    });

    it("becomes the whole centre when all are wanted, unless they are shown elsewhere", async () => {
      element.addEventListener("sidedesk-see-all", (event) => event.preventDefault(), { once: true });
      setTimeout(() => button("See all updates")!.click());
      await oneEvent(element, "sidedesk-dismiss");
      expect(titles()).to.have.length(2);
      button("See all updates")!.click();
      await waitUntil(() => root().querySelector("sidedesk-notice-centre")?.shadowRoot?.querySelector(".line .show"));
    });

    it("says that nothing is there, that it could not be loaded, and loads again", async () => {
      edge.notices = [];
      fire("refetch", undefined);
      await waitUntil(() => root().textContent.includes("No updates yet"));
      await expect(element).to.be.accessible();
      edge.isReachable = false;
      const other = await fixture<SidedeskNotifications>(
        html`<sidedesk-notifications framed></sidedesk-notifications>`,
      );
      const again = () => other.shadowRoot!.querySelector<HTMLElement>('[role="alert"] button');
      await waitUntil(again);
      edge.isReachable = true;
      edge.notices = [buildNotice({ title: "There" })];
      again()!.click();
      await waitUntil(() => other.shadowRoot!.querySelector(".show")?.textContent.includes("There"));
    });
  });

  describe("N1 <sidedesk-bell>", () => {
    let bell: SidedeskBell;
    const root = () => bell.shadowRoot!;
    beforeEach(async () => (bell = await fixture(html`<sidedesk-bell></sidedesk-bell>`)));

    it("says how many there are, and opens them", async () => {
      const button = root().querySelector("button")!;
      expect(button.getAttribute("aria-label")).to.equal("Updates, 1 unread");
      expect(button.getAttribute("aria-expanded")).to.equal("false");
      await expect(bell).to.be.accessible();
      button.click();
      await waitUntil(() => root().querySelector("sidedesk-notifications")?.shadowRoot?.querySelector(".show"));
      expect(button.getAttribute("aria-expanded")).to.equal("true");
      root().querySelector<HTMLElement>(".drop")!.hidePopover();
      await waitUntil(() => button.getAttribute("aria-expanded") === "false");
    });

    it("opens by a key in the moment in which its list has closed, and stays closed by a pointer that closed it", async () => {
      const button = root().querySelector("button")!;
      const drop = root().querySelector<HTMLElement>(".drop")!;
      const list = () => root().querySelector("sidedesk-notifications");
      button.click();
      await soon(() => drop.matches(":popover-open") && list()?.shadowRoot?.querySelector(".show"));
      drop.hidePopover(); // as Escape does: the bell hears of it a task later
      button.click();
      await nextFrame();
      await soon(() => drop.matches(":popover-open") && button.getAttribute("aria-expanded") === "true");
      await soon(() => list()?.shadowRoot?.activeElement?.matches("[data-focus]"));
      button.click();
      await soon(() => !drop.matches(":popover-open") && button.getAttribute("aria-expanded") === "false");
      button.click();
      await soon(() => drop.matches(":popover-open"));
      drop.hidePopover(); // as the pressing of a pointer outside of the list does
      button.dispatchEvent(new MouseEvent("click", { detail: 1 }));
      await nextFrame();
      await soon(() => button.getAttribute("aria-expanded") === "false");
      expect(drop.matches(":popover-open")).to.equal(false);
    });

    it("shows 99+ beyond 99, and says the number", async () => {
      edge.notices = Array.from({ length: 120 }, () => buildNotice());
      await desk.countUnread();
      await bell.updateComplete;
      expect(root().querySelector(".count")?.getAttribute("data-count")).to.equal("99+");
      expect(root().querySelector("button")!.getAttribute("aria-label")).to.equal("Updates, 120 unread");
    });

    it("says politely what comes in, one of several alone, and takes no focus", async () => {
      const other = await fixture<SidedeskBell>(html`<sidedesk-bell></sidedesk-bell>`);
      const active = document.activeElement;
      desk.unread = 1;
      fire("notice", buildNotice({ title: "Solved" }));
      await other.updateComplete;
      const said = [bell, other].map((one) => one.shadowRoot!.querySelector('[role="status"]')!.textContent);
      expect(said.filter(Boolean)).to.deep.equal(["Updates, 1 unread"]);
      expect(document.activeElement).to.equal(active);
    });

    it("says the same once more as something new, which is else not read out again", async () => {
      const said = () => root().querySelector('[role="status"]')!.textContent;
      const all: string[] = [];
      desk.unread = 1;
      for (let count = 0; count < 3; count += 1) {
        fire("notice", buildNotice());
        await bell.updateComplete;
        all.push(said());
      }
      expect(all.map((words) => words.trim())).to.deep.equal(Array(3).fill("Updates, 1 unread"));
      expect([all[0] === all[1], all[1] === all[2]]).to.deep.equal([false, false]);
    });
  });
});
