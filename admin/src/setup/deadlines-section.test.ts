import { expect, waitUntil } from "@open-wc/testing";
import { DeskHarness, json, problem } from "../shell/desk.harness.ts";
import { DeadlinesSection } from "./deadlines-section.ts";
import type { HoursEditor } from "./hours-editor.ts";

const sla = {
  critical: 60,
  high: 240,
  medium: 1440,
  low: 2880,
  warnAt: 75,
  businessHours: null as object | null,
  escalation: null as object | null,
};

describe("T6 <desk-setup-deadlines>", () => {
  let desk: DeskHarness;
  let element: DeadlinesSection;
  let kept: typeof sla;
  const settings = "/v1/sites/demo/settings";
  const root = () => element.renderRoot as ShadowRoot;
  const editor = () => root().querySelector<HoursEditor>("desk-hours")!;
  const hours = () => editor().renderRoot as ShadowRoot;
  const button = (within: ShadowRoot, words: string) =>
    [...within.querySelectorAll("button")].find(
      (one) => one.textContent.trim() === words || one.getAttribute("aria-label") === words,
    )!;
  const sent = () => desk.of(`PATCH ${settings}`).map(({ body }) => body["sla"]);
  const type = (input: HTMLInputElement, value: string) => {
    input.value = value;
    input.dispatchEvent(new Event("change"));
  };

  async function open(part: Partial<typeof sla> = {}): Promise<void> {
    kept = { ...sla, ...part };
    desk = new DeskHarness();
    desk.on("POST /v1/staff/refresh", () => json(desk.staffSession("owner")));
    await desk.start();
    desk.on(`GET ${settings}`, () => json({ sla: kept }));
    desk.on("GET /v1/sites/demo", () => json({ timezone: "Europe/Berlin" }));
    desk.on("GET /v1/teams", () =>
      json({ data: [{ id: "t1", name: "Rescue", memberIds: [], roundRobin: false, createdAt: "" }], nextCursor: null }),
    );
    desk.on(`PATCH ${settings}`, ({ body }) => json({ sla: (kept = { ...kept, ...(body["sla"] as object) }) }));
    element = new DeadlinesSection();
    desk.root.append(element);
    await waitUntil(() => root().querySelector("desk-hours"));
    await editor().updateComplete;
  }
  afterEach(() => desk.stop());

  it("shows times in the unit that has them whole, and sends them in minutes", async () => {
    await open();
    const field = (name: string) => root().querySelector<HTMLInputElement>(`[name=${name}]`)!;
    expect(["critical", "high", "medium", "low"].map((name) => field(name).value)).to.deep.equal(["1", "4", "1", "2"]);
    expect(["critical", "medium"].map((name) => field(`${name}-unit`).value)).to.deep.equal(["60", "1440"]);
    field("critical").value = "90";
    field("critical-unit").value = "1";
    field("warnAt").value = "80";
    button(root(), "Save times").click();
    await waitUntil(() => sent().length === 1);
    expect(sent()[0]).to.deep.equal({ critical: 90, high: 240, medium: 1440, low: 2880, warnAt: 80 });
    await waitUntil(() => desk.toasts.all.some(({ words }) => words === "Saved."));
    await expect(element).to.be.accessible();
  });

  it("says what the desk refused where it was saved, and keeps what was typed", async () => {
    await open();
    desk.on(`PATCH ${settings}`, () => problem(400, "validation_failed", { detail: "Too long." }));
    root().querySelector<HTMLInputElement>("[name=low]")!.value = "9999";
    button(root(), "Save times").click();
    await waitUntil(() => root().querySelector(".problem")!.textContent.includes("Too long."));
    expect(root().querySelector<HTMLInputElement>("[name=low]")!.value).to.equal("9999");
  });

  it("keeps business hours: the site's zone and office days at first, more shifts, nights, holidays", async () => {
    await open();
    hours().querySelector<HTMLInputElement>("[role=switch]")!.click();
    await editor().updateComplete;
    expect(hours().querySelector<HTMLInputElement>("#zone")!.value).to.equal("Europe/Berlin");
    await expect(editor()).to.be.accessible();
    button(hours(), "Add hours on Saturday").click();
    await editor().updateComplete;
    type(hours().querySelector<HTMLInputElement>('[aria-label="Saturday, opens"]')!, "22:00");
    type(hours().querySelector<HTMLInputElement>('[aria-label="Saturday, closes"]')!, "06:00");
    await editor().updateComplete;
    expect(hours().textContent).to.contain("next day");
    button(hours(), "Remove these hours on Monday").click();
    const date = hours().querySelector<HTMLInputElement>(".date")!;
    date.value = "2026-12-25";
    date.dispatchEvent(new KeyboardEvent("keydown", { key: "Enter", cancelable: true }));
    await editor().updateComplete;
    button(hours(), "Save hours").click();
    await waitUntil(() => sent().length === 1);
    expect(sent()[0]).to.deep.equal({
      businessHours: {
        timezone: "Europe/Berlin",
        days: [2, 3, 4, 5]
          .map((day) => ({ day, from: "09:00", to: "17:00" }))
          .concat({ day: 6, from: "22:00", to: "06:00" }),
        holidays: ["2026-12-25"],
      },
    });
  });

  it("asks for what is missing before it saves", async () => {
    await open({ businessHours: { timezone: "UTC", days: [{ day: 1, from: "09:00", to: "17:00" }], holidays: [] } });
    type(hours().querySelector<HTMLInputElement>('[aria-label="Monday, closes"]')!, "09:00");
    await editor().updateComplete;
    button(hours(), "Save hours").click();
    await waitUntil(() => hours().querySelector("[role=alert]")!.textContent.includes("begin and when they end"));
    button(hours(), "Remove these hours on Monday").click();
    await editor().updateComplete;
    button(hours(), "Save hours").click();
    await waitUntil(() => hours().querySelector("[role=alert]")!.textContent.includes("at least one day"));
    expect(sent()).to.deep.equal([]);
  });

  it("counts every hour again when it is switched off", async () => {
    await open({ businessHours: { timezone: "UTC", days: [{ day: 1, from: "09:00", to: "17:00" }], holidays: [] } });
    hours().querySelector<HTMLInputElement>("[role=switch]")!.click();
    await editor().updateComplete;
    button(hours(), "Save hours").click();
    await waitUntil(() => sent().length === 1);
    expect(sent()[0]).to.deep.equal({ businessHours: null });
  });

  it("keeps what is done when an answer is late", async () => {
    await open({ escalation: { raisePriority: true, notify: false, teamId: null } });
    expect(root().querySelector<HTMLInputElement>("[name=raisePriority]")!.checked).to.equal(true);
    root().querySelector<HTMLInputElement>("[name=notify]")!.click();
    root().querySelector<HTMLSelectElement>("#teamId")!.value = "t1";
    button(root(), "Save rule").click();
    await waitUntil(() => sent().length === 1);
    expect(sent()[0]).to.deep.equal({ escalation: { raisePriority: true, notify: true, teamId: "t1" } });
  });
});
