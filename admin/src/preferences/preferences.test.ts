import { expect, waitUntil } from "@open-wc/testing";
import type { Preferences } from "@sidedesk/contract";
import { DeskHarness, json, problem, type Call } from "../shell/desk.harness.ts";
import { PreferencesPage } from "./preferences-page.ts";

const ways = { inApp: true, email: true, push: true };
const preferences = (part: Partial<Preferences> = {}): Preferences => ({
  types: { ticket: ways, billing: ways, compliance: ways, alert: ways, info: ways },
  digest: "off",
  locale: "en",
  timezone: "UTC",
  ...part,
});

describe("N7 <desk-preferences>", () => {
  let desk: DeskHarness;
  let page: PreferencesPage;
  const root = () => page.renderRoot as ShadowRoot;
  const box = (name: string) => root().querySelector<HTMLInputElement>(`[name="${name}"]`)!;
  const state = (text: string) =>
    waitUntil(() => root().querySelector(".save")?.textContent.trim() === text, text, { timeout: 8000 });
  const sent = () => desk.calls.filter(({ method }: Call) => method === "PUT").map(({ body }) => body);

  beforeEach(async () => {
    desk = new DeskHarness();
    desk.on("GET /v1/notifications/preferences", () => json(preferences()));
    desk.on("PUT /v1/notifications/preferences", ({ body }) =>
      json(
        preferences({
          types: {
            ...preferences().types,
            ticket: { ...ways, ...(body["types"] as { ticket?: Partial<typeof ways> } | undefined)?.ticket },
          },
        }),
      ),
    );
    await desk.start();
    page = new PreferencesPage();
    desk.root.append(page);
    await waitUntil(() => box("ticket-email"), "the form", { timeout: 8000 });
  });
  afterEach(() => desk.stop());

  it("offers staff what they are told of, named for readers, and saves each change at once", async () => {
    const kinds = [...root().querySelectorAll("tbody th")].map((one) => one.textContent);
    expect(kinds).to.deep.equal(["Tickets", "Alerts about the site"]);
    await expect(page).to.be.accessible();
    box("ticket-email").click();
    await state("Saved");
    expect(sent()).to.deep.equal([{ types: { ticket: { email: false } } }]);
    expect(box("ticket-email").checked).to.be.false;
  });

  it("takes back what is refused, and says in the console's words why", async () => {
    desk.on("PUT /v1/notifications/preferences", () => problem(403, "forbidden"));
    box("alert-push").click();
    await state("Not saved");
    expect(box("alert-push").checked).to.be.true;
    expect(root().querySelector('[role="alert"]')!.textContent).to.contain("as it was");
  });
});
