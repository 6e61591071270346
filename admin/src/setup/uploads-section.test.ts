import { expect, waitUntil } from "@open-wc/testing";
import { DeskHarness, json, problem } from "../shell/desk.harness.ts";
import { UploadsSection } from "./uploads-section.ts";

const all = ["png", "jpeg", "gif", "webp", "pdf", "docx", "txt", "log", "xlsx", "csv", "json", "zip"];

describe("T8 <desk-setup-uploads>", () => {
  let desk: DeskHarness;
  let element: UploadsSection;
  const settings = "/v1/sites/demo/settings";
  const root = () => element.renderRoot as ShadowRoot;
  const box = (type: string) => root().querySelector<HTMLInputElement>(`[value=${type}]`)!;
  const save = () => root().querySelector<HTMLButtonElement>("[type=submit]")!.click();
  const words = () => root().textContent.replaceAll(/\s+/g, " ");
  const sent = () => desk.of(`PATCH ${settings}`).map(({ body }) => body);

  async function open(types: string[], scanner = "on"): Promise<void> {
    desk = new DeskHarness();
    desk.on("POST /v1/staff/refresh", () => json(desk.staffSession("owner")));
    await desk.start();
    desk.on(`GET ${settings}`, () => json({ uploads: { types } }));
    desk.on(`PATCH ${settings}`, ({ body }) => json({ uploads: body["uploads"] }));
    desk.on("GET /v1/operations", () => json({ uploads: { maxBytes: 4 * 1024 * 1024, scanner } }));
    element = new UploadsSection();
    desk.root.append(element);
    await waitUntil(() => root().querySelector("form"));
  }
  afterEach(() => desk.stop());

  it("shows every kind in its group, what is ticked, and what one file and one message may have", async () => {
    await open(["png", "pdf"]);
    const boxes = [...root().querySelectorAll<HTMLInputElement>("input")];
    expect(boxes.map(({ value }) => value)).to.have.members(all);
    expect(boxes.filter(({ checked }) => checked).map(({ value }) => value)).to.deep.equal(["png", "pdf"]);
    expect(words()).to.contain("2 of 12 kinds are taken.");
    expect(words()).to.contain("up to 4 MB").and.to.contain("up to 5 files").and.to.contain("every file is checked");
    await expect(element).to.be.accessible();
  });

  it("sends what is ticked, says that it is not saved before and that it is after", async () => {
    await open(all);
    box("zip").click();
    box("gif").click();
    await element.updateComplete;
    expect(words()).to.contain("10 of 12 kinds are taken. Not saved yet.");
    save();
    await waitUntil(() => sent().length === 1);
    expect(sent()).to.deep.equal([{ uploads: { types: all.filter((one) => one !== "zip" && one !== "gif") } }]);
    await waitUntil(() => desk.toasts.all.some((one) => one.words === "Saved. It counts for the next file."));
    await element.updateComplete;
    expect(words()).not.to.contain("Not saved yet");
  });

  it("takes no files at all when nothing is ticked, and says so", async () => {
    await open(["csv"], "off");
    box("csv").click();
    await element.updateComplete;
    expect(words()).to.contain("No files at all: only words can be sent. Not saved yet.");
    expect(words()).to.contain("files are not checked");
    save();
    await waitUntil(() => sent().length === 1);
    expect(sent()).to.deep.equal([{ uploads: { types: [] } }]);
    await waitUntil(() => desk.toasts.all.some((one) => one.words === "Saved. No more files are taken."));
  });

  it("keeps what was ticked when the desk refuses, and says why there", async () => {
    await open(all, "missing");
    expect(words()).to.contain("no scanner is named, so no file is taken");
    desk.on(`PATCH ${settings}`, () => problem(403, "forbidden"));
    box("zip").click();
    save();
    await waitUntil(() => root().querySelector(".problem")!.textContent.includes("Your role does not allow this."));
    expect(box("zip").checked).to.equal(false);
    expect(words()).to.contain("Not saved yet.");
  });

  it("says what it could not load, and tries again", async () => {
    await open(["png"]);
    desk.on(`GET ${settings}`, () => problem(503, "unavailable"));
    element.remove();
    element = new UploadsSection();
    desk.root.append(element);
    await waitUntil(() => root().querySelector(".empty button"));
    desk.on(`GET ${settings}`, () => json({ uploads: { types: ["png"] } }));
    root().querySelector<HTMLButtonElement>(".empty button")!.click();
    await waitUntil(() => root().querySelector("form"));
  });
});
