// Longer than most: one story told in order, and its pictures, over one desk that is filled once.
import { Webhook as Receiver } from "standardwebhooks";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { makeTicketLink } from "../../api/src/accounts/index.ts";
import { webhooks } from "../../api/src/webhooks/webhook.model.ts";
import { callDesk } from "../support/call-desk.ts";
import { type Desk, startDesk } from "../support/desk.ts";
import { signUserToken } from "../support/factories.ts";
import { type HostPage, startHostPage } from "../support/host-page.ts";
import { look } from "../support/look.ts";
import { browserLaunch } from "../support/services.ts";
import { until } from "../support/until.ts";
import { type Caught, startWebhookSink, status, type WebhookSink } from "../support/webhook-sink.ts";

interface Person {
  token: string;
  id: string;
  number: string;
}
let desk: Desk;
let sink: WebhookSink;
let host: HostPage;
let browser: Browser;
/** What our code threw in a page. */
let broken: string[] = [];
let context: BrowserContext;
let mara: Person;
let tomas: Person;
let owner: string;

beforeAll(async () => {
  [sink, host] = await Promise.all([startWebhookSink(), startHostPage()]);
  desk = await startDesk({ origins: [host.origin], env: { SIDEDESK_OUTBOUND_ALLOW: "127.0.0.0/8" } });
  host.embed(desk);
  const { email, password } = desk.owner;
  owner = (await call("/v1/staff/login", "", { email, password })).token as string;
  mara = await person("mara", "Mara Lindqvist");
  tomas = await person("tomas", "Tomás Oliveira");
  await fill(tomas.token);
  await fill(owner);
  browser = await chromium.launch(browserLaunch());
});
afterAll(async () => {
  await browser?.close();
  await desk?.close();
  await host?.close();
  await sink?.close();
});
afterEach(async () => {
  await context?.close();
  const thrown = broken;
  broken = [];
  expect(thrown).toEqual([]);
});

const call = (path: string, as: string, body?: unknown, method = "POST"): Promise<Record<string, unknown>> =>
  callDesk(desk.url, method, path, as, body);
const ask = (as: string, subject: string) =>
  call("/v1/support/tickets", as, { subject, description: `${subject}. It began this morning.` });

async function person(sub: string, name: string): Promise<Person> {
  const { identitySecret, publicKey: siteKey } = desk.site;
  const userToken = await signUserToken(identitySecret, { sub, email: `${sub}@shop.example`, name });
  const { token, customer } = await call("/v1/sessions", "", { siteKey, userToken });
  const { number } = await ask(token as string, "The kettle leaks");
  return { token: token as string, id: (customer as { id: string }).id, number: number as string };
}

/** Endpoints in every state, one with a log worth reading. */
async function fill(as: string): Promise<void> {
  const make = (path: string, more: object = {}) =>
    call("/v1/webhooks", as, { url: `${sink.url}/${path}`, events: ["ticket.created", "comment.created"], ...more });
  await make("quiet", { events: ["order.shipped"] });
  const paused = await make("staging", { description: "For trying things out" });
  await call(`/v1/webhooks/${String(paused.id)}`, as, { active: false }, "PATCH");
  await call(`/v1/webhooks/${String(paused.id)}/test`, as);
  const gone = await make("erp");
  await call(`/v1/webhooks/${String(gone.id)}/test`, as);
  await webhooks().updateOne(
    { _id: gone.id as string },
    { $set: { state: "disabled", disabledReason: "Every attempt of 5 days failed. Answered 500." } },
  );
  const { id } = await make("desk");
  sink.answer(
    (response) => void response.writeHead(503, { "retry-after": "600" }).end("upstream is restarting"),
    "/desk",
  );
  await call(`/v1/webhooks/${String(id)}/test`, as);
  const log = async (state: string) =>
    (
      (await call(`/v1/webhooks/${String(id)}/deliveries?state=${state}`, as, undefined, "GET")).data as {
        attempts: unknown[];
      }[]
    ).filter(({ attempts }) => attempts.length > 0);
  await until(async () => (await log("pending")).length === 1, { what: "a failure in the log" });
  sink.answer(status(200, { "content-type": "application/json" }), "/desk");
  await call(`/v1/webhooks/${String(id)}/test`, as);
  await until(async () => (await log("succeeded")).length === 1, { what: "a success in the log" });
}

const button = (page: Page, name: string | RegExp) =>
  page.getByRole("button", { name, exact: typeof name === "string" });
