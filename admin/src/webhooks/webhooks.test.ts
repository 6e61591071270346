import { expect, waitUntil } from "@open-wc/testing";
import { DeskHarness, json } from "../shell/desk.harness.ts";
import { WebhooksSection } from "./webhooks-section.ts";

describe("<desk-setup-webhooks>", () => {
  let desk: DeskHarness;
  beforeEach(async () => {
    desk = new DeskHarness();
    desk.on("GET /v1/webhooks", () => json({ data: [], nextCursor: null }));
    await desk.start();
  });
  afterEach(() => desk.stop());

  it("shows the site's webhooks, and asks again when the console has caught up", async () => {
    const section = new WebhooksSection();
    desk.root.append(section);
    const words = () => section.renderRoot.querySelector("sidedesk-webhook-view")?.shadowRoot?.textContent ?? "";
    await waitUntil(() => words().includes("No webhooks yet"));
    expect(words()).to.contain("when something happens on this site");
    expect(section.renderRoot.querySelector("sidedesk-webhook-view")!.shadowRoot!.querySelector("h1")).to.equal(null);
    await expect(section).to.be.accessible();
    const asked = desk.of("GET /v1/webhooks").length;
    dispatchEvent(new Event("desk-catch-up"));
    await waitUntil(() => desk.of("GET /v1/webhooks").length > asked);
  });
});
