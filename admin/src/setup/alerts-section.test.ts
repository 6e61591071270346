import { expect, waitUntil } from "@open-wc/testing";
import type { AlertEntry } from "@sidedesk/contract";
import { DeskHarness, json, problem } from "../shell/desk.harness.ts";
import { AlertsSection } from "./alerts-section.ts";

const kinds = ["created", "priority", "status", "sla", "summary"];
const unset = { enabled: false, kinds, minPriority: "low", includeText: false, summaryAt: "08:00", address: null };
const discord = { ...unset, enabled: true, address: { host: "discord.com", last4: "dc4t" } };
const sms = {
  enabled: false,
  kinds: ["priority", "sla"],
  baseUrl: "https://api.twilio.com",
  onCall: [],
  authToken: null,
};
const channels = { email: {}, discord, slack: unset, teams: unset, sms };
const entry = (part: Partial<AlertEntry> = {}): AlertEntry => ({
  id: "a1",
  channel: "discord",
  kind: "created",
  to: "discord.com",
  state: "succeeded",
  count: 1,
  attempts: 1,
  error: null,
  createdAt: new Date(Date.now() - 60_000).toISOString(),
  sentAt: new Date().toISOString(),
  nextAttemptAt: null,
  ...part,
});

describe("E3 E4 E5 <desk-setup-alerts>", () => {
  let desk: DeskHarness;
  let element: AlertsSection;
  let log: AlertEntry[];
  const settings = "/v1/sites/demo/settings";
  const root = () => element.renderRoot as ShadowRoot;
  const part = (name: string, at = 0) => root().querySelectorAll<HTMLElement>(name)[at]!.shadowRoot!;
  const chat = (at = 0) => part("desk-chat-channel", at);
  const phones = () => part("desk-sms-channel");
  const words = (of: ShadowRoot) => of.textContent.replaceAll(/\s+/g, " ").trim();
  const sent = () => desk.of(`PATCH ${settings}`).map(({ body }) => body["channels"]);
  const field = <E extends HTMLInputElement = HTMLInputElement>(of: ShadowRoot, name: string): E =>
    of.querySelector<E>(`[name=${name}]`)!;

  beforeEach(async () => {
    desk = new DeskHarness();
    log = [];
    desk.on("POST /v1/staff/refresh", () => json(desk.staffSession("owner")));
    await desk.start();
    desk.on(`GET ${settings}`, () => json({ channels }));
    desk.on(`PATCH ${settings}`, () => json({ channels }));
    desk.on("GET /v1/alerts", () => json({ data: log, nextCursor: null }));
  });
  afterEach(() => desk.stop());

  async function open(): Promise<void> {
    element = new AlertsSection();
    desk.root.append(element);
    await waitUntil(() => root().querySelector("desk-sms-channel")?.shadowRoot?.querySelector("form"));
    for (const one of [chat(0), chat(1), chat(2), phones()]) one.querySelector("details")!.open = true;
  }

  it("shows every channel, whether it is on and where it goes, and of secrets only how they end", async () => {
    await open();
    const heads = [chat(0), chat(1), chat(2), phones()].map((one) =>
      one.querySelector("summary")!.textContent.replaceAll(/\s+/g, " ").trim(),
    );
    expect(heads[0]).to.match(/^Discord\s?discord\.com … dc4t On$/);
    expect(heads[1]).to.match(/^Slack\s?Not set up Off$/);
    expect(heads[2]).to.match(/^Microsoft Teams/);
    expect(heads[3]).to.match(/^SMS\s?Not set up Off$/);
    expect(field(chat(0), "url").value).to.equal("");
    await waitUntil(() => part("desk-alert-log").querySelector(".empty"));
    expect(words(part("desk-alert-log"))).to.contain("No alerts yet");
    await expect(element).to.be.accessible();
  });

  it("saves a room with its address, kinds, least priority and hour; the address is gone from the field", async () => {
    await open();
    const slack = chat(1);
    field(slack, "enabled").click();
    field(slack, "url").value = "https://hooks.slack.com/services/T/B/abcd";
    slack.querySelector<HTMLInputElement>("[value=status]")!.click();
    field(slack, "minPriority").value = "high";
    field(slack, "summaryAt").value = "17:30";
    field(slack, "includeText").click();
    const address = { host: "hooks.slack.com", last4: "abcd" };
    desk.on(`PATCH ${settings}`, () =>
      json({ channels: { ...channels, slack: { ...unset, enabled: true, address } } }),
    );
    slack.querySelector<HTMLButtonElement>("[type=submit]")!.click();
    await waitUntil(() => sent().length === 1);
    expect(sent()[0]).to.deep.equal({
      slack: {
        enabled: true,
        kinds: ["created", "priority", "sla", "summary"],
        minPriority: "high",
        includeText: true,
        summaryAt: "17:30",
        url: "https://hooks.slack.com/services/T/B/abcd",
      },
    });
    await waitUntil(() => words(slack).includes("hooks.slack.com … abcd"));
    expect(field(slack, "url").value).to.equal("");
    expect(desk.toasts.all.some((one) => one.words === "Saved.")).to.equal(true);
  });

  it("does not send an address that nobody typed, and forgets one by its button", async () => {
    await open();
    chat(0).querySelector<HTMLButtonElement>("[type=submit]")!.click();
    await waitUntil(() => sent().length === 1);
    expect((sent()[0] as { discord: object }).discord).not.to.have.property("url");
    await waitUntil(() => desk.toasts.all.some((one) => one.words === "Saved."));
    chat(0).querySelector<HTMLButtonElement>(".button-quiet")!.click();
    await waitUntil(() => sent().length === 2);
    expect(sent()[1]).to.deep.equal({ discord: { enabled: false, url: null } });
  });

  it("says at the form what the desk refused, and keeps what was typed", async () => {
    await open();
    const teams = chat(2);
    const detail = "Microsoft has retired Office 365 connectors.";
    desk.on(`PATCH ${settings}`, () => problem(400, "url_not_allowed", { detail }));
    field(teams, "url").value = "https://x.webhook.office.com/webhookb2/1";
    teams.querySelector<HTMLButtonElement>("[type=submit]")!.click();
    await waitUntil(() => words(teams).includes(detail));
    expect(field(teams, "url").value).to.contain("webhook.office.com");
    expect(teams.querySelector(".problem")!.getAttribute("role")).to.equal("alert");
  });

  it("tries a channel that is set up, says what came of it, and shows it in the log", async () => {
    await open();
    expect(chat(1).querySelectorAll<HTMLButtonElement>(".line .button")[1]!.disabled).to.equal(true);
    const button = chat(0).querySelectorAll<HTMLButtonElement>(".line .button")[1]!;
    const path = "POST /v1/sites/demo/channels/discord/test";
    desk.on(path, () => json({ ok: true, detail: "Answered 204.", status: 204, latencyMs: 120 }));
    log = [entry({ kind: "test" })];
    button.click();
    await waitUntil(() => words(chat(0)).includes("The test has arrived. Answered 204. (120 ms)"));
    await waitUntil(() => words(part("desk-alert-log")).includes("Discord · Test · discord.com"));
    desk.on(path, () =>
      json({ ok: false, detail: "Answered 404: Unknown Webhook (10015).", status: 404, latencyMs: 80 }),
    );
    button.click();
    await waitUntil(() => words(chat(0)).includes("The test did not arrive. Answered 404: Unknown Webhook (10015)."));
    expect(chat(0).querySelector(".result")!.getAttribute("data-tone")).to.equal("error");
    expect(desk.of(path).length).to.equal(2);
  });

  it("saves who is on call, one number a line and without what people write between digits", async () => {
    await open();
    field(phones(), "enabled").click();
    field(phones(), "accountSid").value = "AC01";
    field(phones(), "authToken").value = "tok";
    field(phones(), "from").value = "+15005550006";
    field(phones(), "onCall").value = "+49 151 12345678\n\n+43 (664) 123-4567\n+43 (664) 123-4567";
    phones().querySelector<HTMLInputElement>("[value=sla]")!.click();
    phones().querySelector<HTMLButtonElement>("[type=submit]")!.click();
    await waitUntil(() => sent().length === 1);
    expect(sent()[0]).to.deep.equal({
      sms: {
        enabled: true,
        accountSid: "AC01",
        authToken: "tok",
        from: "+15005550006",
        baseUrl: "https://api.twilio.com",
        onCall: ["+4915112345678", "+436641234567"],
        kinds: ["priority"],
      },
    });
  });

  it("lists alerts with state, error and tries, and sends a failed one again", async () => {
    log = [
      entry({ id: "f", state: "failed", error: "Answered 404: no_service.", attempts: 9, count: 12, channel: "slack" }),
      entry({ id: "s" }),
    ];
    await open();
    const list = part("desk-alert-log");
    await waitUntil(() => list.querySelectorAll("li").length === 2);
    expect(words(list)).to.contain("Failed").and.to.contain("12 gathered in it").and.to.contain("9 tries");
    expect(words(list)).to.contain("Answered 404: no_service.");
    const again = list.querySelector<HTMLButtonElement>("li button")!;
    expect(again.getAttribute("aria-label")).to.equal("Send again: Slack, New tickets");
    desk.on("POST /v1/alerts/f/retry", () => json(entry({ id: "f", state: "pending", channel: "slack" }), 202));
    log = [entry({ id: "f", channel: "slack" })];
    again.click();
    await waitUntil(() => words(list).includes("Waiting"));
    await waitUntil(() => list.querySelectorAll("li").length === 1, "it looked again", { timeout: 6000 });
    const select = list.querySelector("select")!;
    log = [];
    select.value = "failed";
    select.dispatchEvent(new Event("change", { bubbles: true }));
    await waitUntil(() => words(list).includes("No alerts like that"));
    expect(desk.of("GET /v1/alerts").at(-1)!.search.get("state")).to.equal("failed");
    list.querySelector<HTMLButtonElement>(".empty button")!.click();
    await waitUntil(() => words(list).includes("No alerts yet"));
  });

  it("says what it could not load, and tries again", async () => {
    desk.on("GET /v1/alerts", () => problem(503, "unavailable"));
    await open();
    const list = part("desk-alert-log");
    await waitUntil(() => list.querySelector(".empty button"));
    desk.on("GET /v1/alerts", () => json({ data: [entry()], nextCursor: null }));
    list.querySelector<HTMLButtonElement>(".empty button")!.click();
    await waitUntil(() => list.querySelectorAll("li").length === 1);
  });
});