async function open(width: number, colorScheme: "light" | "dark"): Promise<Page> {
  context = await browser.newContext({
    colorScheme,
    reducedMotion: "reduce",
    viewport: { width, height: width === 375 ? 740 : 800 },
    hasTouch: width === 375,
  });
  context.setDefaultTimeout(15_000);
  const page = await context.newPage();
  page.on("pageerror", (error) => broken.push(error.stack ?? error.message));
  return page;
}
/** The portal's view of somebody who came by a link of ours. */
async function openPortal(page: Page, { id, number }: Person): Promise<void> {
  await page.goto(await makeTicketLink({ siteId: desk.site.id, customerId: id, number }));
  await page.getByText("It began this morning").first().waitFor();
  await page.getByRole("link", { name: "Webhooks" }).click();
  await page.getByRole("heading", { name: "Webhooks", level: 1 }).waitFor();
}
const verified = (secret: string, { headers, body }: Caught) => new Receiver(secret).verify(body, headers);

describe("<sidedesk-webhooks> in the portal, with a receiver that really receives", () => {
  it("W1 W2 W3 W4: an endpoint is made, proves who calls, fails, is sent again, held, replayed and deleted", async () => {
    const page = await open(1280, "light");
    await openPortal(page, mara);
    await page.getByText("No webhooks yet").waitFor();
    await look(page, "webhooks-empty-light-1280");

    // W1: the form, and the desk's own words about an address.
    await button(page, "New webhook").click();
    await page.getByLabel("Address to call").fill("https://10.0.0.8/hook");
    await page.getByRole("checkbox", { name: /^ticket\.created/ }).check();
    await button(page, "Create webhook").click();
    await page.getByRole("alert").first().waitFor();
    await look(page, "webhooks-form-light-1280");
    const path = `/flow-${Date.now()}`;
    await page.getByLabel("Address to call").fill(sink.url + path);
    await button(page, "Create webhook").click();

    // W2: the secret, this once, checks what comes.
    const shown = page.getByText(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const secret = (await shown.textContent()) ?? "";
    await look(page, "webhooks-secret-light-1280");
    await button(page, "I have it").click();
    await page.getByText("Nothing sent yet").waitFor();
    expect(await page.content()).not.toContain(secret);
    await button(page, "Send a test").click();
    const [test] = await sink.wait(1, path);
    expect(verified(secret, test!)).toMatchObject({ type: "webhook.test" });
    await button(page, "Make a new one").click();
    await button(page, "Make a new secret").click();
    await page.getByText("For 24 hours both secrets sign").waitFor();
    const next = (await shown.textContent()) ?? "";
    await button(page, "I have it").click();
    await page.getByText(/The one before it signs too, until/).waitFor();
    await ask(mara.token, "The lid does not fit");
    const [, created] = await sink.wait(2, path);
    for (const one of [secret, next]) expect(verified(one, created!)).toMatchObject({ type: "ticket.created" });

    // W3: what fails is told, with the next try; sent again by hand it arrives.
    sink.answer(
      (response) => void response.writeHead(503, { "retry-after": "600" }).end("upstream is restarting"),
      path,
    );
    await ask(mara.token, "The spout drips");
    await sink.wait(3, path);
    const failing = page.getByRole("row", { name: /Waiting, 503/ });
    await failing.waitFor();
    await failing.getByRole("button", { expanded: false }).first().click();
    await page.getByText("upstream is restarting").waitFor();
    await page.getByText(/^Next try/).waitFor();
    await page.getByText('"subject": "The spout drips"').first().waitFor();
    await look(page, "webhooks-log-light-1280");
    sink.answer(status(204), path);
    await failing.getByRole("button", { name: /^Send again/ }).click();
    const [, , first, again] = await sink.wait(4, path);
    expect([again!.headers["webhook-id"], again!.body]).toEqual([first!.headers["webhook-id"], first!.body]);
    await page.getByRole("row", { name: /Waiting, 503/ }).waitFor({ state: "detached" });
    await button(page, "Try 2 · 204").waitFor();

    // W4: held while paused, delivered when resumed; everything since again, under its first id; gone when deleted.
    await button(page, "Pause").click();
    await page.getByText("Paused by you").waitFor();
    await ask(mara.token, "While nobody listens");
    await button(page, "Held").click();
    await page.getByRole("row", { name: /ticket\.created Held/ }).waitFor();
    expect(sink.at(path)).toHaveLength(4);
    await page.getByText("1 event is held").first().waitFor();
    await button(page, "Resume").click();
    await look(page, "webhooks-resume-light-1280");
    await button(page, "Deliver and resume").click();
    expect(JSON.parse((await sink.wait(5, path))[4]!.body)).toMatchObject({
      data: { subject: "While nobody listens" },
    });
    await button(page, "Replay since").click();
    await button(page, "Last 24 hours").click();
    await look(page, "webhooks-replay-light-1280");
    await button(page, "Replay").click();
    await page.getByText(/sent again$/).waitFor();
    const ids = new Set((await sink.wait(9, path)).map(({ headers }) => headers["webhook-id"]));
    expect(ids.size).toBeLessThan(sink.at(path).length);
    await button(page, "More: change, delete").click();
    await page.getByRole("menuitem", { name: "Delete" }).click();
    await look(page, "webhooks-delete-light-1280");
    await button(page, "Delete webhook").click();
    await page.getByText("No webhooks yet").waitFor();
  });
});

describe.each([
  ["light", 1280],
  ["light", 375],
  ["dark", 1280],
  ["dark", 375],
] as const)("webhooks in %s at %i px", (colorScheme, width) => {
  const end = `${colorScheme}-${width}`;
  /** The narrow pages scroll: what comes below is looked at, too. */
  const readLog = async (page: Page, name: string) => {
    const failed = page.getByRole("row", { name: /webhook\.test Waiting, 503/ });
    await failed.waitFor();
    await failed.getByRole("button", { expanded: false }).first().click();
    await page.getByText("upstream is restarting").waitFor();
    if (width === 375) {
      await failed.scrollIntoViewIfNeeded();
      await look(page, name.replace("-log", "-rows"));
    }
    await page.getByText("upstream is restarting").scrollIntoViewIfNeeded();
    await look(page, name);
  };

  it("portal: list, log, form, replay", async () => {
    const page = await open(width, colorScheme);
    await openPortal(page, tomas);
    await page.getByText("Paused by us").waitFor();
    await page.getByText(/median/).waitFor();
    await look(page, `webhooks-portal-${end}`);
    expect(await page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")).toBe(0);
    await readLog(page, `webhooks-portal-log-${end}`);
    await button(page, "New webhook").click();
    await page.getByRole("checkbox", { name: /^ticket\.created/ }).check();
    await page.getByText("More: description, waits between tries").click();
    await look(page, `webhooks-portal-form-${end}`);
    await button(page, "Cancel").click();
    await page.getByText("Paused by us").click();
    await page.getByText("We stopped calling it").waitFor();
    const top = await page.getByText("We stopped calling it").boundingBox();
    expect(top!.y).toBeLessThan(width === 375 ? 500 : 400); // seen without looking for it
    await look(page, `webhooks-portal-disabled-${end}`);
  });

  it("console: the site's, in the set-up", async () => {
    const page = await open(width, colorScheme);
    await page.goto(`${desk.url}/admin/setup/webhooks`);
    await page.getByLabel("Email", { exact: true }).fill(desk.owner.email);
    await page.getByLabel("Password", { exact: true }).fill(desk.owner.password);
    await button(page, "Sign in").click();
    await page.getByText("Paused by Sidedesk").waitFor();
    await page.getByText(/median/).waitFor();
    await look(page, `webhooks-console-${end}`);
    await readLog(page, `webhooks-console-log-${end}`);
  });
});

it("<sidedesk-webhooks> stands alone in a foreign page under the strictest policy, in Arabic from the right", async () => {
  const page = await open(1280, "light");
  const problems: string[] = [];
  page.on("console", (line) => line.type() === "error" && problems.push(line.text()));
  await page.goto(`${host.origin}/strict?as=tomas&lang=ar`);
  await page.evaluate('document.querySelector("main").append(document.createElement("sidedesk-webhooks"))');
  await page.getByText("أوقفناه نحن مؤقتًا").waitFor();
  await page.getByText(/الوسيط/).waitFor();
  expect(await page.locator("sidedesk-webhooks").evaluate((element) => getComputedStyle(element).direction)).toBe(
    "rtl",
  );
  await look(page, "webhooks-alone-arabic-light-1280", "sidedesk-webhooks");
  await page.getByRole("row", { name: /503/ }).getByRole("button", { expanded: false }).first().click();
  await page.getByText("upstream is restarting").waitFor();
  await look(page, "webhooks-alone-arabic-log-light-1280", "sidedesk-webhooks");
  expect(problems).toEqual([]);
});
