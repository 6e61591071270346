import { expect, waitUntil } from "@open-wc/testing";
import type { EmailSettings } from "@sidedesk/contract";
import { DeskHarness, json, problem } from "../shell/desk.harness.ts";
import type { MailPreviewDialog } from "../shell/mail-preview.ts";
import { MailSection } from "./mail-section.ts";

describe("E1 <desk-setup-mail>", () => {
  let desk: DeskHarness;
  let element: MailSection;
  let kept: EmailSettings;
  const settings = "/v1/sites/demo/settings";
  const root = () => element.renderRoot as ShadowRoot;
  const field = (name: string) => root().querySelector<HTMLInputElement>(`[name=${name}]`)!;
  const button = (words: string, within: ShadowRoot = root()) =>
    [...within.querySelectorAll("button")].find(
      (one) => one.textContent.trim() === words || one.getAttribute("aria-label") === words,
    )!;
  const toggle = (words: string) =>
    [...root().querySelectorAll("label")].find((one) => one.textContent.trim() === words)!.querySelector("input")!;
  const sent = () => desk.of(`PATCH ${settings}`).map(({ body }) => (body["channels"] as { email: object }).email);

  beforeEach(async () => {
    kept = { enabled: true, includeText: true, fromName: "Tarnside Help", off: ["mentioned"] };
    desk = new DeskHarness();
    desk.on("POST /v1/staff/refresh", () => json(desk.staffSession("owner")));
    await desk.start();
    let notices = { includeText: false };
    desk.on(`GET ${settings}`, () => json({ channels: { email: kept, notices } }));
    desk.on(`PATCH ${settings}`, ({ body }) => {
      const channels = body["channels"] as { email: EmailSettings; notices?: typeof notices };
      kept = { ...kept, ...channels.email };
      notices = channels.notices ?? notices;
      return json({ channels: { email: kept, notices } });
    });
    element = new MailSection();
    desk.root.append(element);
    await waitUntil(() => root().querySelector("[name=fromName]"));
  });
  afterEach(() => desk.stop());

  it("shows the sender and saves it; what is emptied is taken back", async () => {
    expect(field("fromName").value).to.equal("Tarnside Help");
    field("fromName").value = " ";
    field("replyTo").value = "team@shop.example";
    button("Save sender").click();
    await waitUntil(() => sent().length === 1);
    expect(sent()[0]).to.deep.equal({ fromName: null, fromAddress: null, replyTo: "team@shop.example", logoUrl: null });
  });

  it("says at its place why a sender is refused", async () => {
    desk.on(`PATCH ${settings}`, () =>
      problem(400, "validation_failed", {
        errors: [{ path: "channels.email.fromAddress", message: "Mail may not be sent from this domain." }],
      }),
    );
    field("fromAddress").value = "ceo@bank.example";
    button("Save sender").click();
    await waitUntil(() => root().querySelector("form .problem")?.textContent.trim());
    expect(field("fromAddress").value).to.equal("ceo@bank.example");
  });

  it("N8 lets notices carry what was written only when switched on", async () => {
    const words = "Updates and pushes carry the beginning of it";
    expect(toggle(words).checked).to.equal(false);
    toggle(words).click();
    await waitUntil(() => desk.of(`PATCH ${settings}`).length === 1);
    expect(desk.of(`PATCH ${settings}`)[0]!.body["channels"]).to.deep.equal({
      email: {},
      notices: { includeText: true },
    });
    await waitUntil(() => toggle(words).checked);
  });

  it("switches kinds off and on, and all of it", async () => {
    expect(toggle("Mentioned in a note").checked).to.equal(false);
    toggle("Mentioned in a note").click();
    await waitUntil(() => sent().length === 1);
    await element.updateComplete;
    await waitUntil(() => !toggle("New answer").disabled);
    toggle("New answer").click();
    await waitUntil(() => sent().length === 2);
    expect(sent()).to.deep.equal([{ off: [] }, { off: ["staff-replied"] }]);
    await waitUntil(() => toggle("New answer").checked === false);
    toggle("Send mail").click();
    await waitUntil(() => sent().length === 3);
    await waitUntil(() => toggle("New answer").disabled);
    expect(sent()[2]).to.deep.equal({ enabled: false });
  });

  it("shows what each mail looks like, in a sandbox and as text", async () => {
    desk.on("GET /v1/sites/demo/channels/email/preview", ({ search }) =>
      json({
        from: "A <a@b.example>",
        to: "M <m@b.example>",
        subject: `Kind ${search.get("kind")}`,
        text: "In words",
        htmlUrl: "about:blank",
      }),
    );
    button("Preview: New answer").click();
    const preview = root().querySelector<MailPreviewDialog>("desk-mail-preview")!;
    const inside = preview.renderRoot as ShadowRoot;
    await waitUntil(() => inside.querySelector("iframe"));
    const frame = inside.querySelector("iframe")!;
    expect([frame.getAttribute("sandbox"), frame.getAttribute("src")]).to.deep.equal(["", "about:blank"]);
    expect(frame.title).to.equal("Kind staff-replied");
    button("As text", inside).click();
    await waitUntil(() => inside.querySelector("pre"));
    expect(inside.querySelector("pre")!.textContent).to.equal("In words");
    await expect(preview).shadowDom.to.be.accessible();
    button("Close", inside).click();
  });

  it("puts a switch back that was refused, or pressed while another was on its way", async () => {
    let answer = (): void => undefined;
    desk.on(`PATCH ${settings}`, () => new Promise((done) => (answer = () => done(problem(503, "unavailable")))));
    toggle("Mails carry what was written").click();
    toggle("New answer").click();
    await waitUntil(() => desk.of(`PATCH ${settings}`).length === 1);
    answer();
    await waitUntil(() => root().querySelector(".problem span"));
    await element.updateComplete;
    expect([toggle("Mails carry what was written").checked, toggle("New answer").checked]).to.deep.equal([true, true]);
  });

  it("sends a test and says what the mail server said", async () => {
    let ok = false;
    desk.on("POST /v1/sites/demo/channels/email/test", () =>
      json({ ok, detail: ok ? "250 taken" : "connect ECONNREFUSED", status: null, latencyMs: 3 }),
    );
    button("Send a test to me").click();
    await waitUntil(() => root().querySelector(".result[data-tone=error]"));
    expect(root().querySelector(".result")!.textContent.trim()).to.equal("connect ECONNREFUSED");
    ok = true;
    button("Send a test to me").click();
    await waitUntil(() => root().querySelector(".result[data-tone=success]"));
  });

  it("is accessible", async () => expect(element).shadowDom.to.be.accessible());
});
