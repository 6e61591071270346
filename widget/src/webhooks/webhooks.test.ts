import { expect, fixture, html, waitUntil } from "@open-wc/testing";
import { DeskEdge } from "../../../test/browser/desk-edge.ts";
import { Desk } from "../session/desk.ts";
import { chooseLanguage } from "../session/locale.ts";
import { setStandardDesk } from "../session/page-desk.ts";
import "./define.ts";
import type { SidedeskWebhooks } from "./webhooks.ts";

describe("<sidedesk-webhooks>", () => {
  let edge: DeskEdge;
  let desk: Desk;
  let element: SidedeskWebhooks;
  const view = () => element.shadowRoot!.querySelector("sidedesk-webhook-view");
  const words = () => `${element.shadowRoot!.textContent} ${view()?.shadowRoot?.textContent}`.replace(/\s+/g, " ");
  const has = (text: string) => waitUntil(() => words().includes(text), text, { timeout: 8000 });
  beforeEach(async () => {
    edge = new DeskEdge();
    edge.answers.set("GET /v1/webhooks", () => ({ status: 200, body: { data: [], nextCursor: null } }));
    desk = new Desk({ base: "https://desk.invalid", siteKey: `pk_${Math.random()}`, fetch: edge.fetch });
    setStandardDesk(desk);
    await chooseLanguage("en");
    element = await fixture(html`<sidedesk-webhooks></sidedesk-webhooks>`);
  });
  afterEach(async () => {
    desk.logout();
    await chooseLanguage("en");
  });

  it("waits for whose they are, then shows a customer's own", async () => {
    await has("Sign in to see your webhooks");
    await expect(element).to.be.accessible();
    await desk.identify(() => "j.w.t");
    await has("We call these addresses when something happens to you.");
    await has("No webhooks yet");
    await expect(element).to.be.accessible();
  });

  it("speaks the language of the page, with words that it loads itself", async () => {
    await desk.identify(() => "j.w.t");
    await chooseLanguage("de");
    await has("Noch keine Webhooks");
    await chooseLanguage("ar");
    await has("لا ويب هوك بعد");
    expect(element.dir).to.equal("rtl");
  });
});
