import { expect, waitUntil } from "@open-wc/testing";
import type { ConsoleSelect } from "../shell/select.ts";
import { buildTicket, DeskHarness, json } from "../shell/desk.harness.ts";
import { TicketFacts } from "./ticket-facts.ts";
import { TicketStore } from "./ticket-store.ts";

describe("<desk-facts>", () => {
  let desk: DeskHarness;
  let element: TicketFacts;
  const select = (field: string) =>
    element.renderRoot.querySelector<ConsoleSelect>(`desk-select[data-field=${field}]`)!;
  const button = (field: string) => select(field).renderRoot.querySelector("button")!;
  const options = (field: string) =>
    [...select(field).renderRoot.querySelectorAll("[role=option]")].map((one) => one.textContent.trim());

  async function open(part: Parameters<typeof buildTicket>[0] = {}): Promise<void> {
    const store = new TicketStore(desk.session, "t1");
    store.ticket = buildTicket(part);
    store.state = "ready";
    element = new TicketFacts();
    element.store = store;
    desk.root.append(element);
    await element.updateComplete;
    await select("status").updateComplete;
  }

  beforeEach(async () => {
    desk = await new DeskHarness().start();
    desk.on("GET /v1/support/tickets/t1/history", () => json({ data: [], nextCursor: null }));
  });
  afterEach(() => desk.stop());

  it("names each button with what it is and what it holds", async () => {
    await open({
      priority: "high",
      status: "in_progress",
      assignee: { id: "s2", name: "Jonas Whitlock" },
      category: "billing",
    });
    expect(
      ["assigneeId", "status", "priority", "category"].map((field) => button(field).getAttribute("aria-label")),
    ).to.deep.equal(["Assignee, Jonas Whitlock", "Status, In progress", "Priority, High", "Category, Billing"]);
    await expect(element).to.be.accessible();
  });

  it("T6 counts down to what is due beside the conversation, then says what came of it", async () => {
    const inMinutes = (minutes: number) => new Date(Date.now() + minutes * 60_000 + 500).toISOString();
    const clock = () => element.renderRoot.querySelector<HTMLElement>(".clock")!;
    const said = () => [
      clock().querySelector("b")!.textContent,
      clock().querySelector("span")!.textContent.slice(0, 15),
    ];
    await open({ slaDueAt: inMinutes(14), createdAt: inMinutes(-226) });
    expect(said()).to.deep.equal(["14 min left", "First answer by"]);
    element.store.ticket = buildTicket({ slaDueAt: inMinutes(-27), slaState: "breached" });
    element.requestUpdate();
    await element.updateComplete;
    expect(said()).to.deep.equal(["26 min over", "The answer was "]);
    element.store.ticket = buildTicket({ slaState: "paused" });
    element.requestUpdate();
    await element.updateComplete;
    expect(said()).to.deep.equal(["Paused", "The customer ha"]);
    element.store.ticket = buildTicket({ slaDueAt: null });
    element.requestUpdate();
    await element.updateComplete;
    expect(clock()).to.equal(null);
  });

  it("T14 shows what the topic asked besides, under its labels", async () => {
    const field = (key: string, label: string, type: string) => ({ key, label, type, required: false });
    const fields = [
      field("order", "Order", "text"),
      field("agreed", "Terms read", "checkbox"),
      field("due", "Due", "date"),
    ];
    desk.on("GET /v1/support/categories", () => json({ data: [{ key: "general", label: "General", fields }] }));
    await desk.directory.load();
    await open({ fields: { order: "<b>A-7</b>", agreed: true, due: "2024-02-29", gone: 1234.5 } });
    const shown = [...element.renderRoot.querySelectorAll(".fact:has(.own)")].map((one) =>
      ["dt", "dd"].map((part) => one.querySelector(part)!.textContent),
    );
    expect(shown).to.deep.equal([
      ["Order", "<b>A-7</b>"],
      ["Terms read", "yes"],
      ["Due", "Feb 29, 2024"],
      ["gone", "1,234.5"],
    ]);
  });

  it("gives it to a team, and takes it off again", async () => {
    await open();
    expect(select("teamId")).to.equal(null); // no teams, nothing to choose
    desk.directory.teams = [{ id: "t2", name: "Second line", memberIds: [], roundRobin: true, createdAt: "" }];
    (desk.directory as unknown as { changed(): void }).changed(); // as when it has loaded
    await waitUntil(() => select("teamId"));
    await select("teamId").updateComplete;
    expect(button("teamId").getAttribute("aria-label")).to.equal("Team, None");
    desk.on("PATCH /v1/support/tickets/t1", ({ body }) =>
      json(buildTicket({ version: 2, team: body["teamId"] ? { id: "t2", name: "Second line" } : null })),
    );
    await select("teamId").show();
    expect(options("teamId")).to.deep.equal(["None", "Second line"]);
    select("teamId").renderRoot.querySelectorAll<HTMLElement>("[role=option]")[1]!.click();
    await waitUntil(() => button("teamId").getAttribute("aria-label") === "Team, Second line");
    expect(desk.of("PATCH /v1/support/tickets/t1")[0]!.body).to.deep.equal({ teamId: "t2", version: 1 });
    await expect(element).to.be.accessible();
  });

  it("offers only the statuses that can follow", async () => {
    await open({ status: "closed" });
    await select("status").show();
    expect(options("status")).to.deep.equal(["Closed", "Open"]);
  });

  it("sends a choice, and shows what holds when it was refused", async () => {
    await open({ priority: "low" });
    desk.on("PATCH /v1/support/tickets/t1", () =>
      json({ type: "", title: "", status: 403, code: "forbidden", detail: "", requestId: "" }, 403),
    );
    element.edit("priority");
    await waitUntil(() => options("priority").length === 4);
    select("priority").renderRoot.querySelector<HTMLElement>("[role=option]")!.click();
    await waitUntil(() => desk.of("PATCH /v1/support/tickets/t1").length === 1);
    expect(desk.of("PATCH /v1/support/tickets/t1")[0]!.body).to.deep.equal({ priority: "critical", version: 1 });
    await waitUntil(() => button("priority").getAttribute("aria-label") === "Priority, Low");
  });

  it("keeps the focus while a choice is being kept, and takes no other meanwhile", async () => {
    await open({ priority: "low", tags: ["vat", "refund"] });
    let answer: () => void = () => undefined;
    desk.on("PATCH /v1/support/tickets/t1", async ({ body }) => {
      await new Promise<void>((resolve) => (answer = resolve));
      return json(buildTicket({ tags: ["vat", "refund"], version: 2, ...body }));
    });
    await select("priority").show();
    select("priority").renderRoot.querySelector<HTMLElement>("[role=option]")!.click();
    await waitUntil(() => button("priority").getAttribute("aria-disabled") === "true");
    await select("priority").show();
    expect(options("priority")).to.deep.equal([]);
    expect(select("priority").shadowRoot!.activeElement).to.equal(button("priority"));
    answer();
    await waitUntil(() => !button("priority").hasAttribute("aria-disabled"));
    expect(select("priority").shadowRoot!.activeElement).to.equal(button("priority"));

    const tags = element.renderRoot.querySelector("desk-tags")!;
    const buttons = () => [...tags.shadowRoot!.querySelectorAll<HTMLElement>("button")];
    const focused = () => tags.shadowRoot!.activeElement?.getAttribute("aria-label");
    for (const next of ["Take away refund", "Add a tag"]) {
      const count = buttons().length;
      buttons()[0]!.focus();
      buttons()[0]!.click();
      await waitUntil(() => buttons()[0]!.getAttribute("aria-disabled") === "true");
      buttons()[0]!.click(); // not twice
      answer();
      await waitUntil(() => buttons().length === count - 1 && !buttons()[0]!.hasAttribute("aria-disabled"));
      expect(focused()).to.equal(next);
    }
    expect(desk.of("PATCH /v1/support/tickets/t1")).to.have.length(3);
  });

  it("takes what has commas between it for several tags, and keeps what is too many to be shortened", async () => {
    await open({ tags: ["vat", ...Array.from({ length: 17 }, (_, at) => `t${at}`)] });
    desk.on("PATCH /v1/support/tickets/t1", ({ body }) => json(buildTicket({ version: 2, ...body })));
    element.edit("tags");
    const tags = element.renderRoot.querySelector("desk-tags")!.shadowRoot!;
    await waitUntil(() => tags.querySelector("input"));
    const field = tags.querySelector("input")!;
    const give = (words: string) => {
      field.value = words;
      field.dispatchEvent(new Event("input"));
      tags.querySelector("form")!.requestSubmit();
    };
    give("urgent, vip, late");
    expect([field.isConnected, field.value, field.validationMessage]).to.deep.equal([
      true,
      "urgent, vip, late",
      "At most 20 tags.",
    ]);
    give("Urgent, VIP,, vat ,");
    await waitUntil(() => desk.of("PATCH /v1/support/tickets/t1").length === 1);
    const sent = desk.of("PATCH /v1/support/tickets/t1")[0]!.body["tags"] as string[];
    expect([sent.length, ...sent.slice(-2)]).to.deep.equal([20, "urgent", "vip"]);
  });

  it("lets a viewer read only", async () => {
    desk.on("POST /v1/staff/refresh", () => json(desk.staffSession("viewer")));
    await desk.session.token({ renew: true });
    await open({ tags: ["vat"] });
    expect(button("status").disabled).to.equal(true);
    const tags = element.renderRoot.querySelector("desk-tags")!.shadowRoot!;
    expect(tags.textContent).to.contain("vat");
    expect(tags.querySelectorAll("button").length).to.equal(0);
  });

  it("adds a tag and takes one away", async () => {
    await open({ tags: ["vat"] });
    desk.on("PATCH /v1/support/tickets/t1", ({ body }) =>
      json(buildTicket({ tags: body["tags"] as string[], version: 2 })),
    );
    element.edit("tags");
    const tags = element.renderRoot.querySelector("desk-tags")!.shadowRoot!;
    await waitUntil(() => tags.querySelector("input"));
    tags.querySelector("input")!.value = " Refund ";
    tags.querySelector("form")!.requestSubmit();
    await waitUntil(() => element.store.ticket!.tags.length === 2);
    expect(desk.of("PATCH /v1/support/tickets/t1")[0]!.body["tags"]).to.deep.equal(["vat", "refund"]);
  });
});
