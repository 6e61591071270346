import { expect, waitUntil } from "@open-wc/testing";
import type { InboundMail, InboundSetup } from "@sidedesk/contract";
import { DeskHarness, json, problem } from "../shell/desk.harness.ts";
import { InboundPart } from "./inbound-part.ts";

const mail = (id: string, part: Partial<InboundMail> = {}): InboundMail => ({
  id,
  state: "accepted",
  reason: null,
  detail: null,
  kind: "comment",
  from: { name: "Mara", address: `${id}@shop.example` },
  subject: "Re: New answer",
  source: "imap",
  size: 2048,
  receivedAt: "2026-11-21T08:00:00.000Z",
  attempts: 1,
  ticket: { id: "t1", number: "TKT-20261121-AAAAAAAA" },
  files: { taken: 0, refused: [] },
  ...part,
});
const connected: InboundSetup = {
  enabled: true,
  address: "reply+demo@desk.example",
  newTickets: false,
  checksSenders: false,
  http: false,
  mailbox: { state: "connected", error: null, lookedAt: "2026-11-21T08:00:00.000Z" },
};

describe("E2 <desk-operations-inbound>", () => {
  let desk: DeskHarness;
  let element: InboundPart;
  const root = () => element.renderRoot as ShadowRoot;
  const rows = () => [...root().querySelectorAll(".feed li")];
  const button = (words: string) =>
    [...root().querySelectorAll("button")].find(
      (one) => one.textContent.trim() === words || one.getAttribute("aria-label") === words,
    )!;

  async function open(mails: InboundMail[], setup: InboundSetup = connected): Promise<void> {
    desk = new DeskHarness();
    desk.on("POST /v1/staff/refresh", () => json(desk.staffSession("owner")));
    await desk.start();
    desk.on("GET /v1/inbound", () => json(setup));
    desk.on("GET /v1/inbound/mail", ({ search }) => {
      const state = search.get("state");
      if (search.get("cursor")) return json({ data: [mail("older")], nextCursor: null });
      const data = mails.filter((one) => !state || one.state === state);
      return json({ data, nextCursor: data.length > 1 ? "next" : null });
    });
    element = new InboundPart();
    desk.root.append(element);
    await waitUntil(() => root().querySelector("[name=state], .empty"));
  }
  afterEach(() => desk.stop());

  it("says of each mail who sent it and what became of it, and shows older ones", async () => {
    const left = { taken: 0, refused: [{ name: "setup.exe", reason: "type" }] };
    await open([
      mail("a", { files: left }),
      mail("b", { state: "refused", reason: "sender_mismatch", kind: null, ticket: null }),
      mail("c", { state: "failed", kind: null, ticket: null, detail: "The storage does not answer.", attempts: 7 }),
    ]);
    expect(rows().map((row) => row.querySelector(".chip")!.textContent)).to.deep.equal([
      "Accepted",
      "Turned away",
      "Failed",
    ]);
    expect(rows()[0]!.textContent).to.contain("Files not taken: setup.exe").and.to.contain("Became an answer");
    expect(rows()[0]!.querySelector("a")!.getAttribute("href")).to.equal("/admin/tickets/TKT-20261121-AAAAAAAA");
    expect(rows()[0]!.textContent).not.to.contain("Judge again");
    expect(rows()[1]!.textContent).to.contain("another address");
    expect(rows()[2]!.textContent).to.contain("The storage does not answer.").and.to.contain("7 tries");
    button("Show older").click();
    await waitUntil(() => rows().length === 4);
    await expect(element).shadowDom.to.be.accessible();
  });

  it("has a mail judged again, and says when that cannot be", async () => {
    await open([mail("b", { state: "refused", reason: "unknown_sender", kind: null, ticket: null })]);
    desk.on("POST /v1/inbound/mail/b/retry", () =>
      json(mail("b", { state: "received", kind: null, ticket: null }), 202),
    );
    const judge = "Judge again: Re: New answer, b@shop.example";
    button(judge).click();
    await waitUntil(() => rows()[0]!.textContent.includes("Received"));
    expect(button(judge)).to.equal(undefined);
  });

  it("lets anybody open tickets by mail, and takes that back when it was not saved", async () => {
    await open([]);
    const input = root().querySelector<HTMLInputElement>("[role=switch]")!;
    desk.on("PATCH /v1/sites/demo/settings", () => problem(503, "unavailable"));
    input.click();
    await waitUntil(() => root().querySelector(".problem"));
    expect(root().querySelector<HTMLInputElement>("[role=switch]")!.checked).to.equal(false);
    desk.on("PATCH /v1/sites/demo/settings", () => json({}));
    root().querySelector<HTMLInputElement>("[role=switch]")!.click();
    await waitUntil(() => root().querySelector<HTMLInputElement>("[role=switch]")!.checked);
    expect(desk.of("PATCH /v1/sites/demo/settings").at(-1)!.body).to.deep.equal({
      channels: { email: { inbound: { newTickets: true } } },
    });
    expect(root().textContent).to.contain("reply+demo@desk.example");
  });

  it("says what will be here, that nothing comes in, that the mailbox cannot be read, and why nothing could be shown", async () => {
    await open([]);
    expect(root().querySelector(".empty h2")!.textContent).to.equal("No mail has come in yet");
    desk.on("GET /v1/inbound", () => json({ ...connected, enabled: false, address: null, mailbox: null }));
    dispatchEvent(new Event("desk-catch-up"));
    await waitUntil(() => root().querySelector(".empty h2")!.textContent === "No mail comes in");
    const mailbox = { state: "failed", error: "Invalid credentials", lookedAt: null };
    desk.on("GET /v1/inbound", () => json({ ...connected, mailbox }));
    dispatchEvent(new Event("desk-catch-up"));
    await waitUntil(() => root().textContent.includes("Invalid credentials"));
    await expect(element).shadowDom.to.be.accessible();
    desk.on("GET /v1/inbound/mail", () => problem(503, "unavailable"));
    dispatchEvent(new Event("desk-catch-up"));
    await waitUntil(() => root().querySelector(".problem"));
  });

  it("narrows to one state, and offers the way back where there is none", async () => {
    await open([mail("a")]);
    const select = root().querySelector("select")!;
    select.value = "failed";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await waitUntil(() => root().querySelector(".empty"));
    button("Clear filters").click();
    await waitUntil(() => rows().length === 1);
  });
});
