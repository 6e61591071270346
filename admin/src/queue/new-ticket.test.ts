import { expect, waitUntil } from "@open-wc/testing";
import { buildTicket, DeskHarness, json, problem } from "../shell/desk.harness.ts";
import { NewTicket } from "./new-ticket.ts";

describe("<desk-new-ticket>", () => {
  let desk: DeskHarness;
  let element: NewTicket;
  const path = "POST /v1/support/tickets";
  const field = (id: string) => element.renderRoot.querySelector<HTMLInputElement>(`#${id}`)!;
  const submit = () => element.renderRoot.querySelector("form")!.requestSubmit();
  const fill = (values: Record<string, string>) => {
    for (const [id, value] of Object.entries(values)) field(id).value = value;
    field("subject").dispatchEvent(new Event("input", { bubbles: true }));
  };
  const whole = {
    email: "zoe@example.com",
    name: "Zoe",
    subject: "Kettle leaks",
    description: "It leaks at the seam.",
  };
  const address = location.href;

  beforeEach(async () => {
    desk = await new DeskHarness().start();
    element = new NewTicket();
    desk.root.append(element);
    await element.updateComplete;
    element.show();
  });
  afterEach(() => {
    desk.stop();
    history.replaceState({}, "", address);
  });

  it("is a dialog with a name, whose fields have theirs", async () => {
    const names = [...element.renderRoot.querySelectorAll("label")].map((label) => label.textContent);
    expect(names).to.deep.equal([
      "Customer's email",
      "Customer's name, if known",
      "Subject",
      "What was asked",
      "Priority",
      "Category",
    ]);
    await expect(element).to.be.accessible();
  });

  it("says at each field what is missing, and goes to the first", async () => {
    fill({ email: "zoe", subject: "ab" });
    submit();
    await element.updateComplete;
    expect([...element.renderRoot.querySelectorAll(".problem")].length).to.equal(3);
    await waitUntil(() => element.shadowRoot!.activeElement === field("email"));
    expect(desk.of(path)).to.deep.equal([]);
  });

  it("writes the ticket on the customer's behalf, once for two presses, and opens it", async () => {
    desk.on(path, () => json(buildTicket({ number: "TKT-20261120-NEW00001" }), 201));
    fill(whole);
    submit();
    submit();
    await waitUntil(() => location.pathname === "/admin/tickets/TKT-20261120-NEW00001");
    expect(desk.of(path).length).to.equal(1);
    expect(desk.of(path)[0]!.body).to.deep.equal({
      subject: "Kettle leaks",
      description: "It leaks at the seam.",
      priority: "medium",
      category: "general",
      onBehalfOf: { email: "zoe@example.com", name: "Zoe" },
    });
  });

  it("keeps what was typed when it fails, and tries again under the same key", async () => {
    desk.on(path, () => problem(503, "unavailable"));
    fill(whole);
    submit();
    await waitUntil(() => element.renderRoot.querySelector("[role=alert] .problem"));
    submit();
    await waitUntil(() => desk.of(path).length === 2);
    expect(field("subject").value).to.equal("Kettle leaks");
    const keys = desk.of(path).map((call) => call.headers.get("idempotency-key"));
    expect(keys[0]).to.equal(keys[1]);
  });
});
