import { expect, fixture, html, waitUntil } from "@open-wc/testing";
import type { Preferences, PreferencesInput } from "@sidedesk/contract";
import { DeskEdge, problem } from "../../../test/browser/desk-edge.ts";
import { Desk } from "../session/desk.ts";
import { chooseLanguage } from "../session/locale.ts";
import { setStandardDesk } from "../session/page-desk.ts";
import "./define.ts";
import type { SidedeskPreferences } from "./preferences.ts";

const path = "/v1/notifications/preferences";
const all = () => ({ inApp: true, email: true, push: true });

describe("N7 <sidedesk-preferences>", () => {
  let edge: DeskEdge;
  let desk: Desk;
  let element: SidedeskPreferences;
  let kept: Preferences;
  const find = <T extends Element = HTMLInputElement>(selector: string) =>
    element.shadowRoot!.querySelector<T>(selector);
  const words = () => element.shadowRoot!.textContent.replace(/\s+/g, " ");
  const has = (text: string) => waitUntil(() => words().includes(text), text, { timeout: 8000 });
  const state = (text: string) => waitUntil(() => find(".save")?.textContent.trim() === text, text, { timeout: 8000 });
  const put = (field: string, value: string) => {
    const input = find(`[name="${field}"]`)!;
    input.value = value;
    input.dispatchEvent(new Event("change"));
  };
  const sent = () =>
    edge.calls.filter(({ method, path: to }) => method === "PUT" && to === path).map(({ body }) => body);
  const show = async () => (element = await fixture(html`<sidedesk-preferences></sidedesk-preferences>`));

  beforeEach(async () => {
    kept = {
      types: { ticket: all(), billing: all(), compliance: all(), alert: all(), info: { ...all(), email: false } },
      digest: "off",
      locale: "en",
      timezone: "Europe/Berlin",
    };
    edge = new DeskEdge();
    edge.answers.set(`GET ${path}`, () => ({ status: 200, body: kept }));
    edge.answers.set(`PUT ${path}`, ({ body }) => {
      const { types = {}, quietHours, ...rest } = body as PreferencesInput;
      for (const [type, ways] of Object.entries(types)) Object.assign(kept.types[type as "ticket"], { ...ways });
      if (quietHours === null) delete kept.quietHours;
      else if (quietHours) kept.quietHours = { ...quietHours, exceptCritical: quietHours.exceptCritical ?? true };
      Object.assign(kept, rest);
      return { status: 200, body: kept };
    });
    desk = new Desk({ base: "https://desk.invalid", siteKey: `pk_${Math.random()}`, fetch: edge.fetch });
    setStandardDesk(desk);
    await chooseLanguage("en");
  });
  afterEach(async () => {
    desk.logout();
    await chooseLanguage("en");
  });

  it("waits for whose they are, then shows them, each box named by kind and way", async () => {
    await show();
    await has("Sign in to see your settings");
    await desk.identify(() => "j.w.t");
    await has("My requests");
    expect(find('[name="info-email"]')!.checked).to.be.false;
    expect(find('[name="ticket-email"]')!.getAttribute("aria-label")).to.equal("My requests, by email");
    expect(find<HTMLInputElement>("#zone")!.value).to.equal("Europe/Berlin");
    await expect(element).to.be.accessible();
  });

  it("saves each change at once and says so; many in a row go one after the other, none lost", async () => {
    await desk.identify(() => "j.w.t");
    await show();
    await has("My requests");
    for (const name of ["ticket-email", "billing-push", "info-inApp"]) find(`[name="${name}"]`)!.click();
    put("digest", "hourly");
    await state("Saved");
    await waitUntil(() => sent().length === 2);
    expect(sent()).to.deep.equal([
      { types: { ticket: { email: false } } },
      { types: { billing: { push: false }, info: { inApp: false } }, digest: "hourly" },
    ]);
    await has("At most one an hour.");
    expect(find(".save")!.getAttribute("role")).to.equal("status");
  });

  it("takes quiet hours with what may break them, and says what is wrong with times and places", async () => {
    await desk.identify(() => "j.w.t");
    await show();
    await has("Quiet hours");
    find('[name="quiet"]')!.click();
    await state("Saved");
    expect(kept.quietHours).to.deep.equal({ from: "22:00", to: "07:00", exceptCritical: true });
    find('[name="critical"]')!.click();
    put("to", "22:00");
    await has("Both times are the same");
    await expect(element).to.be.accessible();
    put("from", "21:30");
    await waitUntil(() => kept.quietHours?.from === "21:30");
    expect(kept.quietHours).to.deep.equal({ from: "21:30", to: "22:00", exceptCritical: false });
    put("zone", "Nowhere");
    await has("We know no such place");
    put("zone", "new york");
    await waitUntil(() => kept.timezone === "America/New_York");
    expect(words()).not.to.contain("We know no such place");
    await state("Saved");
    find('[name="quiet"]')!.click();
    await waitUntil(() => !kept.quietHours && !find('[name="from"]'));
  });

  it("takes back what the desk refuses, says so, and tries again when asked", async () => {
    await desk.identify(() => "j.w.t");
    await show();
    await has("My requests");
    const answer = edge.answers.get(`PUT ${path}`)!;
    edge.answers.set(`PUT ${path}`, () => problem(503, "unavailable"));
    find('[name="ticket-email"]')!.click();
    await state("Not saved");
    expect(find('[name="ticket-email"]')!.checked).to.be.true;
    const alert = find('[role="alert"]')!;
    expect(alert.textContent).to.contain("That was not saved, and is as it was.");
    edge.answers.set(`PUT ${path}`, answer);
    alert.querySelector("button")!.click();
    await state("Saved");
    expect(find('[name="ticket-email"]')!.checked).to.be.false;
    expect(kept.types.ticket.email).to.be.false;
  });

  it("keeps on the device what cannot be sent, over a reload, and saves it when there is a connection", async () => {
    await desk.identify(() => "j.w.t");
    await show();
    await has("My requests");
    edge.isReachable = false;
    find('[name="ticket-push"]')!.click();
    await state("Waiting to be saved");
    expect(find('[name="ticket-push"]')!.checked).to.be.false;
    expect(desk.drafts.get("preferences")).to.deep.equal({ types: { ticket: { push: false } } });
    // Another page of the same person finds it.
    const { siteKey } = desk.options;
    edge.isReachable = true;
    desk = new Desk({ base: "https://desk.invalid", siteKey, fetch: edge.fetch });
    setStandardDesk(desk);
    await desk.identify(() => "j.w.t");
    await show();
    await state("Saved");
    expect(kept.types.ticket.push).to.be.false;
    expect(desk.drafts.get("preferences")).to.equal(null);
  });

  it("says when it cannot load, and loads when asked again", async () => {
    await desk.identify(() => "j.w.t");
    const answer = edge.answers.get(`GET ${path}`)!;
    edge.answers.set(`GET ${path}`, () => problem(503, "unavailable"));
    await show();
    await has("We could not load your settings");
    await expect(element).to.be.accessible();
    edge.answers.set(`GET ${path}`, answer);
    find<HTMLButtonElement>(".empty button")!.click();
    await has("My requests");
  });

  it("speaks the language of the page, with words that it loads itself", async () => {
    await desk.identify(() => "j.w.t");
    await chooseLanguage("de");
    await show();
    await has("Meine Anfragen");
    await chooseLanguage("ar");
    await has("طلباتي");
    expect(element.dir).to.equal("rtl");
    await expect(element).to.be.accessible();
  });
});
