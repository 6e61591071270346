import { expect, waitUntil } from "@open-wc/testing";
import { buildTicket, DeskHarness, json, problem } from "../shell/desk.harness.ts";
import { MergedNote, mergesOf } from "./merged-note.ts";
import type { PickTicket } from "./pick-ticket.ts";
import { RelatedTickets } from "./related.ts";
import { TicketStore } from "./ticket-store.ts";

const other = buildTicket({ id: "t2", subject: "The same again", commentCount: 1 });
const third = buildTicket({ id: "t3", subject: "Merged long ago", mergedInto: "t2" });
const link = { id: "t9", number: "TKT-20261120-T0000009", subject: "A cousin", status: "open" as const };

describe("<desk-related>", () => {
  let desk: DeskHarness;
  let element: RelatedTickets;
  const root = () => element.renderRoot as ShadowRoot;
  const picker = () => root().querySelector<PickTicket>("desk-pick-ticket")!;
  const inPicker = <T extends HTMLElement>(selector: string) => picker().renderRoot.querySelector<T>(selector)!;
  const button = (words: string) =>
    [...root().querySelectorAll("button")].find((one) => one.textContent.includes(words))!;

  async function open(words: string): Promise<void> {
    button(words).click();
    await waitUntil(() => root().querySelector("desk-pick-ticket"), "the dialog is fetched", { timeout: 8000 });
    await waitUntil(() => picker().renderRoot.querySelectorAll("[role=option]").length > 0, "tickets are offered");
  }

  beforeEach(async () => {
    desk = await new DeskHarness().start();
    desk.on("GET /v1/support/tickets", () => json({ data: [buildTicket(), other, third], nextCursor: null }));
    desk.on("GET /v1/support/tickets/*", ({ path }) =>
      json(/comments|history/.test(path) ? { data: [], nextCursor: null } : buildTicket({ version: 2 })),
    );
    element = new RelatedTickets();
    element.store = new TicketStore(desk.session, "t1");
    element.store.ticket = buildTicket({ links: [link], commentCount: 2 });
    desk.root.append(element);
    await element.updateComplete;
  });
  afterEach(() => desk.stop());

  it("shows what belongs with it, and takes a link away with a way back", async () => {
    await expect(element).to.be.accessible();
    expect(root().querySelector("a")!.getAttribute("href")).to.equal(`/admin/tickets/${link.number}`);
    desk.on("DELETE /v1/support/tickets/t1/links/t9", () => new Response(null, { status: 204 }));
    desk.on("PUT /v1/support/tickets/t1/links/t9", () => json(buildTicket()));
    root().querySelector<HTMLButtonElement>("li button")!.click();
    await waitUntil(() => desk.toasts.all.length === 1);
    desk.toasts.all[0]!.action!.run();
    await waitUntil(() => desk.of("PUT /v1/support/tickets/t1/links/t9").length === 1);
  });

  it("links a ticket that is found", async () => {
    desk.on("PUT /v1/support/tickets/t1/links/t2", () => json(buildTicket()));
    await open("Link a ticket");
    expect(picker().renderRoot.querySelectorAll("[role=option]").length).to.equal(1); // neither itself nor what is merged
    await expect(picker()).to.be.accessible();
    inPicker("[role=option]").click();
    await picker().updateComplete;
    inPicker<HTMLButtonElement>("button[type=submit]").click();
    await waitUntil(() => !inPicker<HTMLDialogElement>("dialog").open);
    expect(desk.of("PUT /v1/support/tickets/t1/links/t2")).to.have.length(1);
  });

  it("says what merging will do before it is done, and why it was refused", async () => {
    await open("Merge");
    expect(desk.of("GET /v1/support/tickets").at(-1)!.search.get("customer")).to.equal("c1");
    const submit = inPicker<HTMLButtonElement>("button[type=submit]");
    submit.click(); // nothing is chosen yet
    expect(desk.of("POST /v1/support/tickets/t1/merge")).to.have.length(0);
    inPicker("#find").dispatchEvent(
      new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, cancelable: true }),
    );
    await picker().updateComplete;
    expect(inPicker(".what").textContent.replace(/\s+/g, " ")).to.contain(`its number leads to ${other.number}`);
    expect(inPicker(".what").textContent).to.contain("Its 3 entries move there");
    await expect(picker()).to.be.accessible();
    desk.on("POST /v1/support/tickets/t1/merge", () => problem(409, "conflict"));
    submit.click();
    await waitUntil(() => inPicker(".what [role=alert]"));
    expect(inPicker<HTMLDialogElement>("dialog").open).to.equal(true);
    desk.on("POST /v1/support/tickets/t1/merge", () => json(other));
    desk.on("POST /v1/support/tickets/t1/unmerge", () => json(buildTicket()));
    submit.click();
    await waitUntil(() => desk.toasts.all.length === 1);
    expect(desk.of("POST /v1/support/tickets/t1/merge").at(-1)!.body).to.deep.equal({ into: "t2" });
    desk.toasts.all[0]!.action!.run();
    await waitUntil(() => desk.of("POST /v1/support/tickets/t1/unmerge").length === 1);
  });
});

describe("<desk-merged-note>", () => {
  let desk: DeskHarness;
  let element: MergedNote;
  const entry = (part: object) => ({
    id: "e1",
    type: "ticket.merged",
    actor: { kind: "staff" as const, id: "s1", name: "Ife Adair" },
    before: {},
    after: { merged: "t2", number: other.number },
    createdAt: new Date(Date.now() - 60_000).toISOString(),
    ...part,
  });
  const words = () => element.renderRoot.textContent.replace(/\s+/g, " ").trim();

  async function show(ref: string, ...history: ReturnType<typeof entry>[]): Promise<void> {
    element = new MergedNote();
    element.store = new TicketStore(desk.session, ref);
    element.store.ticket = buildTicket();
    element.store.history = history;
    desk.root.append(element);
    await element.updateComplete;
  }

  beforeEach(async () => {
    desk = await new DeskHarness().start();
  });
  afterEach(() => desk.stop());

  it("says what was merged, with a way back for an hour", async () => {
    await show("t1", entry({}));
    expect(words()).to.equal(`Ife Adair merged ${other.number} into this ticket. Undo`);
    await expect(element).to.be.accessible();
    desk.on("GET /v1/support/tickets/*", ({ path }) =>
      json(/comments|history/.test(path) ? { data: [], nextCursor: null } : buildTicket({ version: 3 })),
    );
    desk.on("POST /v1/support/tickets/t2/unmerge", () => json(other));
    element.renderRoot.querySelector("button")!.click();
    await waitUntil(() => desk.toasts.all.length === 1);
    await waitUntil(() => words() === "");
  });

  it("stays for whoever came by the old number, without the way back", async () => {
    const old = { createdAt: new Date(Date.now() - 7_200_000).toISOString() };
    await show("t1", entry(old));
    expect(words()).to.equal("");
    await show(other.number, entry(old));
    expect(words()).to.equal(`Ife Adair merged ${other.number} into this ticket.`);
  });

  it("knows which merges still hold", () => {
    const undone = entry({ type: "ticket.unmerged", before: { merged: "t2" }, after: {} });
    expect(mergesOf([entry({}), undone])).to.deep.equal([]);
    expect(mergesOf([entry({}), undone, entry({ id: "e3" })]).map(({ id }) => id)).to.deep.equal(["e3"]);
  });
});
