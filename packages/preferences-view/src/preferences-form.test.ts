import { expect, fixture, waitUntil } from "@open-wc/testing";
import { createHttp, NetworkError, preferencesApi } from "@sidedesk/client";
import type { Preferences, PreferencesInput } from "@sidedesk/contract";
import { base } from "@sidedesk/ui/base.styles";
import { adoptTokens } from "@sidedesk/ui/page";
import { switches } from "@sidedesk/ui/switch.styles";
import { html, LitElement } from "lit";
import { PreferencesBook } from "./preferences-book.ts";
import { PreferencesForm } from "./preferences-form.ts";
import { preferencesStyles } from "./preferences.styles.ts";
import type { PushState, PushSwitch } from "./push-switch.ts";

adoptTokens();

const ways = { inApp: true, email: true, push: true };
const preferences: Preferences = {
  types: { ticket: ways, billing: ways, compliance: ways, alert: ways, info: ways },
  digest: "off",
  locale: "de-AT",
  timezone: "UTC",
};
const fetch = (): Promise<Response> =>
  Promise.resolve(new Response(JSON.stringify(preferences), { headers: { "content-type": "application/json" } }));

/** A host as widget and console are, whose browser a test decides. */
class TestHost extends LitElement {
  static override styles = [base, switches, preferencesStyles];
  push!: PushSwitch;
  readonly book = new PreferencesBook(preferencesApi(createHttp({ base: "https://desk.invalid", fetch })), {
    get: () => null,
    set: () => undefined,
    isTheirs: () => true,
  });
  readonly form = new PreferencesForm(this, () => {
    const { book, push } = this;
    return { book, scope: "customer", locale: "en", push, say: (error) => (error as Error).message };
  });
  override render() {
    return html`<main class="set">${this.form.render()}</main>`;
  }
}
customElements.define("test-preferences", TestHost);

describe("N7 push on this device", () => {
  let host: TestHost;
  const box = () => host.renderRoot.querySelector<HTMLInputElement>('[name="push"]')!;
  const words = () => host.renderRoot.textContent.replace(/\s+/g, " ");
  const show = async (first: PushState, more: Partial<PushSwitch> = {}) => {
    host = document.createElement("test-preferences") as TestHost;
    host.push = { find: async () => first, turnOn: async () => "on", turnOff: async () => "off", ...more };
    await fixture(html`${host}`);
    await waitUntil(() => host.renderRoot.querySelector("#push-about")?.textContent.trim(), "its state");
  };

  for (const [state, why] of [
    ["unsupported", "This browser cannot show messages."],
    ["unready", "This site does not offer it yet."],
    ["denied", "Your browser blocks messages from this site. Allow them beside the address"],
  ] as const)
    it(`says why it cannot be turned on: ${state}`, async () => {
      await show(state);
      expect(words()).to.contain(why);
      expect(box().ariaDisabled).to.equal("true");
      box().focus();
      box().click();
      expect([box().checked, host.renderRoot.querySelector(":focus")]).to.deep.equal([false, box()]);
      await expect(host).to.be.accessible();
    });

  it("is turned on and off by a press, and says what came of asking", async () => {
    await show("off");
    box().click();
    await waitUntil(() => !box().ariaDisabled && box().checked);
    box().click();
    await waitUntil(() => !box().ariaDisabled && !box().checked);
    await show("off", { turnOn: async () => "denied" });
    box().click();
    await waitUntil(() => words().includes("Your browser blocks messages"));
    expect(box().checked).to.be.false;
  });

  it("stays as it was when the desk cannot be told, and says so", async () => {
    await show("off", { turnOn: () => Promise.reject(new Error("The desk cannot be reached.")) });
    box().click();
    await waitUntil(() => words().includes("The desk cannot be reached."));
    expect(box().checked).to.be.false;
    expect(box().ariaDisabled).to.equal(null);
    await expect(host).to.be.accessible();
  });

  it("looks again when a page has moved it elsewhere", async () => {
    let looks = 0;
    await show("off", { find: async () => (looks++ ? "on" : "off") });
    const place = document.createElement("div");
    document.body.append(place);
    place.append(host);
    await waitUntil(() => box().checked);
    place.remove();
  });

  it("is let go of by the book when it is taken away with something still to draw", async () => {
    await show("off");
    host.requestUpdate();
    host.remove();
    await host.updateComplete;
    host.book.change({ digest: "daily" });
    expect(host.isUpdatePending).to.be.false;
  });

  it("shows the language that holds where a country is named with it", async () => {
    await show("on");
    expect(host.renderRoot.querySelector<HTMLSelectElement>("#language")!.value).to.equal("de");
  });
});

describe("N7 preferences that wait on a device", () => {
  let isTheirs: boolean;
  let kept: PreferencesInput | null;
  /** What the desk was asked to change, each with how it answers. */
  let sent: { change: PreferencesInput; answer: (known: Preferences) => void; fail: (error: unknown) => void }[];
  /** The desk's answers to the question what holds. */
  let asked: ((known: Preferences) => void)[];
  const book = () =>
    new PreferencesBook(
      {
        get: () => new Promise((answer) => asked.push(answer)),
        change: (change) => new Promise((answer, fail) => sent.push({ change, answer, fail })),
      },
      { get: () => kept, set: (change) => (kept = change), isTheirs: () => isTheirs },
    );
  const withTicket = (email: boolean): Preferences => ({
    ...preferences,
    types: { ...preferences.types, ticket: { ...ways, email } },
  });
  const change = (email: boolean): PreferencesInput => ({ types: { ticket: { email } } });

  beforeEach(() => {
    [isTheirs, kept, sent, asked] = [true, null, [], []];
  });

  it("are never sent as another person's, or another site's, and are kept for whose they are", async () => {
    const mine = book();
    const stop = mine.watch(() => undefined);
    asked[0]!(preferences);
    await waitUntil(() => mine.shown);
    mine.change(change(false));
    sent[0]!.fail(new NetworkError(new Error("away")));
    await waitUntil(() => mine.state === "waiting");
    isTheirs = false;
    dispatchEvent(new Event("online"));
    mine.change({ digest: "daily" }, true);
    stop(); // would not wait for the end of typing
    mine.retry();
    await mine.load();
    expect([sent.length, asked.length]).to.deep.equal([1, 1]);
    expect(kept).to.deep.equal(change(false));
    isTheirs = true;
    const later = book();
    later.watch(() => undefined);
    asked[1]!(preferences);
    await waitUntil(() => sent.length === 2);
    expect(sent[1]!.change).to.deep.equal(change(false));
  });

  it("are not overtaken by an answer that is older than the change", async () => {
    const mine = book();
    mine.watch(() => undefined);
    asked[0]!(preferences);
    await waitUntil(() => mine.shown);
    const refreshed = mine.load();
    mine.change(change(false));
    sent[0]!.answer(withTicket(false));
    await waitUntil(() => mine.state === "saved");
    asked[1]!(withTicket(true)); // asked before, answered after
    await refreshed;
    expect(mine.shown!.types.ticket.email).to.be.false;
  });

  it("do not undo, tried again, what was chosen since", async () => {
    const mine = book();
    mine.watch(() => undefined);
    asked[0]!(preferences);
    await waitUntil(() => mine.shown);
    mine.change(change(false));
    mine.change(change(true));
    sent[0]!.fail(new Error("refused"));
    await waitUntil(() => sent.length === 2);
    sent[1]!.answer(withTicket(true));
    await waitUntil(() => mine.state === "refused");
    mine.retry();
    await waitUntil(() => sent.length === 3);
    expect(sent[2]!.change).to.deep.equal(change(true));
  });
});
