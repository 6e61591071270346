import { expect, waitUntil } from "@open-wc/testing";
import { SdFacet } from "./facet.ts";

describe("<sd-facet>", () => {
  let facet: SdFacet;
  let changes: string[][];
  const root = () => facet.renderRoot;
  const opener = () => root().querySelector<HTMLButtonElement>(".open")!;
  const choices = () => [...root().querySelectorAll<HTMLElement>("[role=option]")];

  beforeEach(async () => {
    changes = [];
    facet = new SdFacet();
    facet.label = "Priority";
    facet.clearLabel = "Clear priority";
    facet.options = [
      { value: "high", label: "High" },
      { value: "low", label: "Low" },
    ];
    facet.addEventListener("sidedesk-facet-change", (event) => changes.push(event.values));
    document.body.append(facet);
    await facet.updateComplete;
  });
  afterEach(() => facet.remove());

  it("says what it is, and what it holds", async () => {
    expect(opener().textContent.trim()).to.equal("Priority");
    facet.values = ["high", "low"];
    await facet.updateComplete;
    const spoken = [...opener().childNodes].filter((node) => !(node instanceof Element && node.ariaHidden === "true"));
    expect(
      spoken
        .map((node) => (node instanceof Comment ? "" : (node.textContent ?? "").trim()))
        .filter(Boolean)
        .join(" "),
    ).to.equal("Priority, High, Low");
    await expect(facet).to.be.accessible();
  });

  it("takes any number of values, by keyboard alone", async () => {
    opener().click();
    await waitUntil(() => choices().length === 2);
    expect(facet.shadowRoot!.activeElement).to.equal(choices()[0]);
    const press = (key: string) =>
      facet.shadowRoot!.activeElement!.dispatchEvent(
        new KeyboardEvent("keydown", { key, bubbles: true, composed: true, cancelable: true }),
      );
    press("Enter");
    press("ArrowDown");
    press(" ");
    await facet.updateComplete;
    expect(changes).to.deep.equal([["high"], ["high", "low"]]);
    expect(choices().map((one) => one.getAttribute("aria-selected"))).to.deep.equal(["true", "true"]);
    press("Escape");
    await waitUntil(() => opener().getAttribute("aria-expanded") === "false");
    expect(facet.shadowRoot!.activeElement).to.equal(opener());
  });

  it("is cleared by its own button", async () => {
    facet.values = ["low"];
    await facet.updateComplete;
    const clear = root().querySelector<HTMLButtonElement>(".clear")!;
    expect(clear.getAttribute("aria-label")).to.equal("Clear priority");
    clear.click();
    expect(changes).to.deep.equal([[]]);
  });

  it("takes a typed value where that is allowed", async () => {
    facet.typeLabel = "Type a tag";
    await facet.updateComplete;
    opener().click();
    await waitUntil(() => root().querySelector("input"));
    root().querySelector("input")!.value = " VAT ";
    root().querySelector("form")!.requestSubmit();
    expect(changes).to.deep.equal([["vat"]]);
  });
});
