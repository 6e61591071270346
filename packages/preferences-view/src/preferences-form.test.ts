import { expect, fixture, waitUntil } from "@open-wc/testing";
import { createHttp, preferencesApi } from "@sidedesk/client";
import type { Preferences } from "@sidedesk/contract";
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
      expect(box().disabled).to.be.true;
      await expect(host).to.be.accessible();
    });

  it("is turned on and off by a press, and says what came of asking", async () => {
    await show("off");
    box().click();
    await waitUntil(() => !box().disabled && box().checked);
    box().click();
    await waitUntil(() => !box().disabled && !box().checked);
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
    expect(box().disabled).to.be.false;
    await expect(host).to.be.accessible();
  });

  it("shows the language that holds where a country is named with it", async () => {
    await show("on");
    expect(host.renderRoot.querySelector<HTMLSelectElement>("#language")!.value).to.equal("de");
  });
});
