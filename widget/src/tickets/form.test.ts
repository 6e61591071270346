import { expect, fixture, html, waitUntil } from "@open-wc/testing";
import "../desk-elements.ts";
import { DeskEdge, problem } from "../../../test/browser/desk-edge.ts";
import { Desk } from "../session/desk.ts";
import { setStandardDesk } from "../session/page-desk.ts";
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
    await desk.identify(() => "jwt");
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
    await desk.identify(() => "jwt");
    await show();
    fill("What is it about?", "Wrong address");
    fill("Tell us more", "My invoice has my old address.");
    fill("Topic", "billing");
    fill("How urgent?", "high");
    await element.updateComplete;
    send().click();
    await element.updateComplete;
    expect(root().querySelector('[role="alert"]')?.textContent).to.contain("Invoice number is needed.");
    fill("Invoice number", "2026-1043");
    send().click();
    await waitUntil(() => root().querySelector(".done h2"));
    const { body, key } = edge.calls.find(({ method, path }) => method === "POST" && path === "/v1/support/tickets")!;
    expect(body).to.deep.equal({
      subject: "Wrong address",
      description: "My invoice has my old address.",
      priority: "high",
      category: "billing",
      fields: { invoice: "2026-1043" },
    });
    expect(key).to.be.a("string");
  });

  it("puts the server's findings at their fields and keeps every word", async () => {
    await desk.identify(() => "jwt");
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
    await desk.identify(() => "jwt");
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

  it("keeps the draft of an earlier visit", async () => {
    await desk.identify(() => "jwt");
    await show();
    fill("What is it about?", "Half a thought");
    element.remove();
    await show();
    expect(field("What is it about?").value).to.equal("Half a thought");
  });
});
