import { expect, waitUntil } from "@open-wc/testing";
import type { CustomerDetail, CustomerPatch } from "@sidedesk/contract";
import { CustomerPage } from "../customers/customer-page.ts";
import type { HoursEditor } from "../setup/hours-editor.ts";
import { CategoriesSection } from "../setup/categories-section.ts";
import { DeadlinesSection } from "../setup/deadlines-section.ts";
import { SiteSection } from "../setup/site-section.ts";
import { TeamsSection } from "../setup/teams-section.ts";
import { DeskHarness, json, problem } from "./desk.harness.ts";
import { LeaveDialog } from "./leave-dialog.ts";
import { guardExits, whenFree } from "./unsaved.ts";

describe("what is not saved", () => {
  let desk: DeskHarness;
  let dialog: LeaveDialog;
  let endGuard: () => void;
  let gone: string[];
  const before = location.href;
  const site = { id: "1", slug: "demo", name: "Demo", locale: "en", timezone: "UTC", origins: [], brandColor: null };
  const isAsked = () => dialog.renderRoot.querySelector("dialog")!.open;
  const answer = (name: string) =>
    [...dialog.renderRoot.querySelectorAll("button")].find((one) => one.textContent.trim() === name)!.click();
  const type = (field: HTMLInputElement | HTMLTextAreaElement, value: string) => {
    field.focus();
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
  };
  /** Whether one could go on at once. */
  const isFree = () => {
    let wentOn = false;
    whenFree(() => (wentOn = true));
    if (!wentOn) answer("Stay here");
    return wentOn;
  };
  const put = async <T extends CustomerPage | SiteSection | TeamsSection | CategoriesSection | DeadlinesSection>(
    section: T,
  ) => {
    desk.root.append(section);
    await waitUntil(() => section.renderRoot.querySelector("form"), "the section is there");
    return section;
  };
  const press = (root: ParentNode, name: string) =>
    [...root.querySelectorAll("button")].find((one) => (one.ariaLabel ?? one.textContent.trim()) === name)!.click();

  beforeEach(async () => {
    desk = await new DeskHarness().start();
    gone = [];
    desk.on("GET /v1/sites/demo", () => json(site));
    desk.on("GET /v1/teams", () => json({ data: [], nextCursor: null }));
    desk.on("GET /v1/sites/demo/settings", () =>
      json({
        portal: {},
        categories: [{ key: "general", label: "General", fields: [] }],
        sla: { critical: 60, high: 240, medium: 1440, low: 2880, warnAt: 75, businessHours: null, escalation: null },
      }),
    );
    dialog = new LeaveDialog();
    desk.root.append(dialog);
    await dialog.updateComplete;
    endGuard = guardExits({ ask: (leave) => dialog.ask(leave), go: (path) => gone.push(path) });
    history.pushState({}, "", "/before");
    history.pushState({}, "", "/admin/setup");
  });
  afterEach(() => {
    endGuard();
    desk.stop();
    history.replaceState({}, "", before);
  });

  const openSite = async () => {
    const section = await put(new SiteSection());
    return { section, name: section.renderRoot.querySelector<HTMLInputElement>("#name")! };
  };

  it("is asked about by links, and by what calls, and goes with who says so", async () => {
    const { name } = await openSite();
    const link = document.createElement("a");
    link.href = "/admin/customers?q=a#b";
    desk.root.append(link);
    addEventListener("click", (event) => event.preventDefault(), { once: true }); // as the router does
    link.click();
    expect(isAsked(), "nothing is typed").to.equal(false);
    type(name, "Tarnside");
    expect(isFree()).to.equal(false);
    link.click();
    expect(isAsked()).to.equal(true);
    await expect(dialog).to.be.accessible();
    answer("Stay here");
    expect([isAsked(), gone, name.value]).to.deep.equal([false, [], "Tarnside"]);
    link.click();
    answer("Leave without saving");
    expect([isAsked(), gone]).to.deep.equal([false, ["/admin/customers?q=a#b"]]);
  });

  it("does not hold up another window, a link to here, or who typed what was there", async () => {
    const { name } = await openSite();
    type(name, "Tarnside");
    const heard = () => {
      let isPrevented = true;
      addEventListener("click", (event) => ((isPrevented = event.defaultPrevented), event.preventDefault()), {
        once: true,
      });
      return () => isPrevented;
    };
    for (const [href, target, init] of [
      ["/admin/customers", "_blank", {}],
      ["/admin/customers", "", { ctrlKey: true }],
      ["/admin/setup#below", "", {}],
    ] as const) {
      const link = Object.assign(document.createElement("a"), { href, target });
      desk.root.append(link);
      const wasPrevented = heard();
      link.dispatchEvent(new MouseEvent("click", { bubbles: true, composed: true, cancelable: true, ...init }));
      expect([wasPrevented(), isAsked()], href).to.deep.equal([false, false]);
    }
    type(name, "Demo");
    expect(isFree()).to.equal(true);
  });

  it("keeps the page when somebody goes back or reloads, and goes back when they say so", async () => {
    const { name } = await openSite();
    const unload = () => {
      const event = new Event("beforeunload", { cancelable: true });
      dispatchEvent(event);
      return event.defaultPrevented;
    };
    expect(unload()).to.equal(false);
    type(name, "Tarnside");
    expect(unload()).to.equal(true);
    const heard: string[] = [];
    const router = () => heard.push(location.pathname);
    addEventListener("popstate", router);
    history.back();
    await waitUntil(isAsked);
    expect([location.pathname, heard]).to.deep.equal(["/admin/setup", []]);
    answer("Leave without saving");
    await waitUntil(() => heard.length > 0);
    removeEventListener("popstate", router);
    expect(heard).to.deep.equal(["/before"]);
  });

  it("is there while a save is refused, and is none once it is saved, however the desk keeps it", async () => {
    const { section, name } = await openSite();
    const save = () => press(section.renderRoot, "Save");
    type(name, " Tarnside");
    desk.on("PATCH /v1/sites/demo", () => problem(422, "validation_failed"));
    save();
    await waitUntil(() => section.renderRoot.querySelector(".problem")?.textContent.trim());
    expect(isFree(), "it was refused").to.equal(false);
    desk.on("PATCH /v1/sites/demo", () => json({ ...site, name: "Tarnside and Daughters" }));
    type(name, " Tarnside and Daughters ");
    save();
    await waitUntil(() => desk.toasts.all.length === 1);
    expect(isFree(), "saved").to.equal(true);
    await new Promise((resolve) => setTimeout(resolve));
    expect(name.value).to.equal("Tarnside and Daughters");
    expect(isFree(), "drawn as it is kept").to.equal(true);
    type(name, "Tarnside and Daughters");
    expect(isFree()).to.equal(true);
    type(name, "Tarnside");
    expect(isFree()).to.equal(false);
  });

  it("is none where a form is emptied, as by a new origin, a team that is left, or a category that was looked at", async () => {
    const { section } = await openSite();
    const origin = section.renderRoot.querySelector<HTMLInputElement>("[name=origin]")!;
    desk.on("PATCH /v1/sites/demo", () => json({ ...site, origins: ["https://a.example"] }));
    type(origin, "https://a.example");
    expect(isFree()).to.equal(false);
    press(section.renderRoot, "Add origin");
    await waitUntil(() => desk.toasts.all.length === 1 && origin.value === "");
    await new Promise((resolve) => setTimeout(resolve));
    expect(isFree()).to.equal(true);
    section.remove();

    const team = { id: "t", name: "Billing", memberIds: [], roundRobin: false, createdAt: "" };
    desk.on("GET /v1/teams", () => json({ data: [team], nextCursor: null }));
    desk.on("GET /v1/staff", () => json({ data: [], nextCursor: null }));
    desk.on("GET /v1/staff/load", () => json({ teams: [], staff: [] }));
    const teams = await put(new TeamsSection());
    press(teams.renderRoot, "Change Billing");
    await teams.updateComplete;
    const name = teams.renderRoot.querySelector<HTMLInputElement>("#team-name")!;
    await waitUntil(() => name.value === "Billing");
    type(name, "Bills");
    expect(isFree()).to.equal(false);
    press(teams.renderRoot, "Cancel");
    await waitUntil(() => name.value === "");
    expect(isFree()).to.equal(true);
    teams.remove();

    const categories = await put(new CategoriesSection());
    const first = categories.renderRoot.querySelector<HTMLButtonElement>("[aria-expanded]")!;
    first.focus();
    first.click();
    await categories.updateComplete;
    expect(isFree()).to.equal(true);
    press(categories.renderRoot, "Add a category");
    expect(isFree()).to.equal(false);
    press(categories.renderRoot, "Undo");
    expect(isFree()).to.equal(true);
  });

  it("is what staff note about a customer, until it is saved or another customer is there", async () => {
    const customer = (id: string): CustomerDetail => ({
      ...{ id, externalId: null, name: "Mara", email: `${id}@example.com`, notes: "", unsubscribed: false },
      ...{ createdAt: new Date().toISOString(), lastSeenAt: new Date().toISOString(), recentTickets: [] },
      tickets: { total: 0, open: 0, firstAt: null, lastAt: null },
    });
    for (const id of ["c1", "c2"]) desk.on(`GET /v1/customers/${id}`, () => json(customer(id)));
    desk.on("PATCH /v1/customers/c1", ({ body }) => json({ ...customer("c1"), ...(body as CustomerPatch) }));
    const page = Object.assign(new CustomerPage(), { customerId: "c1" });
    await put(page);
    const notes = () => page.renderRoot.querySelector<HTMLTextAreaElement>("#notes")!;
    type(notes(), "Rings on Mondays.");
    expect(isFree()).to.equal(false);
    press(page.renderRoot, "Save");
    await waitUntil(() => desk.toasts.all.length === 1);
    await new Promise((resolve) => setTimeout(resolve));
    expect(isFree()).to.equal(true);
    type(notes(), "Rings on Tuesdays.");
    expect(isFree()).to.equal(false);
    page.customerId = "c2";
    await waitUntil(() => page.renderRoot.querySelector<HTMLInputElement>("#email")?.value === "c2@example.com");
    expect([isFree(), notes().value]).to.deep.equal([true, ""]);
  });

  it("is also what a part of a section holds that has a form of its own", async () => {
    const section = await put(new DeadlinesSection());
    const editor = section.renderRoot.querySelector<HoursEditor>("desk-hours")!;
    await editor.updateComplete;
    const box = editor.renderRoot.querySelector<HTMLInputElement>("[role=switch]")!;
    box.focus();
    box.click();
    await editor.updateComplete;
    expect(isFree()).to.equal(false);
    desk.on("PATCH /v1/sites/demo/settings", ({ body }) =>
      json({ sla: { warnAt: 75, escalation: null, ...(body["sla"] as object) } }),
    );
    press(editor.renderRoot, "Save hours");
    await waitUntil(() => desk.toasts.all.length === 1);
    await new Promise((resolve) => setTimeout(resolve));
    expect(isFree()).to.equal(true);
  });
});
