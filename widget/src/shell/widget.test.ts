import { aTimeout, expect, fixture, html, oneEvent, waitUntil } from "@open-wc/testing";
import { buildComment, buildNotice, buildTicket, DeskEdge } from "../../../test/browser/desk-edge.ts";
import { define } from "../session/desk-element.ts";
import { Desk } from "../session/desk.ts";
import { chooseLanguage, currentLanguage, formatLocale } from "../session/locale.ts";
import { setStandardDesk } from "../session/page-desk.ts";
import { watchElements } from "./watch-elements.ts";
import { SidedeskWidget } from "./widget.ts";

define("sidedesk-widget", SidedeskWidget);

describe("<sidedesk-widget>", () => {
  let edge: DeskEdge;
  let desk: Desk;
  let element: SidedeskWidget;
  const launcher = () => element.shadowRoot!.querySelector<HTMLButtonElement>(".launcher")!;
  const panel = () => element.shadowRoot!.querySelector("sidedesk-panel")?.shadowRoot;
  const view = () => panel()?.querySelector(".view > *");
  const tab = (name: string) =>
    [...(panel()?.querySelectorAll<HTMLElement>('[role="tab"]') ?? [])].find((one) => one.ariaLabel?.startsWith(name))!;
  const press = (target: EventTarget, key: string, init: KeyboardEventInit = {}) =>
    target.dispatchEvent(
      new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true, ...init }),
    );

  beforeEach(async () => {
    edge = new DeskEdge();
    edge.tickets = [buildTicket({ subject: "Mine to answer", status: "waiting_customer" }), buildTicket()];
    desk = new Desk({ base: "https://desk.invalid", siteKey: `pk_${Math.random()}`, fetch: edge.fetch });
    setStandardDesk(desk);
    element = await fixture(html`<sidedesk-widget></sidedesk-widget>`);
  });
  afterEach(async () => {
    desk.logout();
    await chooseLanguage("en");
  });

  it("is there before anybody is known, and asks for the site alone", async () => {
    expect(launcher().getAttribute("aria-label")).to.equal("Help");
    expect(edge.calls.map(({ path }) => path)).to.deep.equal(["/v1/site"]);
    await expect(element).to.be.accessible();
    launcher().click();
    await waitUntil(() => view()?.shadowRoot?.querySelector(".ask"), "the panel is loaded", { timeout: 8000 });
    expect(panel()!.querySelector('[role="tab"]')).to.equal(null);
    (view()!.shadowRoot!.querySelector(".ask") as HTMLElement).click();
    await waitUntil(() => view()?.localName === "sidedesk-form");
  });

  it("opens on its heading, closes with Escape and gives the focus back", async () => {
    await desk.identify(() => "j.w.t");
    launcher().focus();
    launcher().click();
    await waitUntil(() => view()?.shadowRoot?.activeElement?.localName === "h1");
    expect(panel()!.querySelector('[role="dialog"]')?.getAttribute("aria-label")).to.equal("Help from Tarnside");
    expect(launcher().getAttribute("aria-expanded")).to.equal("true");
    press(view()!.shadowRoot!.activeElement!, "Escape");
    await waitUntil(() => !element.open && element.shadowRoot!.activeElement === launcher());
  });

  it("puts whose turn it is first, and goes there", async () => {
    await desk.identify(() => "j.w.t");
    await element.show();
    await waitUntil(() => view()?.shadowRoot?.querySelector(".turn"));
    expect(view()!.shadowRoot!.querySelector(".turn strong")?.textContent).to.equal("Mine to answer");
    await expect(element).to.be.accessible();
    (view()!.shadowRoot!.querySelector(".turn") as HTMLElement).click();
    await waitUntil(() => view()?.localName === "sidedesk-ticket");
  });

  it("changes tabs by pointer, Alt with a figure, and arrows", async () => {
    await desk.identify(() => "j.w.t");
    await element.show();
    tab("Requests").click();
    await waitUntil(() => view()?.localName === "sidedesk-tickets");
    press(view()!, "3", { altKey: true });
    await waitUntil(() => view()?.localName === "sidedesk-notifications");
    expect(tab("Updates").getAttribute("aria-selected")).to.equal("true");
    tab("Updates").focus();
    press(tab("Updates"), "ArrowRight");
    await waitUntil(() => view()?.localName === "sidedesk-home");
  });

  it("opens at the view a page asks for, and at home for one it does not know", async () => {
    await desk.identify(() => "j.w.t");
    await element.show("new");
    expect(view()?.localName).to.equal("sidedesk-form");
    await element.show(`ticket:${edge.tickets[0]!.number}`);
    expect(view()?.localName).to.equal("sidedesk-ticket");
    await element.hide();
    setTimeout(() => void element.show("nowhere"));
    const { detail } = await oneEvent<CustomEvent<{ view: string }>>(element, "sidedesk-open");
    expect([view()?.localName, detail.view]).to.deep.equal(["sidedesk-home", "home"]);
  });

  it("leaves the focus where somebody writes when it is asked to open once more, and Escape still closes it", async () => {
    await desk.identify(() => "j.w.t");
    await element.show("new");
    const field = view()!.shadowRoot!.querySelector<HTMLInputElement>("input")!;
    field.focus();
    await element.show("new");
    await element.show();
    expect(view()!.shadowRoot!.activeElement).to.equal(field);
    press(field, "Escape");
    await waitUntil(() => !element.open);
  });

  it("does what was asked for last, also when that was before it stood open", async () => {
    const told: string[] = [];
    for (const name of ["open", "close"] as const)
      element.addEventListener(`sidedesk-${name}`, () => void told.push(name));
    const opening = element.show("new");
    await element.hide();
    await opening;
    await element.updateComplete;
    expect([element.open, panel(), told.length]).to.deep.equal([false, undefined, 0]);
    await Promise.all([element.show("new"), element.show("home")]);
    expect([view()?.localName, told.join()]).to.deep.equal(["sidedesk-home", "open"]);
    await element.hide();
    void element.show("home");
    await new Promise<void>((stands) => {
      const watcher = new MutationObserver(() => panel() && (watcher.disconnect(), stands()));
      watcher.observe(element.shadowRoot!, { childList: true, subtree: true });
    });
    await element.hide(); // before the page was told that it is open
    await aTimeout(100);
    expect(told.join()).to.equal("open,close");
  });

  it("opens and closes with its attribute, as frameworks write it", async () => {
    const told: string[] = [];
    for (const name of ["open", "close"] as const)
      element.addEventListener(`sidedesk-${name}`, () => void told.push(name));
    element.setAttribute("open", "");
    await waitUntil(() => view()?.shadowRoot?.activeElement?.localName === "h1");
    expect(told).to.deep.equal(["open"]);
    element.open = false;
    await waitUntil(() => told.length === 2);
    expect([panel(), told[1]]).to.deep.equal([undefined, "close"]);
  });

  it("has every element on the page ask once when somebody signs in, and once more for who comes after them", async () => {
    edge.notices = [buildNotice()];
    await import("../desk-elements.ts");
    await fixture(
      html`<sidedesk-tickets></sidedesk-tickets><sidedesk-notifications framed></sidedesk-notifications
        ><sidedesk-ticket ticket-id=${edge.tickets[0]!.number}></sidedesk-ticket>`,
    );
    const asked = () =>
      [/tickets\?/, /tickets\/[^/]+$/, /comments/, /notifications\?limit=30/, /unread=true/].map((what) =>
        edge.count("GET", what),
      );
    for (const [round, one] of [edge.customer, { ...edge.customer, id: "c2", name: "Tom" }].entries()) {
      edge.customer = one;
      await desk.identify(() => "j.w.t");
      await waitUntil(() => asked().every((times) => times > round));
      await aTimeout(100);
      expect(asked(), one.name).to.deep.equal(Array(5).fill(round + 1));
    }
  });

  it("says how many answers are new, shows one beside itself, once, and can be told to hide it", async () => {
    edge.notices = [buildNotice()];
    await desk.identify(() => "j.w.t");
    await waitUntil(() => launcher().ariaLabel === "Help, 1 new answer");
    (desk as unknown as { fire: (name: string, value: unknown) => void }).fire(
      "comment",
      buildComment("t1", { body: "Your **parcel** left." }),
    );
    await element.updateComplete;
    const peek = () => element.shadowRoot!.querySelector(".peek");
    expect(peek()?.textContent).to.contain("Your parcel left.");
    expect(element.shadowRoot!.querySelector('[role="status"]')?.textContent).to.equal("New answer from Jonas Weber");
    await expect(element).to.be.accessible();
    const hide = peek()!.querySelector<HTMLElement>('[aria-label="Hide this message"]')!;
    hide.focus();
    hide.click();
    await element.updateComplete;
    expect(peek()).to.equal(null);
    await waitUntil(() => element.shadowRoot!.activeElement === launcher());
  });

  it("stands against a page whose rules reach everything", async () => {
    const hostile = document.createElement("style");
    hostile.textContent =
      "* { all: unset !important } div, aside, section, button, sidedesk-widget { display: none !important } * { font-size: 60px !important; color: red !important; visibility: hidden !important; letter-spacing: 1em !important }";
    document.head.append(hostile);
    document.body.append(element); // as the script tag does; the fixture's own wrapper is a div and hidden
    try {
      await element.updateComplete;
      const style = getComputedStyle(launcher());
      expect(style.visibility).to.equal("visible");
      expect(style.display).not.to.equal("none");
      expect(style.fontSize).to.equal("15px");
      expect(style.letterSpacing).to.equal("normal");
      const box = launcher().getBoundingClientRect();
      expect(getComputedStyle(element).position).to.equal("fixed");
      expect(Math.round(window.innerWidth - box.right)).to.equal(20);
      expect(Math.round(box.height)).to.equal(56);
    } finally {
      element.remove();
      hostile.remove();
    }
  });

  it("speaks seven languages, a region's by its language, and English to all others", async () => {
    const help = {
      "de-AT": "Hilfe",
      "fr-CA": "Aide",
      "es-419": "Ayuda",
      "pt-BR": "Ajuda",
      ja: "ヘルプ",
      ar: "مساعدة",
      it: "Help",
    };
    for (const [language, word] of Object.entries(help)) {
      await chooseLanguage(language);
      await waitUntil(() => launcher().ariaLabel === word, `${language}: ${word}`);
      expect(element.lang).to.equal(language === "it" ? "en" : language.split("-")[0]);
      expect(element.dir).to.equal(language === "ar" ? "rtl" : "ltr");
      expect(formatLocale()).to.equal(language === "it" ? "en" : language); // dates and figures as the region has them
    }
  });

  it("reads the tag's language, else the page's, else the browser's", async () => {
    const page = document.documentElement;
    const before = page.lang;
    Object.defineProperty(navigator, "language", { value: "pt-BR", configurable: true });
    try {
      page.lang = "fr";
      await chooseLanguage("ja");
      expect(currentLanguage()).to.equal("ja");
      await chooseLanguage();
      expect(currentLanguage()).to.equal("fr");
      page.lang = "";
      await chooseLanguage();
      expect([currentLanguage(), formatLocale()]).to.deep.equal(["pt", "pt-BR"]);
    } finally {
      page.lang = before;
      delete (navigator as { language?: string }).language;
    }
  });
});

