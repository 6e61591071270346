import { expect, waitUntil } from "@open-wc/testing";
import type { Reply } from "@sidedesk/contract";
import { DeskHarness, json, problem } from "../shell/desk.harness.ts";
import { RepliesSection } from "./replies-section.ts";

const build = (part: Partial<Reply>): Reply => ({
  id: "r1",
  title: "Refund",
  body: "Hello {{customer.name | there}}",
  category: "billing",
  shortcut: "refund",
  personal: false,
  usageCount: 12,
  lastUsedAt: null,
  createdAt: new Date().toISOString(),
  updatedAt: new Date().toISOString(),
  ...part,
});

describe("<desk-setup-replies>", () => {
  let desk: DeskHarness;
  let element: RepliesSection;
  let kept: Reply[];
  const root = () => element.renderRoot as ShadowRoot;
  const rows = () => [...root().querySelectorAll("li")];
  const editor = () => root().querySelector("desk-reply-editor")?.shadowRoot;
  const button = (words: string) =>
    [...root().querySelectorAll("button"), ...(editor()?.querySelectorAll("button") ?? [])].find(
      (one) => one.textContent.trim() === words || one.getAttribute("aria-label") === words,
    )!;
  const field = (name: string) => editor()?.querySelector<HTMLInputElement>(`#${name}`) as HTMLInputElement;

  async function open(role: "agent" | "viewer" = "agent"): Promise<void> {
    desk = new DeskHarness();
    desk.on("POST /v1/staff/refresh", () => json(desk.staffSession(role)));
    await desk.start();
    desk.on("GET /v1/replies", ({ search }) => {
      const words = search.get("q") ?? "";
      return json({ data: kept.filter(({ title }) => title.includes(words)), nextCursor: null });
    });
    element = new RepliesSection();
    desk.root.append(element);
    await waitUntil(() => root().querySelector("h2"));
  }
  beforeEach(() => {
    kept = [build({}), build({ id: "r2", title: "Only mine", personal: true, shortcut: null, category: null })];
  });
  afterEach(() => desk.stop());

  it("lists them with what they are for and how often they were used", async () => {
    await open();
    await waitUntil(() => rows().length === 2);
    expect(rows()[0]!.textContent.replace(/\s+/g, " "))
      .to.contain("/refund")
      .and.contain("billing")
      .and.contain("used 12");
    expect(rows()[1]!.textContent).to.contain("Only for me");
    await expect(element).to.be.accessible();
  });

  it("writes a new one, shows how it reads and puts variables in", async () => {
    await open();
    button("New reply").click();
    await waitUntil(() => field("title"));
    expect(editor()!.activeElement).to.equal(field("title"));
    button("Save").click();
    await waitUntil(() => (editor()!.querySelector(".problem")?.textContent ?? "").includes("title and a text"));
    field("title").value = "Hello";
    field("body").value = "Hi ";
    field("body").setSelectionRange(3, 3);
    button("customer.name").click();
    await waitUntil(() => editor()!.querySelector(".shown")!.textContent.trim() === "Hi Mara Lindqvist");
    await expect(element).to.be.accessible();
    desk.on("POST /v1/replies", () =>
      problem(400, "validation_failed", { errors: [{ path: "body", message: "No." }] }),
    );
    button("Save").click();
    await waitUntil(() => (editor()!.querySelector(".problem")?.textContent ?? "").includes("No."));
    desk.on("POST /v1/replies", ({ body }) => {
      kept.push(build({ id: "r3", title: String(body["title"]) }));
      return json(kept.at(-1), 201);
    });
    button("Save").click();
    await waitUntil(() => rows().length === 3);
    expect(desk.of("POST /v1/replies").at(-1)!.body).to.deep.equal({
      title: "Hello",
      body: "Hi {{customer.name}}",
      category: null,
      shortcut: null,
      personal: false,
    });
  });

  it("changes one, and leaves it by Escape", async () => {
    await open();
    await waitUntil(() => rows().length === 2);
    button("Change Only mine").click();
    await waitUntil(() => field("title"));
    expect([field("title").value, editor()!.querySelector<HTMLInputElement>("[name=personal]")!.checked]).to.deep.equal(
      ["Only mine", true],
    );
    field("title").dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true, composed: true }));
    await waitUntil(() => rows().length === 2);
    await waitUntil(() => root().activeElement === button("Change Only mine"));
    button("Change Refund").click();
    await waitUntil(() => field("title"));
    field("shortcut").value = "/money";
    desk.on("PATCH /v1/replies/r1", () => json(build({ shortcut: "/money" })));
    button("Save").click();
    await waitUntil(() => desk.of("PATCH /v1/replies/r1").length === 1);
    expect(desk.of("PATCH /v1/replies/r1")[0]!.body).to.include({ shortcut: "/money", category: "billing" });
  });

  it("asks before one is gone for everybody", async () => {
    await open();
    await waitUntil(() => rows().length === 2);
    button("Delete Refund").click();
    await waitUntil(() => root().querySelector("dialog")!.open);
    expect(root().querySelector("dialog")!.textContent).to.contain("Delete “Refund”?").and.contain("for everybody");
    desk.on("DELETE /v1/replies/r1", () => {
      kept = kept.filter(({ id }) => id !== "r1");
      return new Response(null, { status: 204 });
    });
    button("Delete reply").click();
    await waitUntil(() => rows().length === 1);
  });

  it("finds, and says when there is none", async () => {
    await open();
    await waitUntil(() => rows().length === 2);
    const search = root().querySelector<HTMLInputElement>("input[type=search]")!;
    search.value = "nothing";
    search.dispatchEvent(new Event("input"));
    await waitUntil(() => root().textContent.includes("No reply fits."));
    button("Clear filters").click();
    await waitUntil(() => rows().length === 2);
    kept = [];
    search.dispatchEvent(new Event("input"));
    await waitUntil(() => root().textContent.includes("No canned replies yet"));
  });

  it("is for reading alone where one's role is", async () => {
    await open("viewer");
    await waitUntil(() => rows().length === 2);
    expect(root().querySelectorAll("li button").length).to.equal(0);
    expect(button("New reply")).to.equal(undefined);
  });
});
