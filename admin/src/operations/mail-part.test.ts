import { expect, waitUntil } from "@open-wc/testing";
import type { EmailEntry } from "@sidedesk/contract";
import { DeskHarness, json, problem } from "../shell/desk.harness.ts";
import { MailPart } from "./mail-part.ts";

const entry = (id: string, part: Partial<EmailEntry> = {}): EmailEntry => ({
  id,
  to: `${id}@shop.example`,
  kind: "staff-replied",
  state: "succeeded",
  attempts: 1,
  error: null,
  createdAt: "2026-11-21T08:00:00.000Z",
  sentAt: "2026-11-21T08:00:01.000Z",
  nextAttemptAt: null,
  ...part,
});

describe("E1 <desk-operations-mail>", () => {
  let desk: DeskHarness;
  let element: MailPart;
  let all: EmailEntry[];
  const root = () => element.renderRoot as ShadowRoot;
  const rows = () => [...root().querySelectorAll(".feed li")];
  const button = (words: string) =>
    [...root().querySelectorAll("button")].find(
      (one) => one.textContent.trim() === words || one.getAttribute("aria-label") === words,
    )!;

  async function open(entries: EmailEntry[]): Promise<void> {
    all = entries;
    desk = new DeskHarness();
    desk.on("POST /v1/staff/refresh", () => json(desk.staffSession("owner")));
    await desk.start();
    desk.on("GET /v1/email-log", ({ search }) => {
      const state = search.get("state");
      const found = all.filter((one) => !state || one.state === state);
      return search.get("cursor")
        ? json({ data: [entry("older")], nextCursor: null })
        : json({ data: found, nextCursor: found.length > 1 ? "next" : null });
    });
    element = new MailPart();
    desk.root.append(element);
    await waitUntil(() => root().querySelector("[name=state]"));
  }
  afterEach(() => desk.stop());

  it("says of each mail to whom, what and what became of it, and shows older ones", async () => {
    await open([
      entry("a"),
      entry("b", { state: "failed", attempts: 7, error: "550 No such mailbox", kind: "sla-breached" }),
    ]);
    expect(rows().map((row) => row.querySelector(".chip")!.textContent)).to.deep.equal(["Sent", "Failed"]);
    expect(rows()[1]!.textContent)
      .to.contain("550 No such mailbox")
      .and.to.contain("An answer is late")
      .and.to.contain("7 tries");
    expect(rows()[0]!.textContent).not.to.contain("Send again");
    button("Show older").click();
    await waitUntil(() => rows().length === 3);
    await expect(element).shadowDom.to.be.accessible();
  });

  it("sends a failed one again", async () => {
    await open([entry("b", { state: "failed", error: "550 No" })]);
    desk.on("POST /v1/email-log/b/retry", () =>
      json(entry("b", { state: "pending", attempts: 1, error: "550 No" }), 202),
    );
    button("Send again: New answer, b@shop.example").click();
    await waitUntil(() => rows()[0]!.textContent.includes("Waiting"));
    desk.on("POST /v1/email-log/b/retry", () => problem(409, "conflict", { detail: "This mail was sent." }));
    button("Send again: New answer, b@shop.example").click();
    await waitUntil(() => root().querySelector(".problem"));
    expect(rows()).to.have.length(1);
  });

  it("narrows to one state, and offers the way back where there is none", async () => {
    await open([entry("a")]);
    const select = root().querySelector("select")!;
    select.value = "failed";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await waitUntil(() => root().querySelector(".empty"));
    button("Clear filters").click();
    await waitUntil(() => rows().length === 1);
  });

  it("says what will be here while there is nothing, and why nothing could be shown", async () => {
    await open([]);
    expect(root().querySelector(".empty h2")!.textContent).to.equal("No mails yet");
    desk.on("GET /v1/email-log", () => problem(503, "unavailable"));
    dispatchEvent(new Event("desk-catch-up"));
    await waitUntil(() => root().querySelector(".problem"));
    await expect(element).shadowDom.to.be.accessible();
  });
});