it("asks for a piece that did not come again: with the next element, with a network, and after a while", async () => {
  const stray: unknown[] = [];
  const catchStray = ({ reason }: PromiseRejectionEvent) => void stray.push(reason);
  addEventListener("unhandledrejection", catchStray);
  const place = await fixture(html`<div></div>`);
  let tries = 0;
  let isThere = false;
  const load = () => ((tries += 1), isThere ? Promise.resolve() : Promise.reject(new Error("no network")));
  const tried = (times: number) => waitUntil(() => tries === times, `${times} tries, not ${tries}`);
  const add = () => place.append(document.createElement("sidedesk-seldom"));
  watchElements("sidedesk-seldom", load);
  expect(tries).to.equal(0);
  add();
  await tried(1);
  add();
  await tried(2);
  dispatchEvent(new Event("online"));
  await tried(3);
  isThere = true;
  dispatchEvent(new Event("online"));
  await tried(4);
  add();
  dispatchEvent(new Event("online"));
  isThere = false;
  const patient = { tries: 0 };
  watchElements(
    "sidedesk-seldom",
    () => ((patient.tries += 1), patient.tries < 4 ? Promise.reject(new Error("502")) : Promise.resolve()),
    5,
  );
  await waitUntil(() => patient.tries === 4);
  expect([tries, stray.length]).to.deep.equal([4, 0]);
  removeEventListener("unhandledrejection", catchStray);
});
