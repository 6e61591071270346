import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { tickets } from "../../api/src/tickets/ticket.model.ts";
import { checkClocks } from "../../api/src/sla/check-clocks.ts";
import { startAlertStand, type AlertStand } from "../support/alert-stand.ts";
import type { ReplyBody } from "../support/app.ts";
import { buildStaff, buildTicket } from "../support/factories.ts";
import { letPass } from "../support/clocks.ts";

let stand: AlertStand;
beforeAll(async () => void (stand = await startAlertStand()));
beforeEach(() => stand.fresh());
// Whatever a test sends, no service would have refused it.
afterEach(() => expect(stand.chat.wrong).toEqual([]));
afterAll(() => stand.close());

const bodyOf = (caught: { body: string } | undefined): ReplyBody => JSON.parse(caught?.body ?? "null");
/** What somebody may type who wants more than a ticket. */
const nasty = "@everyone <!channel> <@U1> [free](https://evil.example) **bold** `x` https://evil.example/a \u202egnp";
const nastyName = "<!here> *Mara* _x_ @here";

describe("E3 Discord", () => {
  it("tells of a new ticket by an embed with the priority's colour and the category's emoji", async () => {
    await stand.connect("discord");
    const ticket = await buildTicket(stand.app, stand.customer, { subject: "Cannot pay", category: "billing" });
    const [caught] = await stand.got("discord", 1);
    const message = bodyOf(caught);
    expect(message.content).toBe("**New ticket**");
    expect(message.allowed_mentions).toEqual({ parse: [] });
    expect(message.embeds).toHaveLength(1);
    const [embed] = message.embeds;
    expect(embed.title).toBe(`💳 ${ticket.number} Cannot pay`);
    expect(embed.url).toBe(`${stand.app.url}/admin/tickets/${ticket.number}`);
    expect(embed.color).toBe(0x2a57b0);
    expect(embed.fields.map(({ value }: { value: string }) => value)).toEqual([
      "🔵 Medium",
      "Billing",
      expect.any(String),
    ]);
    expect(embed.description).toBeUndefined();
    expect(caught?.body).not.toContain(ticket.description);
    expect(await stand.logged({ state: "succeeded" })).toMatchObject({ channel: "discord", kind: "created", count: 1 });
  });

  it("tells of an urgent one, a raised priority, a change of status and the clock, each as its own kind", async () => {
    await stand.connect("discord");
    const ticket = await buildTicket(stand.app, stand.customer, { priority: "critical" });
    const other = await buildTicket(stand.app, stand.customer);
    await stand.got("discord", 2);
    expect(bodyOf(stand.chat.at("discord").find(({ body }) => body.includes("Urgent")))).toMatchObject({
      content: "**Urgent ticket**",
      embeds: [{ color: 0xb8232c }],
    });
    await stand.minuteLater();
    const staff = await buildStaff(stand.app, stand.site, { role: "agent" });
    const change = (body: object) => stand.app.patch(`/v1/support/tickets/${other.id}`, { as: staff, body });
    expect((await change({ priority: "high" })).status).toBe(200);
    expect((await change({ status: "in_progress" })).status).toBe(200);
    // Downwards, and what is not urgent, is nobody's alarm.
    expect((await change({ priority: "medium" })).status).toBe(200);
    await letPass([ticket.id], 61);
    await checkClocks();
    const all = (await stand.got("discord", 5)).slice(2).map(bodyOf);
    const described = all.map((message) => [message.content, message.embeds[0].description]);
    expect(described.sort()).toEqual([
      ["**Answer overdue**", expect.stringContaining("First answer was due")],
      ["**Status changed**", "Open → In progress"],
      ["**Urgent ticket**", "Raised from Medium to High"],
    ]);
    expect((await stand.log()).map(({ kind }) => kind).sort()).toEqual([
      "created",
      "priority",
      "priority",
      "sla",
      "status",
    ]);
  });

  it("sends one message a minute and kind: what comes in between is gathered into the next", async () => {
    await stand.connect("discord", { kinds: ["created"] });
    await buildTicket(stand.app, stand.customer, { subject: "The first" });
    await stand.got("discord", 1);
    const later = await Promise.all(
      Array.from({ length: 12 }, (_, index) => buildTicket(stand.app, stand.customer, { subject: `Later ${index}` })),
    );
    const waiting = await stand.logged({ state: "pending", count: 12 });
    const sent = await stand.logged({ state: "succeeded" });
    await expect
      .poll(async () => Date.parse((await stand.log("state=pending"))[0]?.nextAttemptAt as string))
      .toBeGreaterThanOrEqual(Date.parse(sent.sentAt as string) + 59_000);
    expect(stand.chat.at("discord")).toHaveLength(1);
    await stand.minuteLater();
    const message = bodyOf((await stand.got("discord", 2))[1]);
    expect(message.content).toBe("**12 new tickets**");
    const titles = message.embeds.map(({ title }: { title: string }) => title);
    expect(titles).toHaveLength(9);
    expect(titles.at(-1)).toBe("and 4 more");
    for (const title of titles.slice(0, -1)) expect(later.some(({ number }) => title.includes(number))).toBe(true);
    await stand.logged({ id: waiting.id, state: "succeeded" });
    expect(await stand.log()).toHaveLength(2);
  });

  it("makes nothing of what customers type: no mention, no link, no formatting, no turned text", async () => {
    await stand.connect("discord", { includeText: true });
    await stand.app.patch(`/v1/customers/${stand.customer.id}`, { as: stand.admin, body: { name: nastyName } });
    await buildTicket(stand.app, stand.customer, { subject: nasty, description: `${nasty}\n# big\n> quote` });
    const message = bodyOf((await stand.got("discord", 1))[0]);
    const [{ title, description, fields }] = message.embeds;
    for (const text of [title, description, fields[2].value] as string[]) {
      expect(text).not.toMatch(/@everyone|@here|\u202e|https:\/\//);
      expect(text.replace(/\\./g, "").replace(/^>>> /, "")).not.toMatch(/[*_`[\]()<>|#]/);
    }
    expect(description.replace(/\\./g, "").startsWith(">>> ")).toBe(true);
    expect(message.allowed_mentions).toEqual({ parse: [] });
  });

  it("stays within Discord's limits whatever is written, and shows the text only where the site lets it out", async () => {
    await stand.connect("discord", { includeText: true, kinds: ["created"] });
    const subject = "👩‍👩‍👧‍👦*".repeat(16).slice(0, 199);
    await buildTicket(stand.app, stand.customer, { subject, description: "*".repeat(5000) });
    await stand.got("discord", 1);
    for (let index = 0; index < 9; index += 1)
      await buildTicket(stand.app, stand.customer, { subject, description: "😀_".repeat(1600) });
    await stand.logged({ state: "pending", count: 9 });
    await stand.minuteLater();
    const message = bodyOf((await stand.got("discord", 2))[1]);
    expect(message.embeds[0].description).toContain("😀");
    expect(message.embeds.at(-1).title).toMatch(/^and \d more$/);
  });
});

describe("E4 Slack", () => {
  it("tells of tickets in blocks, with what people typed as plain text", async () => {
    await stand.connect("slack", { includeText: true });
    await stand.app.patch(`/v1/customers/${stand.customer.id}`, { as: stand.admin, body: { name: nastyName } });
    const ticket = await buildTicket(stand.app, stand.customer, {
      subject: nasty,
      description: nasty,
      priority: "high",
    });
    const message = bodyOf((await stand.got("slack", 1))[0]);
    expect(message.blocks[0]).toMatchObject({ type: "header", text: { text: `Urgent ticket · ${stand.site.name}` } });
    const read = message.blocks.flatMap((block: ReplyBody) => [block.text ?? [], block.elements ?? []].flat());
    // The only text that Slack reads is ours: links to the console.
    for (const { type, text } of read as { type: string; text: string }[])
      if (type === "mrkdwn") expect(text).toMatch(new RegExp(`^<${stand.app.url}/admin[^|>]*\\|[A-Za-z0-9 -]+>$`));
    expect(read).toContainEqual(
      expect.objectContaining({ text: `<${stand.app.url}/admin/tickets/${ticket.number}|${ticket.number}>` }),
    );
    expect(message.text).not.toMatch(/<|@everyone/);
    expect(message).toMatchObject({ mrkdwn: false, unfurl_links: false, unfurl_media: false });
    expect(await stand.logged({ state: "succeeded" })).toMatchObject({ channel: "slack", kind: "priority" });
  });

  it("stays within the limits of blocks with as much as there can be", async () => {
    await stand.connect("slack", { includeText: true, kinds: ["created"] });
    await buildTicket(stand.app, stand.customer);
    await stand.got("slack", 1);
    for (let index = 0; index < 12; index += 1)
      await buildTicket(stand.app, stand.customer, { subject: '"<&>'.repeat(49), description: '"\\<&'.repeat(1200) });
    await stand.logged({ state: "pending", count: 12 });
    await stand.minuteLater();
    const message = bodyOf((await stand.got("slack", 2))[1]);
    expect(message.blocks.at(-1).elements[0].text).toMatch(/\|and \d+ more>$/);
  });
});

describe("E4 Teams", () => {
  it("sends an Adaptive Card to a workflow, in which nothing typed is Markdown", async () => {
    await stand.connect("teams", { includeText: true });
    const ticket = await buildTicket(stand.app, stand.customer, {
      subject: nasty,
      description: nasty,
      category: "account",
    });
    const caught = (await stand.got("teams", 1))[0];
    const card = bodyOf(caught).attachments[0].content;
    const container = card.body.find(({ type }: ReplyBody) => type === "Container");
    expect(container).toMatchObject({
      style: "accent",
      selectAction: { type: "Action.OpenUrl", url: `${stand.app.url}/admin/tickets/${ticket.number}` },
    });
    // Teams reads Markdown in TextBlock and FactSet; runs of text it shows as they are.
    expect(caught?.body).not.toMatch(/"type":"(TextBlock|FactSet)"/);
    const words = container.items.flatMap(({ inlines }: ReplyBody) => inlines.map(({ text }: ReplyBody) => text));
    expect(words[0]).toMatch(/^👤 @\u200beveryone <!channel>/);
    expect(words.join(" ")).not.toMatch(/https:\/\/evil|\u202e/);
  });

  it("stays under 28 KB", async () => {
    await stand.connect("teams", { includeText: true, kinds: ["created"] });
    await buildTicket(stand.app, stand.customer);
    await stand.got("teams", 1);
    for (let index = 0; index < 10; index += 1)
      await buildTicket(stand.app, stand.customer, {
        subject: "字".repeat(200),
        description: '字\u0007"'.repeat(1600),
      });
    await stand.logged({ state: "pending", count: 10 });
    await stand.minuteLater();
    expect((await stand.got("teams", 2))[1]?.body.length).toBeGreaterThan(3000);
  });

  it("refuses the addresses of retired connectors, and says what to make instead", async () => {
    const reply = await stand.app.patch(`/v1/sites/${stand.site.slug}/settings`, {
      as: stand.admin,
      body: {
        channels: { teams: { url: "https://contoso.webhook.office.com/webhookb2/abc/IncomingWebhook/def/ghi" } },
      },
    });
    expect([reply.status, reply.body.code]).toEqual([400, "url_not_allowed"]);
    expect(reply.body.detail).toContain("workflow");
  });
});

describe("E5 SMS", () => {
  it("is off until it is set up, and then tells everybody on call of what is critical, and of nothing else", async () => {
    const settings = await stand.app.get(`/v1/sites/${stand.site.slug}/settings`, { as: stand.admin });
    expect(settings.body.channels.sms.enabled).toBe(false);
    await stand.connect("sms", { onCall: ["+4915112345678", "+436641234567"] });
    await stand.connect("discord", { kinds: ["created", "priority"] });
    await buildTicket(stand.app, stand.customer, { priority: "high" });
    const ticket = await buildTicket(stand.app, stand.customer, { priority: "critical", subject: "All is down" });
    const caught = await stand.got("sms", 2);
    const forms = caught.map(({ body }) => new URLSearchParams(body));
    expect(forms.map((form) => form.get("To")).sort()).toEqual(["+436641234567", "+4915112345678"]);
    for (const form of forms) {
      expect(form.get("Body")).toBe(
        `${stand.site.name}: Urgent ticket. All is down ${stand.app.url}/admin/tickets/${ticket.number}`,
      );
      expect(form.get("From")).toBe("+15005550006");
    }
    await letPass([ticket.id], 61);
    await checkClocks();
    await stand.got("sms", 4);
    expect((await stand.log("channel=sms")).map(({ kind }) => kind).sort()).toEqual([
      "priority",
      "priority",
      "sla",
      "sla",
    ]);
    expect(stand.chat.at("sms")).toHaveLength(4);
  });

  it("gathers for each number, and uses a messaging service when it is given one", async () => {
    const service = `MG${"0".repeat(32)}`;
    await stand.connect("sms", { from: service });
    await buildTicket(stand.app, stand.customer, { priority: "critical" });
    await stand.got("sms", 1);
    for (let index = 0; index < 3; index += 1)
      await buildTicket(stand.app, stand.customer, { priority: "critical", subject: "x".repeat(200) });
    await stand.logged({ state: "pending", count: 3 });
    await stand.minuteLater();
    const form = new URLSearchParams((await stand.got("sms", 2))[1]?.body);
    expect(form.get("MessagingServiceSid")).toBe(service);
    expect(form.get("Body")).toMatch(/^.+: 3 urgent tickets\. x+ \(and 2 more\) http/);
  });
});

it("E3 hears of nothing below the least priority, of no kind that is not wanted, and of nothing when it is off", async () => {
  await stand.connect("discord", { minPriority: "high" });
  await stand.connect("slack", { kinds: ["status"] });
  await stand.connect("teams", { enabled: false });
  await buildTicket(stand.app, stand.customer, { priority: "low" });
  const high = await buildTicket(stand.app, stand.customer, { priority: "high" });
  await stand.got("discord", 1);
  const staff = await buildStaff(stand.app, stand.site, { role: "agent" });
  await stand.app.patch(`/v1/support/tickets/${high.id}`, { as: staff, body: { status: "resolved" } });
  await stand.got("slack", 1);
  await stand.got("discord", 2);
  expect(stand.chat.at("discord").every(({ body }) => body.includes(high.number))).toBe(true);
  expect((await stand.log()).map(({ channel }) => channel).sort()).toEqual(["discord", "discord", "slack"]);
  expect(await tickets().countDocuments({ siteId: stand.site.id })).toBe(2);
});
