import { expect, waitUntil } from "@open-wc/testing";
import type { CustomerDetail, CustomerProfile, Erasure } from "@sidedesk/contract";
import { buildTicket, DeskHarness, json, problem } from "../shell/desk.harness.ts";
import { CustomerPage } from "./customer-page.ts";
import { CustomersPage } from "./customers-page.ts";
import type { EraseDialog } from "./erase-dialog.ts";

const profile = (id: string, name: string): CustomerProfile => ({
  id,
  externalId: `host-${id}`,
  name,
  email: `${id}@example.com`,
  notes: "",
  unsubscribed: false,
  createdAt: new Date(Date.now() - 9e8).toISOString(),
  lastSeenAt: new Date(Date.now() - 6e4).toISOString(),
});
const detail = (id: string, name: string): CustomerDetail => ({
  ...profile(id, name),
  tickets: { total: 12, open: 1, firstAt: null, lastAt: null },
  recentTickets: [buildTicket({ id: "t1" })],
});
const address = location.href;

describe("<desk-customers>", () => {
  let desk: DeskHarness;
  let element: CustomersPage;
  const rows = () => [...element.renderRoot.querySelectorAll(".person b")].map((one) => one.textContent);
  const open = async (search = ""): Promise<void> => {
    element = new CustomersPage();
    element.search = search;
    desk.root.append(element);
    await element.updateComplete;
  };

  beforeEach(async () => {
    desk = await new DeskHarness().start();
    desk.on("GET /v1/customers", ({ search }) =>
      search.get("cursor")
        ? json({ data: [profile("c3", "Third")], nextCursor: null })
        : search.get("q")
          ? json({ data: search.get("q") === "nobody" ? [] : [profile("c2", "Found")], nextCursor: null })
          : json({ data: [profile("c1", "First"), profile("c2", "Second")], nextCursor: "next" }),
    );
  });
  afterEach(() => {
    desk.stop();
    history.replaceState({}, "", address);
  });

  it("lists people as links with names, and more on demand", async () => {
    await open();
    await waitUntil(() => rows().length === 2);
    const link = element.renderRoot.querySelector<HTMLAnchorElement>(".person")!;
    expect(new URL(link.href).pathname).to.equal("/admin/customers/c1");
    expect(link.textContent).to.contain("c1@example.com");
    await expect(element).to.be.accessible();
    [...element.renderRoot.querySelectorAll("button")].find((one) => one.textContent?.includes("Show more"))!.click();
    await waitUntil(() => rows().length === 3);
    expect(rows()).to.deep.equal(["First", "Second", "Third"]);
  });

  it("looks for what is typed once, and keeps it in the address", async () => {
    await open();
    await waitUntil(() => rows().length === 2);
    const field = element.renderRoot.querySelector<HTMLInputElement>("#q")!;
    for (const value of ["f", "fo", "found"]) {
      field.value = value;
      field.dispatchEvent(new Event("input"));
    }
    await waitUntil(() => location.search === "?q=found");
    element.search = location.search;
    await waitUntil(() => rows().join() === "Found");
    expect(desk.of("GET /v1/customers").map(({ search }) => search.get("q"))).to.deep.equal([null, "found"]);
  });

  it("offers to clear a search that finds nobody, and to try again what failed", async () => {
    await open("?q=nobody");
    await waitUntil(() => element.renderRoot.textContent?.includes("Nobody is found"));
    expect(element.renderRoot.textContent).to.contain("Clear the search");
    desk.on("GET /v1/customers", () => problem(503, "unavailable"));
    element.search = "";
    await waitUntil(() => element.renderRoot.querySelector("[role=alert]"));
    desk.on("GET /v1/customers", () => json({ data: [], nextCursor: null }));
    [...element.renderRoot.querySelectorAll("button")].find((one) => one.textContent?.includes("Try again"))!.click();
    await waitUntil(() => element.renderRoot.textContent?.includes("No customers yet"));
  });
});

