import { expect } from "@open-wc/testing";
import { ConsoleDeck } from "./deck.ts";
import { DeskHarness } from "./desk.harness.ts";

describe("<desk-deck>", () => {
  let desk: DeskHarness;
  beforeEach(async () => {
    desk = await new DeskHarness().start();
  });
  afterEach(() => desk.stop());

  for (const [place, link, menu] of [
    ["/admin", "Queue", "More"],
    ["/admin/tickets/TKT-1", "Queue", "More"],
    ["/admin/customers/c1", "Customers", "More"],
    ["/admin/setup/mail", undefined, "More, Set-up"],
    ["/admin/operations", undefined, "More, Operations"],
    ["/admin/settings", undefined, "More, Your notifications"],
  ] as const)
    it(`says at ${place} where one is`, async () => {
      const element = new ConsoleDeck();
      element.place = place;
      desk.root.append(element);
      await element.updateComplete;
      const current = [...element.renderRoot.querySelectorAll("[aria-current]")].map((one) => one.textContent.trim());
      expect(current).to.deep.equal(link ? [link] : []);
      const more = element.renderRoot.querySelector("sd-menu")!;
      expect([more.label, more.classList.contains("here")]).to.deep.equal([menu, !link]);
      await expect(element).to.be.accessible();
    });
});
