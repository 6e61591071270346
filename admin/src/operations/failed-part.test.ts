import { expect, waitUntil } from "@open-wc/testing";
import type { FailedWork } from "@sidedesk/contract";
import { DeskHarness, json, problem } from "../shell/desk.harness.ts";
import { FailedPart } from "./failed-part.ts";

const entry = (id: string, part: Partial<FailedWork> = {}): FailedWork => ({
  id,
  queue: "channels.mail",
  title: `ticket-received to ${id}@shop.example`,
  attempts: 7,
  error: "550 No such mailbox",
  failedAt: "2026-11-21T08:00:00.000Z",
  ...part,
});

describe("S6 <desk-operations-failed>", () => {
  let desk: DeskHarness;
  let element: FailedPart;
  const root = () => element.renderRoot as ShadowRoot;
  const rows = () => [...root().querySelectorAll(".feed li")];
  const button = (words: string) =>
    [...root().querySelectorAll("button")].find(
      (one) => one.textContent.trim() === words || one.getAttribute("aria-label") === words,
    );

  async function open(role: "owner" | "agent", entries: FailedWork[]): Promise<void> {
    desk = new DeskHarness();
    desk.on("POST /v1/staff/refresh", () => json(desk.staffSession(role)));
    await desk.start();
    desk.on("GET /v1/operations/failed", ({ search }) =>
      search.get("cursor")
        ? json({ data: [entry("older")], nextCursor: null })
        : json({ data: entries, nextCursor: entries.length > 1 ? "next" : null }),
    );
    element = new FailedPart();
    desk.root.append(element);
    await waitUntil(() => root().querySelector(".feed, .empty h2"));
  }
  afterEach(() => desk.stop());

  it("says what was given up and why, does one again, or all of a kind, and shows older ones", async () => {
    await open("agent", [entry("a"), entry("b", { queue: "alerts.send", title: "", attempts: 1, error: null })]);
    expect(rows()[0]!.textContent).to.contain("a@shop.example").and.to.contain("550 No").and.to.contain("7 tries");
    await expect(element).to.be.accessible();
    expect(button("Look at the queues")).to.equal(undefined);
    button("Show older")!.click();
    await waitUntil(() => rows().length === 3);

    desk.on("POST /v1/operations/failed/retry", () => problem(503, "unavailable"));
    button("Do again: alerts.send ")!.click();
    await waitUntil(() => root().textContent.includes("not available") || root().querySelector("[role=alert]"));
    expect(rows()).to.have.length(3);
    desk.on("POST /v1/operations/failed/retry", () => json({ count: 1 }, 202));
    button("Do again: alerts.send ")!.click();
    await waitUntil(() => rows().length === 2);
    expect(desk.of("POST /v1/operations/failed/retry").at(-1)?.body).to.deep.equal({ queue: "alerts.send", id: "b" });
    button("Do all of channels.mail again")!.click();
    await waitUntil(() => rows().length === 0);
    expect(desk.of("POST /v1/operations/failed/retry").at(-1)?.body).to.deep.equal({ queue: "channels.mail" });
    expect(root().textContent).to.contain("Nothing was given up");
  });

  it("opens the queues for an owner", async () => {
    await open("owner", []);
    let isAsked = false;
    desk.on("POST /v1/operations/queues", () => {
      isAsked = true;
      return problem(503, "unavailable"); // where it leads is another page's matter
    });
    button("Look at the queues")!.click();
    await waitUntil(() => isAsked && !button("Look at the queues")!.disabled);
  });
});
