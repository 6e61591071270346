import { expect, fixture, html, waitUntil } from "@open-wc/testing";
import "../desk-elements.ts";
import { buildTicket, DeskEdge, problem } from "../../../test/browser/desk-edge.ts";
import { Desk } from "../session/desk.ts";
import { setStandardDesk } from "../session/page-desk.ts";
import { followUp } from "./form-draft.ts";
import type { SidedeskForm } from "./form.ts";

describe("<sidedesk-form>", () => {
  let edge: DeskEdge;
  let desk: Desk;
  let element: SidedeskForm;
  const root = () => element.shadowRoot!;
  const field = <T extends HTMLInputElement = HTMLInputElement>(label: string): T => {
    const found = [...root().querySelectorAll("label")].find((one) => one.textContent.trim().startsWith(label));
    return root().getElementById(found?.htmlFor ?? "") as T;
  };
  const fill = (label: string, value: string) => {
    const input = field(label);
    input.value = value;
    input.dispatchEvent(new Event(input.localName === "select" ? "change" : "input", { bubbles: true }));
  };
  const send = () => root().querySelector<HTMLButtonElement>('button[type="submit"]')!;
  const show = async (): Promise<void> => {
    element = await fixture(html`<sidedesk-form></sidedesk-form>`);
    await waitUntil(() => field("Topic"));
  };
  beforeEach(() => {
    edge = new DeskEdge();
    desk = new Desk({ base: "https://desk.invalid", siteKey: `pk_${Math.random()}`, fetch: edge.fetch });
    setStandardDesk(desk);
  });
  afterEach(() => desk.logout());

  it("names its fields as the contract does, for a visitor and for a customer", async () => {
    await show();
    for (const label of ["Your name", "Your email", "What is it about?", "Tell us more", "Topic", "How urgent?"])
      expect(field(label), label).to.exist;
    await expect(element).to.be.accessible();
    await desk.identify(() => "j.w.t");
    await element.updateComplete;
    expect(field("Your name")).to.equal(null);
    expect(send().textContent.trim()).to.equal("Send");
  });

  it("lists what is missing, goes there, and says it at the field", async () => {
    await show();
    fill("What is it about?", "Hi");
    send().click();
    await element.updateComplete;
    const alert = root().querySelector('[role="alert"]')!;
    expect(alert.textContent).to.contain("4 things before we can send this");
    expect(alert.textContent).to.contain("A few more letters, please: at least 3.");
    expect(field("What is it about?").getAttribute("aria-invalid")).to.equal("true");
    await waitUntil(() => root().activeElement === field("Your name"));
    await expect(element).to.be.accessible();
    expect(edge.count("POST", /./)).to.equal(0);
  });

  it("sends a visitor's question once and shows its number", async () => {
    await show();
    fill("Your name", "Nora");
    fill("Your email", "nora@example.com");
    fill("What is it about?", "Shipping abroad");
    fill("Tell us more", "Do you ship to Norway?");
    let created: unknown;
    element.addEventListener("sidedesk-ticket-created", (event) => (created = event.detail));
    send().click();
    send().click();
    await waitUntil(() => root().querySelector(".done h2"));
    expect(root().textContent).to.contain("TKT-20261120-PUBL0001");
    expect(edge.count("POST", /submissions$/)).to.equal(1);
    expect(created).to.deep.equal({ number: "TKT-20261120-PUBL0001" });
    await expect(element).to.be.accessible();
  });

  it("sends a customer's request with what its topic asks for besides", async () => {
    await desk.identify(() => "j.w.t");
    await show();
    fill("What is it about?", "Wrong address");
    fill("Tell us more", "My invoice has my old address.");
    fill("Topic", "billing");
    fill("How urgent?", "high");
    await element.updateComplete;
    send().click();
    await element.updateComplete;
    expect(root().querySelector('[role="alert"]')?.textContent).to.contain("Invoice number is needed.");
    expect(root().querySelector('[role="alert"]')?.textContent).to.contain("Plan is needed.");
    for (const label of ["Invoice number", "Plan"]) {
      expect(field(label).getAttribute("aria-invalid")).to.equal("true");
      const described = root().getElementById(field(label).getAttribute("aria-describedby") ?? "");
      expect(described?.textContent).to.contain("is needed.");
    }
    await expect(element).to.be.accessible();
    fill("Invoice number", "2026-1043");
    fill("Plan", "Large");
    fill("Amount", "12,50");
    fill("Since when", "2026-02-28");
    field("Already paid").click();
    send().click();
    await waitUntil(() => root().querySelector(".done h2"));
    const { body, key } = edge.calls.find(({ method, path }) => method === "POST" && path === "/v1/support/tickets")!;
    expect(body).to.deep.equal({
      subject: "Wrong address",
      description: "My invoice has my old address.",
      priority: "high",
      category: "billing",
      fields: { invoice: "2026-1043", plan: "Large", amount: 12.5, since: "2026-02-28", paid: true },
    });
    expect(key).to.be.a("string");
  });

  it("T14 gives each kind of field its control, and says at once what is wrong with one that was left", async () => {
    await show();
    fill("Topic", "billing");
    await element.updateComplete;
    expect(
      ["Invoice number", "Amount", "Plan", "Already paid", "Since when"].map((label) => {
        const { localName, type, inputMode, required } = field(label);
        return [localName, type, inputMode, required];
      }),
    ).to.deep.equal([
      ["input", "text", "", true],
      ["input", "text", "decimal", false],
      ["select", "select-one", "", true],
      ["input", "checkbox", "", false],
      ["input", "date", "", false],
    ]);
    const leave = async (label: string, value: string) => {
      fill(label, value);
      field(label).dispatchEvent(new FocusEvent("focusout", { bubbles: true, composed: true }));
      await element.updateComplete;
    };
    await leave("Your email", "nora@");
    await leave("Amount", "twelve");
    await leave("What is it about?", "");
    expect(
      ["Your email", "Amount", "What is it about?", "Your name"].map((label) =>
        field(label).getAttribute("aria-invalid"),
      ),
    ).to.deep.equal(["true", "true", null, null]);
    expect(root().querySelector('[role="alert"]')).to.equal(null);
    fill("Your email", "nora@example.com");
    await element.updateComplete;
    expect(field("Your email").getAttribute("aria-invalid")).to.equal(null);
    expect(field("Amount").getAttribute("aria-invalid")).to.equal("true");
  });

  it("T5 says what it follows up on, sends that along, and lets go of it", async () => {
    await desk.identify(() => "j.w.t");
    followUp(desk.drafts, buildTicket({ number: "TKT-20260101-ABCDEFGH", subject: "The old one" }));
    await show();
    expect(root().querySelector(".follow")?.textContent).to.contain("Follow-up to The old one");
    await expect(element).to.be.accessible();
    fill("What is it about?", "It came back");
    fill("Tell us more", "The same as a year ago.");
    send().click();
    await waitUntil(() => root().querySelector(".done h2"));
    const sent = () => edge.calls.filter(({ method, path }) => method === "POST" && path === "/v1/support/tickets");
    expect(sent()[0]?.body?.["followUpOf"]).to.equal("TKT-20260101-ABCDEFGH");
    element.remove();
    followUp(desk.drafts, buildTicket());
    await show();
    root().querySelector<HTMLButtonElement>(".follow button")!.click();
    await element.updateComplete;
    expect(root().querySelector(".follow")).to.equal(null);
    expect(desk.drafts.get("form")).to.equal(null);
  });

  it("puts the server's findings at their fields and keeps every word", async () => {
    await desk.identify(() => "j.w.t");
    await show();
    edge.answers.set("POST /v1/support/tickets", () =>
      problem(400, "validation_failed", { errors: [{ path: "description", message: "No links, please." }] }),
    );
    fill("What is it about?", "Some subject");
    fill("Tell us more", "Some text that is long enough");
    send().click();
    await waitUntil(() => field("Tell us more").getAttribute("aria-invalid") === "true");
    expect(root().textContent).to.contain("No links, please.");
    expect(root().textContent).to.contain("4f1c-9a20");
    expect(field("Tell us more").value).to.equal("Some text that is long enough");
  });

  it("keeps a request written without a connection and sends it when there is one", async () => {
    await desk.identify(() => "j.w.t");
    await show();
    fill("What is it about?", "From the train");
    fill("Tell us more", "There is no network in the tunnel.");
    edge.isReachable = false;
    send().click();
    await waitUntil(() => root().textContent.includes("Waiting to send"));
    edge.isReachable = true;
    dispatchEvent(new Event("online"));
    await waitUntil(() => root().querySelector(".receipt"));
    expect(edge.tickets.filter(({ subject }) => subject === "From the train")).to.have.length(1);
  });

  it("keeps the focus in it when what had it goes", async () => {
    await desk.identify(() => "j.w.t");
    followUp(desk.drafts, buildTicket({ number: "TKT-20260101-ABCDEFGH", subject: "The old one" }));
    await show();
    const button = root().querySelector<HTMLElement>(".follow button")!;
    button.focus();
    button.click();
    await waitUntil(() => root().activeElement?.localName === "h2");
  });

  it("keeps the draft of an earlier visit", async () => {
    await desk.identify(() => "j.w.t");
    await show();
    fill("What is it about?", "Half a thought");
    element.remove();
    await show();
    expect(field("What is it about?").value).to.equal("Half a thought");
  });
});
