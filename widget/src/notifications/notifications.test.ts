import { expect, fixture, html, oneEvent, waitUntil } from "@open-wc/testing";
import "../desk-elements.ts";
import { buildNotice, DeskEdge } from "../../../test/browser/desk-edge.ts";
import { define } from "../session/desk-element.ts";
import { Desk } from "../session/desk.ts";
import { setStandardDesk } from "../session/page-desk.ts";
import { SidedeskBell } from "./bell.ts";
import type { SidedeskNotifications } from "./notifications.ts";

define("sidedesk-bell", SidedeskBell);

describe("updates", () => {
  let edge: DeskEdge;
  let desk: Desk;
  const emit = (name: string, value: unknown) =>
    (desk as unknown as { emit: (name: string, value: unknown) => void }).emit(name, value);
  beforeEach(async () => {
    edge = new DeskEdge();
    edge.notices = [
      buildNotice({ title: "Jonas answered", link: "ticket:t7" }),
      buildNotice({ type: "billing", title: "Invoice ready", read: true }),
    ];
    desk = new Desk({ base: "https://desk.invalid", siteKey: `pk_${Math.random()}`, fetch: edge.fetch });
    setStandardDesk(desk);
    await desk.identify(() => "jwt");
    await waitUntil(() => desk.unread === 1);
  });
  afterEach(() => desk.logout());

  describe("<sidedesk-notifications>", () => {
    let element: SidedeskNotifications;
    const root = () => element.shadowRoot!;
    const titles = () => [...root().querySelectorAll(".show")].map((one) => one.textContent.trim());
    beforeEach(async () => {
      element = await fixture(html`<sidedesk-notifications></sidedesk-notifications>`);
      await waitUntil(() => titles().length === 2);
    });

    it("shows what is unread, and can be read out", async () => {
      expect(titles()).to.deep.equal(["Jonas answered, unread", "Invoice ready"]);
      await expect(element).to.be.accessible();
    });

    it("opens the request a notice is about and marks it read", async () => {
      setTimeout(() => root().querySelector<HTMLElement>(".show")!.click());
      const event = await oneEvent<CustomEvent<{ id: string }>>(element, "sidedesk-ticket-select");
      expect(event.detail.id).to.equal("t7");
      await waitUntil(() => edge.notices[0]!.read);
      expect(desk.unread).to.equal(0);
    });

    it("marks all read, here and on the server", async () => {
      [...root().querySelectorAll("button")].find((one) => one.textContent.trim() === "Mark all read")!.click();
      await waitUntil(() => edge.notices.every(({ read }) => read));
      expect(titles()).to.deep.equal(["Jonas answered", "Invoice ready"]);
    });

    it("deletes one", async () => {
      root().querySelector<HTMLElement>('[aria-label="Delete: Invoice ready"]')!.click();
      await waitUntil(() => edge.notices.length === 1);
      await element.updateComplete;
      expect(titles()).to.have.length(1);
    });

    it("takes a live one, once", async () => {
      const notice = buildNotice({ title: "Solved" });
      emit("notice", notice);
      emit("notice", notice);
      await element.updateComplete;
      expect(titles()[0]).to.equal("Solved, unread");
      expect(titles()).to.have.length(3);
    });
  });

  it("the bell says how many there are, and opens them", async () => {
    const bell = await fixture<SidedeskBell>(html`<sidedesk-bell></sidedesk-bell>`);
    const button = bell.shadowRoot!.querySelector("button")!;
    expect(button.getAttribute("aria-label")).to.equal("Updates, 1 unread");
    expect(button.getAttribute("aria-expanded")).to.equal("false");
    await expect(bell).to.be.accessible();
    button.click();
    await waitUntil(() => bell.shadowRoot!.querySelector("sidedesk-notifications")?.shadowRoot?.querySelector(".show"));
    expect(button.getAttribute("aria-expanded")).to.equal("true");
    bell.shadowRoot!.querySelector<HTMLElement>(".drop")!.hidePopover();
    await waitUntil(() => button.getAttribute("aria-expanded") === "false");
  });
});
