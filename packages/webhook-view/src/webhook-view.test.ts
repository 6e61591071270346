// Longer than most: one test for each thing that one may do in the view.
import { expect, fixture, html, waitUntil } from "@open-wc/testing";
import { createHttp, webhooksApi } from "@sidedesk/client";
import { adoptTokens } from "@sidedesk/ui/page";
import { ago, buildAttempt, buildDelivery, buildHook, WebhookEdge } from "./webhook-edge.ts";
import { defineWebhookView } from "./define.ts";
import type { WebhookScope, WebhookView } from "./webhook-view.ts";

adoptTokens();
defineWebhookView();

describe("<sidedesk-webhook-view>", () => {
  let desk: WebhookEdge;
  let view: WebhookView;
  const show = async (scope: WebhookScope = "customer") => {
    const api = webhooksApi(createHttp({ base: "https://desk.invalid", fetch: desk.fetch }));
    view = await fixture(
      html`<sidedesk-webhook-view
        .api=${api}
        .scope=${scope}
        .most=${3}
        .locale=${"en-GB"}
        .say=${(error: unknown) => `Because ${error instanceof Error ? error.message : ""}`}
      ></sidedesk-webhook-view>`,
    );
  };
  beforeEach(() => {
    desk = new WebhookEdge();
    desk.hooks = [buildHook()];
    desk.deliveries = [buildDelivery("d1")];
  });

  const root = (tag = ""): ShadowRoot =>
    tag ? view.shadowRoot!.querySelector<HTMLElement>(`sidedesk-webhook-${tag}`)!.shadowRoot! : view.shadowRoot!;
  const text = (within: ParentNode & Node = root()): string => (within.textContent ?? "").replace(/\s+/g, " ");
  const has = (words: string, tag = "") =>
    waitUntil(
      () => view.shadowRoot!.querySelector(tag ? `sidedesk-webhook-${tag}` : "*") && text(root(tag)).includes(words),
      words,
      { timeout: 5000 },
    );
  const button = (name: string, tag = ""): HTMLButtonElement => {
    const found = [...root(tag).querySelectorAll("button")].find((one) =>
      (one.getAttribute("aria-label") ?? one.textContent).replace(/\s+/g, " ").trim().startsWith(name),
    );
    if (!found) throw new Error(`No button "${name}": ${text(root(tag))}`);
    return found;
  };
  const press = async (name: string, tag = ""): Promise<void> => {
    button(name, tag).click();
    await view.updateComplete;
  };
  const type = (selector: string, value: string, tag: string): void => {
    const field = root(tag).querySelector<HTMLInputElement>(selector)!;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  };
  const isOpen = (tag: string) => root(tag).querySelector("dialog")!.open;

  it("lists endpoints with health in words, and how one did in the last 24 hours", async () => {
    desk.hooks = [
      buildHook(),
      buildHook({
        id: "w2",
        url: "https://erp.example/in",
        state: "disabled",
        disabledReason: "No answer for 48 hours.",
        heldCount: 3,
      }),
      buildHook({ id: "w3", url: "https://staging.example/", state: "paused", events: ["ticket.created"] }),
      buildHook({ id: "w4", url: "https://bad.example/", failingSince: ago(30) }),
      buildHook({ id: "w5", url: "https://new.example/", lastSuccessAt: null }),
    ];
    await show();
    await has("median 118 ms");
    const rows = [...root().querySelectorAll(".hook")].map((row) => text(row).trim());
    expect(rows).to.deep.equal([
      "Deliveringhooks.nettlebrook.example/desk2 events, last call 2 min ago",
      "Paused by userp.example/in3 events are held",
      "Paused by youstaging.example1 event",
      "Failingbad.exampleFirst failed 30 min ago",
      "Readynew.example2 events, no call yet",
    ]);
    expect(root().querySelector(".bars")!.getAttribute("aria-label")).to.equal("276 events, 1 given up");
    await expect(view).to.be.accessible();
    (root().querySelectorAll(".hook")[1] as HTMLElement).click();
    await has("Nothing is lost: what happens meanwhile is held.");
    expect(text()).to.contain("No answer for 48 hours.").and.to.contain("3 events are held");
    expect(button("Send a test").disabled).to.equal(true);
    expect(button("Replay since", "log").disabled).to.equal(true);
  });

  it("moves along the list by the arrow keys", async () => {
    desk.hooks = [buildHook(), buildHook({ id: "w2", url: "https://two.example/" })];
    await show();
    await has("two.example");
    const rows = [...root().querySelectorAll<HTMLElement>(".hook")];
    rows[0]!.focus();
    rows[0]!.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowDown", bubbles: true, composed: true }));
    expect(root().activeElement).to.equal(rows[1]);
  });

  it("says what to do where there is none, what is wrong where it cannot be known, and for whom it is", async () => {
    desk.hooks = [];
    await show();
    await has("No webhooks yet");
    await expect(view).to.be.accessible();
    desk.refusals.set("GET /", { status: 503, code: "unavailable" });
    await show();
    await has("We could not load the webhooks");
    expect(text()).to.contain("Because unavailable");
    desk.refusals.clear();
    await press("Try again");
    await has("No webhooks yet");
    desk.refusals.set("GET /", { status: 403, code: "forbidden" });
    await show("site");
    await has("Webhooks are for owners and admins");
    expect(button("New webhook").disabled).to.equal(true);
  });

  it("keeps what it knew while offline, and says so", async () => {
    await show();
    await has("Delivering");
    const onLine = Object.getOwnPropertyDescriptor(Navigator.prototype, "onLine")!;
    Object.defineProperty(navigator, "onLine", { configurable: true, value: false });
    dispatchEvent(new Event("offline"));
    await has("You are offline. This is what we last knew.");
    expect(text()).to.contain("Delivering");
    delete (navigator as { onLine?: boolean }).onLine;
    expect(Object.getOwnPropertyDescriptor(Navigator.prototype, "onLine")).to.deep.equal(onLine);
  });

  it("makes one: events by catalogue and by name, the desk's words at the address, the secret once", async () => {
    await show();
    await has("Delivering");
    await press("New webhook");
    await has("About ticket.rated", "form");
    expect(root("form").querySelector("details")!.open).to.equal(false);
    await press("Create webhook", "form");
    await has("Where shall we call?", "form");
    await has("Choose at least one event.", "form");
    await expect(root("form").host).to.be.accessible();
    type("#url", " https://127.1/ ", "form");
    const [all, first] = root("form").querySelectorAll<HTMLInputElement>(".check");
    all!.click();
    await has("All of these", "form");
    first!.click();
    type("#own", "Order shipped", "form");
    await press("Add", "form");
    await has("Lower-case words", "form");
    type("#own", "order.shipped", "form");
    root("form")
      .querySelector("#own")!
      .dispatchEvent(new KeyboardEvent("keydown", { key: "Enter" }));
    await has("order.shipped", "form");
    type("#waits", "1, 2, 60, 3600, 7200", "form");
    await has("1 sec, 2 secs, 1 min, 1 hr, 2 hrs", "form");
    desk.refusals.set("POST /", { status: 400, code: "url_not_allowed", detail: "It leads to a private address." });
    await press("Create webhook", "form");
    await has("It leads to a private address.", "form");
    expect(root("form").querySelector("#url")!.getAttribute("aria-invalid")).to.equal("true");
    desk.refusals.clear();
    type("#url", "https://hooks.example/new", "form");
    await press("Create webhook", "form");
    await waitUntil(() => isOpen("secret"));
    expect(isOpen("form")).to.equal(false);
    expect(desk.of("POST", "/").at(-1)!.body).to.deep.equal({
      url: "https://hooks.example/new",
      events: ["comment.created", "ticket.rated", "order.shipped"],
      description: "",
      schedule: [1, 2, 60, 3600, 7200],
    });
    await has("whsec_c2VjcmV0", "secret");
    await expect(root("secret").host).to.be.accessible();
    await press("I have it", "secret");
    await waitUntil(() => !text(root("secret")).includes("whsec_"));
    expect(root().querySelector(".hook[aria-current]")!.textContent).to.contain("hooks.example/new");
    expect(text()).not.to.contain("whsec_c2VjcmV0");
  });

  it("says where the limit is, before and after the desk does", async () => {
    await show();
    await has("Delivering");
    await press("New webhook");
    await has("About ticket.rated", "form");
    type("#url", "https://hooks.example/", "form");
    root("form").querySelector<HTMLInputElement>(".check")!.click();
    desk.refusals.set("POST /", {
      status: 409,
      code: "limit_reached",
      detail: "There may be 3 endpoints. Delete one first.",
    });
    await press("Create webhook", "form");
    await has("Because There may be 3 endpoints. Delete one first.", "form");
    desk.hooks = ["a", "b", "c"].map((id) => buildHook({ id }));
    await view.refresh();
    await has("3 of 3 in use. Delete one to add another.");
    expect(button("New webhook").disabled).to.equal(true);
  });

  it("changes one, its waits only when they were changed", async () => {
    await show();
    await has("Delivering");
    const menu = root().querySelector("sidedesk-webhook-menu")!;
    menu.shadowRoot!.querySelector("button")!.click();
    await waitUntil(() => menu.shadowRoot!.querySelector(".choice"));
    menu.shadowRoot!.querySelector<HTMLElement>(".choice")!.click();
    await has("About ticket.rated", "form");
    type("#description", "Ours", "form");
    await press("Save", "form");
    await has("Saved.");
    expect(desk.of("PATCH", "/w1").at(-1)!.body).to.deep.equal({
      url: "https://hooks.nettlebrook.example/desk",
      events: ["ticket.created", "comment.created"],
      description: "Ours",
    });
    expect(text()).to.contain("Ours");
  });

  it("pauses, and asks what becomes of what was held before it is called again", async () => {
    await show();
    await has("Delivering");
    await press("Pause");
    await has("Paused by you");
    desk.hooks[0]!.heldCount = 2;
    await view.refresh();
    await has("2 events are held");
    await press("Resume");
    await waitUntil(() => isOpen("ask"));
    expect(text(root("ask"))).to.contain("Shall we deliver what was held, or skip it?");
    await expect(root("ask").host).to.be.accessible();
    await press("Skip and resume", "ask");
    await has("It is called again.");
    expect(isOpen("ask")).to.equal(false);
    expect(desk.of("PATCH", "/w1").map(({ body }) => body)).to.deep.equal([
      { active: false },
      { active: true, held: "skip" },
    ]);
  });

  it("gives a new secret, and says that the old one signs beside it for a day", async () => {
    await show();
    await has("Delivering");
    await press("Make a new one");
    await waitUntil(() => isOpen("ask"));
    expect(text(root("ask"))).to.contain("goes on signing beside it for 24 hours");
    desk.hooks[0]!.oldSecretUntil = new Date(Date.now() + 86_400_000).toISOString();
    await press("Make a new secret", "ask");
    await has("whsec_bmV3ZXI=", "secret");
    await has("For 24 hours both secrets sign each call", "secret");
    await press("I have it", "secret");
    await has("The one before it signs too, until tomorrow");
  });

  it("deletes one when that was meant, and says what the desk refuses", async () => {
    await show();
    await has("Delivering");
    const remove = async () => {
      const menu = root().querySelector("sidedesk-webhook-menu")!;
      menu.shadowRoot!.querySelector("button")!.click();
      await waitUntil(() => menu.shadowRoot!.querySelectorAll(".choice").length === 2);
      menu.shadowRoot!.querySelectorAll<HTMLElement>(".choice")[1]!.click();
      await waitUntil(() => isOpen("ask"));
    };
    await remove();
    expect(text(root("ask"))).to.contain("Delete hooks.nettlebrook.example/desk?");
    await press("Keep it", "ask");
    expect(desk.of("DELETE", "/w1")).to.have.length(0);
    await remove();
    desk.refusals.set("DELETE /w1", { status: 503, code: "unavailable" });
    await press("Delete webhook", "ask");
    await has("Because unavailable", "ask");
    desk.refusals.clear();
    await press("Delete webhook", "ask");
    await has("No webhooks yet");
  });

  it("shows the log by state, page by page, each delivery with what was sent and answered at each try", async () => {
    desk.deliveries = [
      buildDelivery("d1"),
      buildDelivery("d2", {
        state: "pending",
        attempts: [buildAttempt(503, ago(9)), buildAttempt(null, ago(8))],
        nextAttemptAt: ago(-10),
      }),
      buildDelivery("d3", { state: "failed", attempts: [buildAttempt(500, ago(20))], error: "Given up." }),
    ];
    await show();
    await has("Show older", "log");
    expect([...root("log").querySelectorAll("tbody tr")]).to.have.length(2);
    await press("Show older", "log");
    await waitUntil(() => root("log").querySelectorAll("tbody tr").length === 3);
    expect(text(root("log").querySelectorAll("tbody tr")[1])).to.match(
      /ticket\.created Waiting, Too slow 112 ms ?2 of 6/,
    );
    root("log").querySelectorAll<HTMLElement>(".row-open")[1]!.click();
    await has("They answered", "log");
    await has("Same id on every try: event-d2", "log");
    expect(text(root("log"))).to.contain("No whole answer within 15 s.");
    await press("Try 1 · 503", "log");
    await has("restarting", "log");
    expect(root("log").querySelector("pre")!.textContent).to.contain(
      'POST /desk\nwebhook-id: e1\nwebhook-timestamp: 1795169047\n\n{\n  "type": "ticket.created"',
    );
    await expect(view).to.be.accessible();
    await press("Failed", "log");
    await waitUntil(() => root("log").querySelectorAll("tbody tr").length === 1);
    expect(desk.of("GET", "/w1/deliveries").at(-1)!.search.get("state")).to.equal("failed");
    desk.deliveries = [];
    await press("Waiting", "log");
    await has("Nothing like that in the log", "log");
    await press("Show all", "log");
    await has("Nothing sent yet", "log");
  });

  it("sends one again, sends a test, and says when that is refused", async () => {
    desk.deliveries = [buildDelivery("d1", { state: "failed", attempts: [buildAttempt(500, ago(20))] })];
    await show();
    await has("Failed, 500", "log");
    await press("Send again, ticket.created", "log");
    await has("It is sent again.", "log");
    expect(desk.of("POST", "/deliveries/d1/retry")).to.have.length(1);
    desk.refusals.set("POST /deliveries/d1/retry", {
      status: 409,
      code: "conflict",
      detail: "The endpoint is paused.",
    });
    await press("Send again, ticket.created", "log");
    await has("Because The endpoint is paused.", "log");
    await press("Send a test");
    await has("A test is on its way.");
    desk.refusals.set("POST /w1/test", { status: 503, code: "unavailable" });
    await press("Send a test");
    await has("Because unavailable");
  });

  it("replays since a moment and shows how far it has come, until it is done", async () => {
    await show();
    await has("Delivering");
    await press("Replay since", "log");
    await waitUntil(() => isOpen("replay"));
    await press("Last 24 hours", "replay");
    await expect(root("replay").host).to.be.accessible();
    const since = root("replay").querySelector<HTMLInputElement>("#since")!.value;
    expect(Math.abs(Date.parse(since) - (Date.now() - 86_400_000))).to.be.lessThan(120_000);
    await press("Replay", "replay");
    await has("1 of 3");
    expect(isOpen("replay")).to.equal(false);
    expect(desk.of("POST", "/w1/replay")[0]!.body).to.deep.equal({ since: new Date(since).toISOString() });
    const progress = root().querySelector("progress")!;
    expect([progress.value, progress.max]).to.deep.equal([1, 3]);
    desk.hooks[0]!.replay!.finished = true;
    await has("3 sent again"); // by looking again
  });

  it("shows receivers in four languages to copy", async () => {
    await show();
    await has("Delivering");
    const sample = await fixture<HTMLElement>(html`<sidedesk-webhook-sample></sidedesk-webhook-sample>`);
    const within = sample.shadowRoot!;
    for (const [name, words] of [
      ["Node", "timingSafeEqual"],
      ["Python", "compare_digest"],
      ["PHP", "hash_equals"],
      ["Go", "hmac.Equal"],
    ] as const) {
      [...within.querySelectorAll("button")].find((one) => one.textContent.trim() === name)!.click();
      await waitUntil(() => within.querySelector("code")!.textContent.includes(words));
    }
    await expect(sample).to.be.accessible();
  });
});
