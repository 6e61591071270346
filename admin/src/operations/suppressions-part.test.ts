import { expect, waitUntil } from "@open-wc/testing";
import { DeskHarness, json, problem } from "../shell/desk.harness.ts";
import { SuppressionsPart } from "./suppressions-part.ts";

const address = (id: string) => ({
  id,
  email: `${id}@gone.example`,
  reason: "It came back: 5.1.1 No such mailbox",
  at: "2026-11-21T08:00:00.000Z",
});

describe("E1 <desk-operations-suppressions>", () => {
  let desk: DeskHarness;
  let element: SuppressionsPart;
  const root = () => element.renderRoot as ShadowRoot;
  const rows = () => [...root().querySelectorAll(".feed li")];

  async function open(ids: string[]): Promise<void> {
    desk = new DeskHarness();
    await desk.start();
    desk.on("GET /v1/email-suppressions", () => json({ data: ids.map(address), nextCursor: null }));
    desk.on("DELETE /v1/email-suppressions/a", () => new Response(null, { status: 204 }));
    desk.on("DELETE /v1/email-suppressions/b", () => problem(404, "not_found"));
    element = new SuppressionsPart();
    desk.root.append(element);
    await waitUntil(() => root().querySelector(".feed, .empty"));
  }
  afterEach(() => desk.stop());

  it("says which addresses get no mail and why, and takes mail up again", async () => {
    await open(["a", "b"]);
    expect(rows()[0]!.textContent).to.contain("a@gone.example").and.to.contain("5.1.1 No such mailbox");
    await expect(element).to.be.accessible();
    const again = (at: number) => rows()[at]!.querySelector("button")!;
    expect(again(0).getAttribute("aria-label")).to.equal("Write there again: a@gone.example");
    again(0).click();
    await waitUntil(() => rows().length === 1);
    again(0).click();
    await waitUntil(() => root().textContent.includes("detail of not_found"));
    expect(rows().length).to.equal(1);
  });

  it("says when mail reaches everybody", async () => {
    await open([]);
    expect(root().textContent).to.contain("Mail reaches everybody");
    await expect(element).to.be.accessible();
  });
});
