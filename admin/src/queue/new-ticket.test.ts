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

  it("keeps what was typed and attached over a reload, until the ticket is made", async () => {
    const file = { id: "f1", name: "seam.png", size: 2048, contentType: "image/png", scan: "clean" };
    desk.on("POST /v1/support/attachments", () => json({ ...file, url: "/f1", previewUrl: null }, 201));
    desk.on("HEAD /v1/support/attachments/f1", () => new Response(null, { status: 200 }));
    const again = async () => {
      element.remove();
      element = new NewTicket();
      desk.root.append(element);
      await element.updateComplete;
      element.show();
      await element.updateComplete;
    };
    const files = () => element.renderRoot.querySelectorAll(".uploads .file[data-state=done]").length;
    fill(whole);
    field("priority").value = "high";
    field("priority").dispatchEvent(new Event("input", { bubbles: true }));
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["x"], "seam.png", { type: "image/png" }));
    element.renderRoot
      .querySelector("form")!
      .dispatchEvent(new DragEvent("drop", { bubbles: true, composed: true, cancelable: true, dataTransfer }));
    await waitUntil(() => files() === 1);
    await again();
    expect(["email", "subject", "description", "priority"].map((id) => field(id).value)).to.deep.equal([
      whole.email,
      whole.subject,
      whole.description,
      "high",
    ]);
    await waitUntil(() => files() === 1);
    desk.on(path, () => json(buildTicket({ number: "TKT-20261120-NEW00001" }), 201));
    submit();
    await waitUntil(() => desk.of(path).length === 1);
    expect(desk.of(path)[0]!.body).to.deep.include({ priority: "high", attachmentIds: ["f1"] });
    await waitUntil(() => field("subject").value === "");
    await again();
    expect([field("subject").value, files()]).to.deep.equal(["", 0]);
  });

  describe("T8 files", () => {
    const file = { id: "f1", name: "seam.png", size: 2048, contentType: "image/png", scan: "clean" };
    const shown = () =>
      [...element.renderRoot.querySelectorAll(".uploads .file")].map((one) =>
        one.textContent.replaceAll(/\s+/g, " ").trim(),
      );
    const drop = (...names: string[]) => {
      const dataTransfer = new DataTransfer();
      for (const name of names) dataTransfer.items.add(new File(["x"], name, { type: "image/png" }));
      const event = new DragEvent("drop", { bubbles: true, composed: true, cancelable: true, dataTransfer });
      element.renderRoot.querySelector("form")!.dispatchEvent(event);
    };
    const press = (label: string) =>
      element.renderRoot.querySelector<HTMLButtonElement>(`[aria-label="${label}"]`)!.click();
    const problemShown = () => element.renderRoot.querySelector("[role=alert] .problem")?.textContent?.trim();
    beforeEach(() => {
      desk.on(path, () => json(buildTicket({ number: "TKT-20261120-NEW00001" }), 201));
      desk.on("POST /v1/support/attachments", () => json({ ...file, url: "/f1", previewUrl: null }, 201));
      fill(whole);
    });

    it("go up at once with their progress, and with the ticket when it is made", async () => {
      let arrive = () => {};
      desk.on(
        "POST /v1/support/attachments",
        () => new Promise((resolve) => (arrive = () => resolve(json({ ...file, url: "/f1", previewUrl: null }, 201)))),
      );
      drop("seam.png");
      await waitUntil(() => shown()[0] === "seam.png50%");
      submit();
      await waitUntil(() => problemShown() === "The files are still on their way.");
      arrive();
      await waitUntil(() => shown()[0] === "seam.png2 kB, checked for viruses");
      await expect(element).to.be.accessible();
      submit();
      await waitUntil(() => desk.of(path).length === 1);
      expect(desk.of(path)[0]!.body["attachmentIds"]).to.deep.equal(["f1"]);
      await waitUntil(() => shown().length === 0);
    });

    it("that failed go up again, under the same key", async () => {
      desk.on("POST /v1/support/attachments", () => problem(503, "unavailable"));
      drop("seam.png");
      await waitUntil(() => shown()[0]?.includes("detail of unavailable"));
      desk.on("POST /v1/support/attachments", () =>
        json({ ...file, scan: "pending", url: "/f1", previewUrl: null }, 201),
      );
      press("Try again: seam.png");
      await waitUntil(() => shown()[0] === "seam.png2 kB, being checked for viruses");
      const keys = desk.of("POST /v1/support/attachments").map((call) => call.headers.get("idempotency-key"));
      expect(keys[0]).to.be.a("string").and.to.equal(keys[1]);
    });

    it("that the desk refuses have to be taken out first; one on its way can be stopped", async () => {
      desk.on("POST /v1/support/attachments", () =>
        problem(415, "unsupported_media_type", { detail: "This site does not accept zip files." }),
      );
      drop("seam.zip");
      await waitUntil(() => shown()[0] === "seam.zipThis kind of file is not taken here.");
      submit();
      await waitUntil(() => problemShown() === "Take out what could not be sent first.");
      expect(desk.of(path)).to.deep.equal([]);
      press("Take out seam.zip");
      desk.on("POST /v1/support/attachments", () => new Promise(() => {}));
      drop("slow.png");
      await waitUntil(() => shown()[0] === "slow.png50%");
      press("Take out slow.png");
      await waitUntil(() => shown().length === 0);
      submit();
      await waitUntil(() => desk.of(path).length === 1);
      expect(desk.of(path)[0]!.body).not.to.have.property("attachmentIds");
    });

    it("beyond five are refused before they are sent", async () => {
      drop("1.png", "2.png", "3.png", "4.png", "5.png", "6.png");
      await waitUntil(() => shown()[5] === "6.pngUp to 5 files in one message.");
      await waitUntil(() => desk.of("POST /v1/support/attachments").length === 5);
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
