// A little over 300 lines: one desk and its helpers for everything that the centre can do.
import { expect, fixture, html, oneEvent, waitUntil } from "@open-wc/testing";
import type { Notification } from "@sidedesk/contract";
import "../../desk-elements.ts";
import { buildNotice, DeskEdge } from "../../../../test/browser/desk-edge.ts";
import { Desk } from "../../session/desk.ts";
import { chooseLanguage } from "../../session/locale.ts";
import { setStandardDesk } from "../../session/page-desk.ts";
import "./define.ts";
import type { NoticeCentre } from "./notice-centre.ts";
import { chosenTime, snoozeTimes } from "./snooze-times.ts";

const ago = (minutes: number) => new Date(Date.now() - minutes * 60_000).toISOString();

describe("N2 the centre", () => {
  let edge: DeskEdge;
  let desk: Desk;
  let centre: NoticeCentre;
  const root = () => centre.shadowRoot!;
  const all = <T extends HTMLElement = HTMLElement>(selector: string) => [...root().querySelectorAll<T>(selector)];
  const titles = () =>
    all(".line:not(.probe):not(.tail)")
      .sort((one, other) => Number(one.getAttribute("aria-posinset")) - Number(other.getAttribute("aria-posinset")))
      .map((one) => one.querySelector(".show")!.textContent.trim().replace(", unread", "*"));
  const has = (...expected: string[]) =>
    waitUntil(() => titles().join() === expected.join(), `${expected.join()}, not ${titles().join()}`);
  const button = (words: string) => all("button, a").find((one) => one.textContent.trim() === words)!;
  const tab = (name: string) => all('[role="tab"]').find((one) => one.getAttribute("aria-label")!.startsWith(name))!;
  const row = (title: string) => all(".show").find((one) => one.textContent.trim().startsWith(title))!;
  const focused = () => root().activeElement as HTMLElement | null;
  const press = (key: string, more: KeyboardEventInit = {}) =>
    focused()!.dispatchEvent(
      new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...more }),
    );
  const fire = (name: string, value: unknown) =>
    (desk as unknown as { fire: (name: string, value: unknown) => void }).fire(name, value);
  const until = async (words: string) =>
    waitUntil(() => root().textContent.replace(/\s+/g, " ").includes(words), words);
  const live = (notice: Notification) => {
    edge.notices = [notice, ...edge.notices];
    (desk as unknown as { take: (one: Notification) => void }).take(notice);
  };

  async function show(notices: Notification[], width = 1000): Promise<void> {
    edge = new DeskEdge();
    edge.notices = notices;
    desk = new Desk({ base: "https://desk.invalid", siteKey: `pk_${Math.random()}`, fetch: edge.fetch });
    setStandardDesk(desk);
    await chooseLanguage("en");
    await desk.identify(() => "j.w.t");
    const outer = await fixture<HTMLElement>(html`<sidedesk-notifications></sidedesk-notifications>`);
    outer.style.inlineSize = `${width}px`;
    await waitUntil(() => outer.shadowRoot!.querySelector("sidedesk-notice-centre"));
    centre = outer.shadowRoot!.querySelector("sidedesk-notice-centre")!;
    await waitUntil(() => titles().length > 0, "rows");
  }
  const five = () => [
    buildNotice({ title: "a", link: "ticket:t7", createdAt: ago(1) }),
    buildNotice({ title: "b", type: "billing", read: true, createdAt: ago(2), link: "https://shop.example/r1" }),
    buildNotice({ title: "c", createdAt: ago(3) }),
    buildNotice({ title: "d", type: "alert", createdAt: ago(4) }),
    buildNotice({ title: "e", type: "info", read: true, createdAt: ago(5) }),
  ];
  afterEach(() => desk.logout());

  describe("with a few", () => {
    beforeEach(() => show(five()));

    it("has kinds with true counts, order and an unread filter; each can be read out", async () => {
      await has("a*", "b", "c*", "d*", "e");
      const names = () => all('[role="tab"]').map((one) => one.getAttribute("aria-label"));
      expect(names()).to.deep.equal([
        "All, 5, 3 unread",
        "Requests, 2, 2 unread",
        "Billing, 1",
        "Compliance, 0",
        "Alerts, 1, 1 unread",
        "News, 1",
      ]);
      await expect(centre).to.be.accessible();
      tab("Requests").click();
      await has("a*", "c*");
      tab("Compliance").click();
      await until("Nothing in “Compliance”");
      await expect(centre).to.be.accessible();
      button("Show all updates").click();
      await has("a*", "b", "c*", "d*", "e");
      const order = root().querySelector("select")!;
      const sort = (value: string) => {
        order.value = value;
        order.dispatchEvent(new Event("change"));
      };
      sort("oldest");
      await has("e", "d*", "c*", "b", "a*");
      sort("unread");
      await has("a*", "c*", "d*", "b", "e");
      button("Unread only").click();
      await has("a*", "c*", "d*");
      tab("Billing").click();
      await until("You have read everything");
    });

    it("reads one in full, which marks it read, and leads where it leads", async () => {
      row("a").click();
      await until("Open the request");
      await has("a", "b", "c*", "d*", "e");
      await waitUntil(() => edge.notices[0]!.read);
      expect(row("a").getAttribute("aria-current")).to.equal("true");
      setTimeout(() => button("Open the request").click());
      const event = await oneEvent<CustomEvent<{ id: string }>>(centre, "sidedesk-ticket-select");
      expect(event.detail.id).to.equal("t7");
      row("b").click();
      await until("Open the page");
      expect((button("Open the page") as HTMLAnchorElement).href).to.equal("https://shop.example/r1");
      await expect(centre).to.be.accessible();
    });

    it("is complete by keyboard: rows, ticks, ranges, delete, Escape; the focus stays in the list", async () => {
      row("a").focus();
      press("ArrowDown");
      await waitUntil(() => focused() === row("b"));
      press(" ");
      press("ArrowDown", { shiftKey: true });
      await until("2 selected");
      press("Escape");
      await until("Select all");
      press("Delete");
      await has("a*", "b", "d*", "e");
      await waitUntil(() => focused() === row("d"));
      press("End");
      await waitUntil(() => focused() === row("e"));
      focused()!.click();
      await waitUntil(() => root().querySelector("#detail-title")?.textContent === "e");
      press("Escape");
      await waitUntil(() => !root().querySelector("#detail-title") && focused() === row("e"));
      press("a", { ctrlKey: true });
      await until("4 selected");
      press("Delete");
      await until("No updates yet");
      await waitUntil(() => focused()?.matches("h1"));
      tab("All").focus();
      press("ArrowRight");
      await waitUntil(() => tab("Requests").getAttribute("aria-selected") === "true" && focused() === tab("Requests"));
    });

    it("deletes many, and undoes it; nothing is left to the page", async () => {
      const boxes = all<HTMLInputElement>(".line .check");
      boxes[1]!.click();
      boxes[3]!.dispatchEvent(new MouseEvent("click", { shiftKey: true, bubbles: true }));
      await until("3 selected");
      button("Delete").click();
      await has("a*", "e");
      expect(tab("Alerts").getAttribute("aria-label")).to.equal("Alerts, 0");
      await waitUntil(() => edge.notices.length === 2);
      await until("3 updates deleted.");
      expect(desk.unread).to.equal(1);
      await expect(centre).to.be.accessible();
      button("Undo").focus();
      button("Undo").click();
      await has("a*", "b", "c*", "d*", "e");
      await waitUntil(() => edge.notices.length === 5);
      await waitUntil(() => focused() === row("b"), "what is back has the focus, since the button is gone");
      expect([desk.unread, tab("Alerts").getAttribute("aria-label")]).to.deep.equal([3, "Alerts, 1, 1 unread"]);
    });

    it("marks many read, and takes back what the desk refuses", async () => {
      edge.answers.set("POST /v1/notifications/bulk", () => ({ status: 503 }));
      root().querySelector<HTMLInputElement>(".all .check")!.click();
      await until("5 selected");
      button("Mark read").click();
      await until("That did not arrive");
      await has("a*", "b", "c*", "d*", "e");
      expect(desk.unread).to.equal(3);
      edge.answers.clear();
      button("Mark all read").click();
      await has("a", "b", "c", "d", "e");
      await waitUntil(() => edge.notices.every(({ read }) => read));
      expect(tab("All").getAttribute("aria-label")).to.equal("All, 5");
    });

    it("snoozes until a time on offer or a date, undoes it, and shows what comes back, unread", async () => {
      row("b").click();
      await until("Open the page");
      const snooze = root().querySelector<HTMLElement>(".detail sidedesk-notice-snooze")!;
      const inside = <T extends HTMLElement>(selector: string) => snooze.shadowRoot!.querySelector<T>(selector);
      const open = async () => {
        inside("button")!.click();
        await waitUntil(() => inside(".choice"));
      };
      await open();
      await expect(snooze).to.be.accessible();
      inside<HTMLInputElement>("#at")!.value = "2020-01-01T10:00";
      inside("[type=submit]")!.click();
      await waitUntil(() => inside(".problem"));
      inside(".choice")!.click();
      await has("a*", "c*", "d*", "e");
      await until("Snoozed:");
      const sent = edge.calls.find(({ path }) => path.endsWith("/bulk"))!.body!;
      expect(Date.parse(String(sent["until"])) - Date.now()).to.be.within(10_700_000, 10_800_000);
      const [away] = edge.noticeEdge.gone;
      button("Undo").click();
      await has("a*", "b", "c*", "d*", "e");
      await waitUntil(() => edge.notices.find(({ title }) => title === "b")?.read);
      fire("notices", { action: "snooze", ids: [away!.id] });
      await has("a*", "c*", "d*", "e");
      (desk as unknown as { take: (one: Notification, isBack: boolean) => void }).take({ ...away!, read: false }, true);
      await until("1 new");
      button("1 new").click();
      await has("a*", "b*", "c*", "d*", "e");
    });

    it("says a title that comes twice as something new, which is else not read out again", async () => {
      const said = () => root().querySelector('.sr[role="status"]')!.textContent;
      fire("notice", buildNotice({ title: "Solved" }));
      await centre.updateComplete;
      const once = said();
      fire("notice", buildNotice({ title: "Solved" }));
      await centre.updateComplete;
      expect([once, said().trim()]).to.deep.equal(["New update: Solved", once]);
      expect(said()).not.to.equal(once);
    });

    for (const hours of [-26, 5])
      it(`snoozes by the desk's clock when the device's is ${Math.abs(hours)} hours ${hours < 0 ? "ahead" : "behind"}`, async () => {
        edge.ahead = hours * 3_600_000;
        await desk.getToken({ renew: true });
        row("b").click();
        await until("Open the page");
        const snooze = root().querySelector<HTMLElement>(".detail sidedesk-notice-snooze")!;
        snooze.shadowRoot!.querySelector("button")!.click();
        await waitUntil(() => snooze.shadowRoot!.querySelector(".choice"));
        const input = snooze.shadowRoot!.querySelector<HTMLInputElement>("#at")!;
        const deskTime = () => Date.now() + edge.ahead;
        expect(deskTime() - new Date(input.min).getTime()).to.be.within(0, 120_000);
        snooze.shadowRoot!.querySelector<HTMLElement>(".choice")!.click();
        await until("Snoozed:");
        const sent = edge.calls.find(({ path }) => path.endsWith("/bulk"))!.body!;
        expect(Date.parse(String(sent["until"])) - deskTime()).to.be.within(10_700_000, 10_802_000);
        edge.ahead = 0;
        await desk.getToken({ renew: true });
      });

    it("offers nothing to undo any more when it was taken off the page meanwhile", async () => {
      await has("a*", "b", "c*", "d*", "e");
      row("a").focus();
      press("Delete");
      await waitUntil(() => button("Undo"));
      const place = centre.parentNode!;
      centre.remove();
      place.prepend(centre);
      await has("b", "c*", "d*", "e");
      await waitUntil(() => !button("Undo"));
    });

    it("marks what comes in; while somebody reads it waits above, and is said politely", async () => {
      live(buildNotice({ title: "new", createdAt: ago(0) }));
      await has("new*", "a*", "b", "c*", "d*", "e");
      expect(all("[data-fresh]")).to.have.length(1);
      row("c").focus();
      live(buildNotice({ title: "newer", createdAt: ago(0) }));
      await until("1 new");
      expect(titles()[0]).to.equal("new*");
      expect(focused()).to.equal(row("c"));
      expect(tab("Requests").getAttribute("aria-label")).to.equal("Requests, 4, 4 unread");
      expect(root().querySelector('.sr[role="status"]')!.textContent).to.equal("New update: newer");
      button("1 new").click();
      await has("newer*", "new*", "a*", "b", "c*", "d*", "e");
      await waitUntil(() => focused() === row("newer"));
    });

    it("N3 shows what is done elsewhere, with its counts", async () => {
      const id = (title: string) => edge.notices.find((one) => one.title === title)!.id;
      fire("notices", { action: "read", ids: [id("a")] });
      fire("notices", { action: "delete", ids: [id("d")] });
      await has("a", "b", "c*", "e");
      expect(tab("All").getAttribute("aria-label")).to.equal("All, 4, 1 unread");
      fire("notices", { action: "read", noticeType: "ticket" });
      await has("a", "b", "c", "e");
    });

    it("says in German and Arabic what it says in English, in their direction", async () => {
      await chooseLanguage("de");
      await until("Alle gelesen");
      await chooseLanguage("ar");
      await waitUntil(() => getComputedStyle(centre).direction === "rtl");
      await expect(centre).to.be.accessible();
      await chooseLanguage("en");
    });
  });

  it("shows one of the two where there is no room for both", async () => {
    await show(five(), 375);
    row("c").click();
    await waitUntil(() => focused()?.id === "detail-title");
    expect(root().querySelector<HTMLElement>(".pane")!.checkVisibility({ visibilityProperty: true })).to.be.false;
    await expect(centre).to.be.accessible();
    button("Back to the list").click();
    await waitUntil(() => focused() === row("c"));
    expect(centre.scrollWidth).to.be.at.most(375);
  });

  it("holds 10 000 with a few dozen rows, fetches what is scrolled to, and keeps its place and its focus", async () => {
    const many = Array.from({ length: 10_000 }, (_none, at) => buildNotice({ title: `n${at}`, createdAt: ago(at) }));
    await show(many);
    const rows = root().querySelector<HTMLElement>(".rows")!;
    expect(tab("All").getAttribute("aria-label")).to.equal("All, 10,000, 10,000 unread");
    row("n0").focus();
    for (let pages = 1; pages <= 5; pages += 1) {
      rows.scrollTop = rows.scrollHeight;
      await waitUntil(() => edge.count("GET", /cursor=/) >= pages);
    }
    await waitUntil(() => titles().some((title) => Number(title.slice(1, -1)) >= 400));
    expect(all(".line").length).to.be.below(60);
    expect(focused()).to.equal(row("n0"));
    const top = rows.scrollTop;
    const shown = titles().slice(5, 9).join();
    live(buildNotice({ title: "new", createdAt: ago(0) }));
    await until("1 new");
    expect([rows.scrollTop, titles().slice(5, 9).join()]).to.deep.equal([top, shown]);
    press("ArrowDown");
    await waitUntil(() => focused() === row("n1") && rows.scrollTop < 200);
    edge.answers.set("GET /v1/notifications", () => ({ status: 503 }));
    press("End");
    rows.scrollTop = rows.scrollHeight;
    await until("Try again");
    edge.answers.clear();
    button("Try again").click();
    await waitUntil(() => titles().some((title) => Number(title.slice(1, -1)) >= 550));
  });

  it("has all 10 000 loaded, in a few dozen rows: each in its place, by keys and by wheel", async () => {
    const count = 10_000;
    const many = Array.from({ length: count }, (_none, at) => buildNotice({ title: `n${at}`, createdAt: ago(at) }));
    await show(many);
    const rows = root().querySelector<HTMLElement>(".rows")!;
    const place = () => focused()?.closest(".line")?.getAttribute("aria-posinset");
    row("n0").focus();
    // Each "End" goes to the last of those that are known, and what lies below is fetched; until nothing does.
    for (let known = 0; known < count;) {
      const at = Number(place());
      expect(at).to.be.above(known);
      known = at;
      press("End");
      await waitUntil(() => Number(place()) > known || known === count, `beyond ${known}`);
    }
    await until("That is all. Updates are kept for 30 days.");
    expect(edge.count("GET", /cursor=/)).to.equal(count / 100 - 1);
    expect(new Set(all(".line[aria-setsize]").map((one) => one.getAttribute("aria-setsize")))).to.deep.equal(
      new Set([String(count)]),
    );

    const inSight = (element: Element) => {
      const [row, list] = [element.getBoundingClientRect(), rows.getBoundingClientRect()];
      return row.top >= list.top - 1 && row.bottom <= list.bottom + 1;
    };
    const stands = async (index: number) => {
      await waitUntil(() => place() === String(index + 1), `the focus on ${index}`);
      expect(focused()).to.equal(row(`n${index}`));
      await waitUntil(() => inSight(focused()!), `${index} in sight`);
      expect(all(".line").length).to.be.below(60);
    };
    await stands(count - 1);
    press("ArrowUp");
    await stands(count - 2);
    press("Home");
    await stands(0);
    press("End");
    await stands(count - 1);
    // In the midst of them what comes in above moves nothing, and a key goes on from where the focus is.
    rows.scrollTop = 5000 * row(`n${count - 1}`).closest<HTMLElement>(".line")!.offsetHeight;
    await waitUntil(() => titles().includes("n5000*"), "the middle");
    row("n5000").focus();
    const before = row("n5000").getBoundingClientRect().top;
    live(buildNotice({ title: "new", createdAt: ago(0) }));
    await until("1 new");
    fire("notices", { action: "delete", ids: many.slice(0, 100).map(({ id }) => id) });
    await waitUntil(() => place() === "4901", "a hundred places up");
    expect(Math.abs(row("n5000").getBoundingClientRect().top - before)).to.be.below(1);
    press("ArrowDown");
    await waitUntil(() => focused() === row("n5001"));
    expect(all(".line").length).to.be.below(60);
  }).timeout(60_000);

  it("leaves no gap when more came than one page while nobody listened", async () => {
    const many = (name: string, from: number) =>
      Array.from({ length: 150 }, (_none, at) => buildNotice({ title: `${name}${at}`, createdAt: ago(from + at) }));
    await show(many("old", 150));
    edge.notices = [...many("new", 0), ...edge.notices];
    desk.refetch();
    await waitUntil(() => titles()[0] === "new0*");
    for (let row = 0; row <= 104; row += 8) {
      root().querySelector<HTMLElement>(".rows")!.scrollTop = row * 80;
      await waitUntil(() => titles().some((title) => title.endsWith(`w${row}*`)), `row ${row}`);
    }
  });

  it("keeps what is told while the page below is asked for, whose answer may be older, and counts it once", async () => {
    const many = Array.from({ length: 150 }, (_none, at) => buildNotice({ title: `n${at}`, createdAt: ago(at) }));
    await show(many);
    let answer: (() => void) | undefined;
    const below = structuredClone(many.slice(100));
    edge.answers.set("GET /v1/notifications", async ({ path }) => {
      if (!path.includes("cursor=")) return undefined;
      await new Promise<void>((resolve) => (answer = resolve));
      return { status: 200, body: { data: below, nextCursor: null, unreadCount: 150 } };
    });
    const rows = root().querySelector<HTMLElement>(".rows")!;
    rows.scrollTop = rows.scrollHeight;
    await waitUntil(() => answer);
    const { id } = edge.notices[149]!;
    edge.notices[149]!.read = true;
    fire("notices", { action: "read", ids: [id] });
    await waitUntil(() => tab("All").getAttribute("aria-label") === "All, 150, 149 unread");
    answer!();
    await waitUntil(() => rows.querySelector('[aria-setsize="150"]'), "all of them");
    rows.scrollTop = rows.scrollHeight;
    await waitUntil(() => titles().at(-1) === "n149", "read, as it was told");
    await waitUntil(() => tab("All").getAttribute("aria-label") === "All, 150, 149 unread");
  });

  it("counts once what waits above, also when all is asked for again", async () => {
    await show(five());
    row("c").focus();
    live(buildNotice({ title: "newer", createdAt: ago(0) }));
    await until("1 new");
    desk.refetch();
    await has("newer*", "a*", "b", "c*", "d*", "e");
    expect(root().querySelector(".pill")).to.equal(null);
    fire("notices", { action: "delete", ids: [edge.notices[0]!.id] });
    await has("a*", "b", "c*", "d*", "e");
    expect(tab("All").getAttribute("aria-label")).to.equal("All, 5, 3 unread");
  });

  it("keeps nothing of somebody who signs out: no counts, nothing to undo", async () => {
    await show(five());
    row("a").focus();
    press("Delete");
    await until("Update deleted.");
    desk.logout();
    await waitUntil(() => tab("All").getAttribute("aria-label") === "All");
    expect(button("Undo")).to.equal(undefined);
  });

  it("says that it could not be loaded, and loads again; without a connection it says what it last knew", async () => {
    await show(five());
    edge.answers.set("GET /v1/notifications", () => ({ status: 503 }));
    tab("Billing").click();
    await until("We could not load your updates");
    await expect(centre).to.be.accessible();
    edge.answers.clear();
    button("Try again").click();
    await has("b");
    Object.defineProperty(navigator, "onLine", { configurable: true, value: false });
    try {
      dispatchEvent(new Event("offline"));
      await until("You are offline. This is what we last knew.");
      await has("b");
    } finally {
      Reflect.deleteProperty(navigator, "onLine");
    }
  });

  it("offers times to come, and takes a date within a year", () => {
    const at = (day: string) => snoozeTimes(new Date(day)).map(({ at: time }) => time.toString().slice(0, 21));
    expect(at("2026-11-20T10:00")).to.deep.equal([
      "Fri Nov 20 2026 13:00",
      "Fri Nov 20 2026 18:00",
      "Sat Nov 21 2026 09:00",
      "Mon Nov 23 2026 09:00",
    ]);
    expect(at("2026-11-22T16:00")).to.deep.equal(["Sun Nov 22 2026 19:00", "Mon Nov 23 2026 09:00"]);
    const now = new Date("2026-11-20T10:00");
    expect(chosenTime("2026-11-20T10:01", now)).to.be.instanceOf(Date);
    for (const wrong of ["", "2026-11-20T09:59", "2027-11-21T10:00"]) expect(chosenTime(wrong, now)).to.equal(null);
  });
});
