import { expect, waitUntil } from "@open-wc/testing";
import type { Reply } from "@sidedesk/contract";
import { buildTicket, DeskHarness, json, problem } from "../shell/desk.harness.ts";
import { ReplyPicker } from "./reply-picker.ts";
import { TicketStore } from "./ticket-store.ts";

const buildReply = (part: Partial<Reply>): Reply => ({
  id: "r1",
  title: "Refund",
  body: "Hello {{customer.name | there}}, it is on its way.",
  category: null,
  shortcut: "refund",
  personal: false,
  usageCount: 3,
  lastUsedAt: null,
  createdAt: new Date().toISOString(),
  updatedAt: new Date().toISOString(),
  ...part,
});

describe("<desk-reply-picker>", () => {
  let desk: DeskHarness;
  let element: ReplyPicker;
  let area: HTMLTextAreaElement;
  const replies = [buildReply({}), buildReply({ id: "r2", title: "Late parcel", shortcut: null, personal: true })];
  const root = () => element.renderRoot as ShadowRoot;
  const find = () => root().querySelector<HTMLInputElement>(".find input")!;
  const options = () => [...root().querySelectorAll<HTMLElement>("[role=option]")];
  const press = (key: string) =>
    find().dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
  const type = (text: string) => {
    area.value = text;
    area.setSelectionRange(text.length, text.length);
    element.look();
  };

  beforeEach(async () => {
    desk = await new DeskHarness().start();
    desk.on("GET /v1/replies", ({ search }) => {
      const words = search.get("q")?.toLowerCase() ?? "";
      const fits = ({ title, shortcut }: Reply) => title.toLowerCase().includes(words) || shortcut === words;
      return json({ data: replies.filter(fits), nextCursor: null });
    });
    desk.on("POST /v1/replies/r1/render", () => json({ body: "Hello Mara, it is on its way." }));
    area = document.createElement("textarea");
    element = new ReplyPicker();
    element.store = new TicketStore(desk.session, "t1");
    element.store.ticket = buildTicket();
    element.field = () => area;
    desk.root.append(area, element);
    await element.updateComplete;
  });
  afterEach(() => desk.stop());

  it("opens at a slash that begins a line, with what was typed, and nowhere else", async () => {
    for (const text of ["and/or", "see /refund", "Hello"]) type(text);
    await element.updateComplete;
    expect(root().querySelector(".panel")!.matches(":popover-open")).to.equal(false);
    type("Hello\n/ref");
    await waitUntil(() => options().length === 1);
    expect(find().value).to.equal("ref");
    expect(root().activeElement).to.equal(find());
    expect(desk.of("GET /v1/replies")[0]!.search.get("q")).to.equal("ref");
  });

  it("shows how the chosen one reads, and puts it in place of the slash, filled in by the desk", async () => {
    type("Good morning\n/refund");
    await waitUntil(() => options().length === 1);
    await waitUntil(() => root().querySelector(".shown"));
    expect(root().querySelector(".filled")!.textContent).to.equal("Hello Mara Lindqvist, it is on its way.");
    press("Enter");
    await waitUntil(() => area.value.includes("on its way"));
    expect(area.value).to.equal("Good morning\nHello Mara, it is on its way.");
    expect(desk.of("POST /v1/replies/r1/render")[0]!.body).to.deep.equal({ ticketId: "t1" });
    expect(document.activeElement).to.equal(area);
    expect(root().querySelector(".panel")!.matches(":popover-open")).to.equal(false);
  });

  it("is named, and gone through by keyboard", async () => {
    root().querySelector<HTMLButtonElement>(".trigger")!.click();
    await waitUntil(() => options().length === 2);
    await expect(element).to.be.accessible();
    expect(find().getAttribute("aria-activedescendant")).to.equal("reply-0");
    press("ArrowDown");
    await element.updateComplete;
    expect(options().map((one) => one.getAttribute("aria-selected"))).to.deep.equal(["false", "true"]);
    press("ArrowDown");
    await element.updateComplete;
    expect(find().getAttribute("aria-activedescendant")).to.equal("reply-0");
    press("Escape");
    await element.updateComplete;
    expect(document.activeElement).to.equal(area);
  });

  it("says when nothing fits, when there is nothing, and when the desk cannot be reached", async () => {
    root().querySelector<HTMLButtonElement>(".trigger")!.click();
    await waitUntil(() => options().length === 2);
    find().value = "nothing like it";
    find().dispatchEvent(new Event("input"));
    await waitUntil(() => root().textContent.includes("No reply has “nothing like it” in it."));
    root().querySelector<HTMLButtonElement>(".empty button")!.click();
    await waitUntil(() => options().length === 2);
    desk.on("GET /v1/replies", () => json({ data: [], nextCursor: null }));
    find().dispatchEvent(new Event("input"));
    await waitUntil(() => root().textContent.includes("No canned replies yet"));
    desk.on("GET /v1/replies", () => problem(503, "unavailable"));
    find().dispatchEvent(new Event("input"));
    await waitUntil(() => root().querySelector("[role=alert]"));
    desk.on("GET /v1/replies", () => json({ data: replies, nextCursor: null }));
    root().querySelector<HTMLButtonElement>(".empty button")!.click();
    await waitUntil(() => options().length === 2);
  });

  it("leaves the text alone when a reply cannot be had", async () => {
    desk.on("POST /v1/replies/r1/render", () => problem(404, "not_found"));
    type("/refund");
    await waitUntil(() => options().length === 1);
    press("Enter");
    await waitUntil(() => desk.toasts.all.length === 1);
    expect(area.value).to.equal("/refund");
  });
});