describe("<desk-customer>", () => {
  let desk: DeskHarness;
  let element: CustomerPage;
  const text = () => element.renderRoot.textContent ?? "";
  const field = (id: string) => element.renderRoot.querySelector<HTMLInputElement>(`#${id}`)!;
  const open = async (role: "owner" | "agent" | "viewer" = "owner"): Promise<void> => {
    desk = new DeskHarness();
    desk.on("POST /v1/staff/refresh", () => json(desk.staffSession(role)));
    desk.on("GET /v1/customers/c1", () => json(detail("c1", "Mara Lindqvist")));
    await desk.start();
    element = new CustomerPage();
    element.customerId = "c1";
    desk.root.append(element);
    await waitUntil(() => element.renderRoot.querySelector("form"));
  };
  afterEach(() => {
    desk.stop();
    history.replaceState({}, "", address);
  });

  it("shows who it is, what they asked, and where the rest of it is", async () => {
    await open();
    expect(text()).to.contain("Mara Lindqvist").and.to.contain("12 in all, 1 open").and.to.contain("Subject of t1");
    expect(element.renderRoot.querySelector<HTMLAnchorElement>(".asked")!.pathname).to.contain("/admin/tickets/TKT-");
    await expect(element).to.be.accessible();
  });

  it("saves what was changed, and says at the field what the desk refuses", async () => {
    await open("agent");
    desk.on("PATCH /v1/customers/c1", ({ body }) =>
      body["email"] === "taken@example.com"
        ? problem(409, "conflict", { errors: [{ path: "email", message: "Taken." }] })
        : json({ ...detail("c1", String(body["name"])), notes: String(body["notes"]) }),
    );
    field("email").value = "taken@example.com";
    element.renderRoot.querySelector("form")!.requestSubmit();
    await waitUntil(() => text().includes("Another customer has this address."));
    field("email").value = "free@example.com";
    field("name").value = "Mara L.";
    field("notes").value = "Likes blue.";
    element.renderRoot.querySelector("form")!.requestSubmit();
    await waitUntil(() => element.renderRoot.querySelector("h1")?.textContent === "Mara L.");
    expect(desk.of("PATCH /v1/customers/c1").at(-1)?.body).to.deep.equal({
      name: "Mara L.",
      email: "free@example.com",
      notes: "Likes blue.",
    });
  });

  it("lets viewers read, and agents do all but erase", async () => {
    await open("viewer");
    expect(field("name").disabled).to.equal(true);
    expect(text()).not.to.contain("Erase…");
    desk.stop();
    await open("agent");
    expect(field("name").disabled).to.equal(false);
    expect(text()).not.to.contain("Erase…");
  });

  it("erases only when the address is typed, and shows how far it is until the end", async () => {
    await open();
    const counts = { tickets: 2, comments: 3, files: 1, notifications: 4 };
    let erasure: Erasure = {
      id: "e1",
      state: "running",
      removed: { tickets: 0, comments: 0, files: 0, notifications: 0 },
      expected: counts,
      askedAt: new Date().toISOString(),
      doneAt: null,
    };
    desk.on("GET /v1/customers/c1/erase", () => json(counts));
    desk.on("POST /v1/customers/c1/erase", () => json(erasure, 202));
    desk.on("GET /v1/erasures/e1", () => json(erasure));
    [...element.renderRoot.querySelectorAll("button")].find((one) => one.textContent?.includes("Erase…"))!.click();
    const dialog = element.renderRoot.querySelector<EraseDialog>("desk-erase-dialog")!;
    const said = () => dialog.renderRoot.textContent ?? "";
    await waitUntil(() => said().includes("4"));
    expect(dialog.renderRoot.querySelector("h2")!.textContent).to.equal("Erase Mara Lindqvist?");
    await expect(dialog).to.be.accessible();
    const submit = dialog.renderRoot.querySelector<HTMLButtonElement>("[type=submit]")!;
    expect(submit.disabled).to.equal(true);
    const confirm = dialog.renderRoot.querySelector<HTMLInputElement>("#confirm")!;
    confirm.value = " C1@Example.com ";
    confirm.dispatchEvent(new Event("input"));
    await waitUntil(() => !submit.disabled);
    submit.click();
    await waitUntil(() => dialog.renderRoot.querySelector("progress"));
    expect(desk.of("POST /v1/customers/c1/erase").length).to.equal(1);
    erasure = { ...erasure, state: "done", removed: counts, doneAt: new Date().toISOString() };
    await waitUntil(() => said().includes("Nothing of them is left"), "the end", { timeout: 4000 });
    await expect(dialog).to.be.accessible();
    [...dialog.renderRoot.querySelectorAll("button")].find((one) => one.textContent?.includes("Close"))!.click();
    await waitUntil(() => location.pathname === "/admin/customers");
  });
});
