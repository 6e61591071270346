import { expect, waitUntil } from "@open-wc/testing";
import type { Category } from "@sidedesk/contract";
import { DeskHarness, json, problem } from "../shell/desk.harness.ts";
import { CategoriesSection } from "./categories-section.ts";
import { keyOf, moved } from "./category-draft.ts";

const path = "/v1/sites/demo/settings";

describe("<desk-setup-categories>", () => {
  let desk: DeskHarness;
  let element: CategoriesSection;
  let held: Category[];
  const all = <T extends HTMLElement>(selector: string) => [...element.renderRoot.querySelectorAll<T>(selector)];
  const named = <T extends HTMLElement>(name: string) => {
    const found = all<T>("[aria-label], button").find((one) => (one.ariaLabel ?? one.textContent.trim()) === name);
    if (!found) throw new Error(`Nothing is called ${name}`);
    return found;
  };
  const fill = async (name: string, value: string, event = "input") => {
    const field = named<HTMLInputElement>(name);
    field.value = value;
    field.dispatchEvent(new Event(event, { bubbles: true }));
    await element.updateComplete;
  };
  const click = async (name: string) => {
    named<HTMLButtonElement>(name).click();
    await element.updateComplete;
  };

  beforeEach(async () => {
    desk = await new DeskHarness().start();
    held = [
      { key: "general", label: "General", fields: [] },
      { key: "billing", label: "Billing", fields: [] },
    ];
    desk.on(`GET ${path}`, () => json({ categories: held }));
    desk.on(`PATCH ${path}`, ({ body }) => json({ categories: (held = body["categories"] as Category[]) }));
    element = new CategoriesSection();
    desk.root.append(element);
    await waitUntil(() => all(".category").length === 2);
  });
  afterEach(() => desk.stop());

  it("makes a category with fields of its own, whose keys come from their labels", async () => {
    await click("Add a category");
    await fill("Name of category category", "Rückgabe & Umtausch");
    all<HTMLButtonElement>("[aria-expanded]").at(-1)!.click();
    await element.updateComplete;
    await click("Add a field to Rückgabe & Umtausch");
    await fill("Label of field field", "Reason");
    await fill("Kind of field Reason", "choice", "change");
    await fill("Choices of field Reason", "Broken\n\nToo small\nBroken", "change");
    all<HTMLInputElement>("[type=checkbox]")[0]!.click();
    await element.updateComplete;
    await expect(element).to.be.accessible();
    await click("Save");
    await waitUntil(() => desk.toasts.all.length === 1);
    expect(held[2]).to.deep.equal({
      key: "ruckgabe_umtausch",
      label: "Rückgabe & Umtausch",
      fields: [{ key: "reason", label: "Reason", type: "choice", required: true, options: ["Broken", "Too small"] }],
    });
  });

  it("names the team that new tickets of a category come to, and keeps it whatever else changes", async () => {
    desk.directory.teams = [{ id: "t1", name: "Second line", memberIds: [], roundRobin: true, createdAt: "" }];
    all<HTMLButtonElement>("[aria-expanded]")[1]!.click();
    await element.updateComplete;
    await fill("Team for new tickets of Billing", "t1", "change");
    await click("Save");
    await waitUntil(() => desk.toasts.all.length === 1);
    await fill("Name of category Billing", "Invoices");
    await click("Save");
    await waitUntil(() => desk.toasts.all.length === 2);
    expect(held[1]).to.deep.equal({ key: "billing", label: "Invoices", fields: [], teamId: "t1" });
  });

  it("keeps a key when a label changes, changes the order, and takes everything back", async () => {
    await fill("Name of category Billing", "Invoices");
    await click("Move Invoices up");
    await click("Save");
    await waitUntil(() => desk.toasts.all.length === 1);
    expect(held.map(({ key, label }) => [key, label])).to.deep.equal([
      ["billing", "Invoices"],
      ["general", "General"],
    ]);
    await click("Remove General");
    expect(all(".category").length).to.equal(1);
    expect(named<HTMLButtonElement>("Remove Invoices").disabled).to.equal(true);
    await click("Undo");
    expect(all(".category").length).to.equal(2);
  });

  it("keeps the focus with what was pressed, also when there is nothing left to do with it", async () => {
    const has = (name: string) => element.shadowRoot!.activeElement === named(name);
    await fill("Name of category Billing", "Invoices");
    for (const [name, is] of [
      ["Move Invoices up", () => all<HTMLInputElement>(".category .input")[0]!.value === "Invoices"],
      ["Save", () => desk.toasts.all.length === 1],
    ] as const) {
      named(name).focus();
      await click(name);
      await waitUntil(() => is() && named(name).getAttribute("aria-disabled") === "true");
      expect(has(name), name).to.equal(true);
      await click(name); // does nothing
    }
    expect(desk.of(`PATCH ${path}`)).to.have.length(1);
    expect(held.map(({ label }) => label)).to.deep.equal(["Invoices", "General"]);
    await expect(element).to.be.accessible();
  });

  it("says what is missing, and what the desk refused, and keeps what was typed", async () => {
    await fill("Name of category Billing", " ");
    await click("Save");
    expect(element.renderRoot.querySelector("[role=alert]")!.textContent.trim()).to.equal("Everything needs a name.");
    expect(desk.of(`PATCH ${path}`).length).to.equal(0);
    desk.on(`PATCH ${path}`, () => problem(403, "forbidden"));
    await fill("Name of category billing", "Bills");
    await click("Save");
    await waitUntil(() => element.renderRoot.querySelector("[role=alert]")!.textContent.includes("req-1"));
    expect(named<HTMLInputElement>("Name of category Bills").value).to.equal("Bills");
  });
});

describe("a key", () => {
  it("is made of letters that a key may have, and is not one that is taken", () => {
    expect(keyOf("Größe (cm)", [], "field")).to.equal("gro_e_cm");
    expect(keyOf("2nd name", [], "field")).to.equal("nd_name");
    expect(keyOf("שם", ["field"], "field")).to.equal("field_2");
    expect(keyOf("x".repeat(60), [], "field").length).to.be.at.most(40);
  });
});

describe("moving", () => {
  it("ends at the ends", () => {
    expect(moved([1, 2, 3], 0, 1)).to.deep.equal([2, 1, 3]);
    expect(moved([1, 2, 3], 2, 1)).to.deep.equal([1, 2, 3]);
    expect(moved([1, 2, 3], 0, -1)).to.deep.equal([1, 2, 3]);
  });
});
