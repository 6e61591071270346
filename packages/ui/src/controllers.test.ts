import { expect, fixture, html } from "@open-wc/testing";
import { LitElement } from "lit";
import { TickController } from "./controllers.ts";
import { timeAgo } from "./format.ts";

const spoken = Date.now();

class TickingTime extends LitElement {
  readonly ticks = new TickController(this);
  override render() {
    return html`${timeAgo(new Date(spoken).toISOString(), "en")}`;
  }
}
customElements.define("ticking-time", TickingTime);

describe("T3 relative times", () => {
  const { setInterval: realInterval, clearInterval: realClear } = window;
  const realNow = Date.now;
  const waiting = new Map<number, () => void>();
  beforeEach(() => {
    window.setInterval = ((callback: () => void) => {
      waiting.set(7, callback);
      return 7;
    }) as typeof setInterval;
    window.clearInterval = ((id: number) => void waiting.delete(id)) as typeof clearInterval;
  });
  afterEach(() => {
    window.setInterval = realInterval;
    window.clearInterval = realClear;
    Date.now = realNow;
  });

  it("tick while they are shown, and keep no timer when nothing is", async () => {
    const element = await fixture<TickingTime>(html`<ticking-time></ticking-time>`);
    const text = () => element.renderRoot.textContent;
    const before = text();
    Date.now = () => spoken + 6 * 60_000;
    expect(text()).to.equal(before);
    waiting.get(7)?.();
    await element.updateComplete;
    expect(text()).to.equal("6 min ago");
    element.remove();
    expect(waiting.size).to.equal(0);
  });
});
