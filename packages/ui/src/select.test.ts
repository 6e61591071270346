import { expect, fixture, html, oneEvent } from "@open-wc/testing";
import "./menu.ts";
import "./select.ts";
import type { MenuChooseEvent, SdMenu } from "./menu.ts";
import type { SdSelect, SelectChangeEvent } from "./select.ts";

const press = (target: Element, key: string) =>
  target.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true }));

describe("<sd-select>", () => {
  let select: SdSelect;
  const root = () => select.shadowRoot!;
  const button = () => root().querySelector("button")!;
  beforeEach(async () => {
    const options = ["low", "high", "critical"].map((value) => ({
      value,
      label: value[0]!.toUpperCase() + value.slice(1),
      disabled: value === "critical",
    }));
    select = await fixture(html`<sd-select label="Priority" value="high" .options=${options}></sd-select>`);
  });

  it("is named with what it is and what it holds", async () => {
    expect(button().getAttribute("aria-label")).to.equal("Priority, High");
    await expect(select).to.be.accessible();
  });

  it("is worked by keyboard alone, and says only what changed", async () => {
    let changes = 0;
    select.addEventListener("sidedesk-select-change", () => (changes += 1));
    await select.show();
    expect(root().activeElement?.textContent.trim()).to.equal("High");
    await expect(select).to.be.accessible();
    press(root().activeElement!, "Enter");
    expect(changes).to.equal(0);
    expect(root().activeElement).to.equal(button());
    await select.show();
    press(root().activeElement!, "l");
    setTimeout(() => press(root().activeElement!, "Enter"));
    const event = await oneEvent<SelectChangeEvent>(select, "sidedesk-select-change");
    expect(event.value).to.equal("low");
    expect(select.value).to.equal("low");
  });

  it("closes with Escape without changing anything, and passes by what is not allowed", async () => {
    await select.show();
    press(root().activeElement!, "End");
    expect(root().activeElement?.textContent.trim()).to.equal("High");
    press(root().activeElement!, "Escape");
    await select.updateComplete;
    expect(button().getAttribute("aria-expanded")).to.equal("false");
    expect(select.value).to.equal("high");
  });
});

describe("<sd-menu>", () => {
  it("opens on its first item and says which was chosen", async () => {
    const items = [
      { id: "copy", label: "Copy" },
      { id: "close", label: "Close", key: "e" },
    ];
    const menu = await fixture<SdMenu>(html`<sd-menu label="More" .items=${items}></sd-menu>`);
    await expect(menu).to.be.accessible();
    await menu.show();
    expect(menu.shadowRoot!.activeElement?.textContent).to.contain("Copy");
    press(menu.shadowRoot!.activeElement!, "ArrowDown");
    setTimeout(() => (menu.shadowRoot!.activeElement as HTMLElement).click());
    const event = await oneEvent<MenuChooseEvent>(menu, "sidedesk-menu-choose");
    expect(event.item).to.equal("close");
    expect(menu.shadowRoot!.activeElement?.getAttribute("aria-haspopup")).to.equal("menu");
  });
});
