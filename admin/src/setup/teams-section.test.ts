import { expect, waitUntil } from "@open-wc/testing";
import type { Team } from "@sidedesk/contract";
import { DeskHarness, json, problem } from "../shell/desk.harness.ts";
import { StaffSection } from "./staff-section.ts";
import { TeamsSection } from "./teams-section.ts";
import type { SetupSection } from "./section.ts";

const build = (part: Partial<Team>): Team => ({
  id: "t1",
  name: "Second line",
  memberIds: ["s2"],
  roundRobin: true,
  createdAt: "",
  ...part,
});

describe("T10 set-up of staff and teams", () => {
  let desk: DeskHarness;
  let element: SetupSection;
  let kept: Team[];
  const root = () => element.renderRoot as ShadowRoot;
  const rows = () => [...root().querySelectorAll("li")].map((one) => one.textContent.replace(/\s+/g, " ").trim());
  const button = (words: string) =>
    [...root().querySelectorAll("button")].find(
      (one) => one.textContent.trim() === words || one.getAttribute("aria-label") === words,
    )!;

  async function open(make: () => SetupSection): Promise<void> {
    desk = new DeskHarness();
    desk.on("POST /v1/staff/refresh", () => json(desk.staffSession("owner")));
    await desk.start();
    desk.on("GET /v1/teams", () => json({ data: kept, nextCursor: null }));
    desk.on("GET /v1/staff/load", () =>
      json({ staff: [{ id: "s2", openTickets: 7 }], teams: [{ id: "t1", openTickets: 1 }], unassigned: 3 }),
    );
    element = make();
    desk.root.append(element);
    await waitUntil(() => root().querySelector("h2"));
  }
  beforeEach(() => (kept = [build({})]));
  afterEach(() => desk.stop());

  it("lists teams with members, turns and load, and says what they are for when there are none", async () => {
    await open(() => new TeamsSection());
    expect(rows()[0])
      .to.contain("Second line")
      .and.contain("Jonas Whitlock")
      .and.contain("In turn")
      .and.contain("1 open");
    await expect(element).to.be.accessible();
    kept = [];
    await element["load"]();
    await waitUntil(() => root().textContent.includes("No teams yet"));
  });

  it("makes one, changes one, and keeps what was typed when the desk refuses", async () => {
    await open(() => new TeamsSection());
    const name = root().querySelector<HTMLInputElement>("#team-name")!;
    name.value = "Billing";
    root().querySelector<HTMLInputElement>("[value=s1]")!.click();
    desk.on("POST /v1/teams", () => problem(400, "validation_failed", { detail: "Not like that." }));
    button("Make team").click();
    await waitUntil(() => root().textContent.includes("Not like that."));
    expect([name.value, root().querySelector<HTMLInputElement>("[value=s1]")!.checked]).to.deep.equal([
      "Billing",
      true,
    ]);
    desk.on("POST /v1/teams", ({ body }) => json(build({ ...body, id: "t2" }), 201));
    button("Make team").click();
    await waitUntil(() => desk.of("POST /v1/teams").length === 2);
    expect(desk.of("POST /v1/teams")[1]!.body).to.deep.equal({ name: "Billing", memberIds: ["s1"], roundRobin: false });
    await waitUntil(() => root().querySelector<HTMLInputElement>("#team-name")!.value === "");

    desk.on("PATCH /v1/teams/t1", ({ body }) => json(build(body)));
    button("Change Second line").click();
    await element.updateComplete;
    expect(name.value).to.equal("Second line");
    expect(root().querySelector<HTMLInputElement>("[value=s2]")!.checked).to.equal(true);
    root().querySelector<HTMLInputElement>("[name=roundRobin]")!.click();
    button("Save team").click();
    await waitUntil(() => desk.of("PATCH /v1/teams/t1").length === 1);
    expect(desk.of("PATCH /v1/teams/t1")[0]!.body).to.deep.equal({
      name: "Second line",
      memberIds: ["s2"],
      roundRobin: false,
    });
  });

  it("asks before a team is deleted", async () => {
    await open(() => new TeamsSection());
    desk.on("DELETE /v1/teams/t1", () => new Response(null, { status: 204 }));
    button("Delete Second line").click();
    const dialog = root().querySelector("dialog")!;
    await waitUntil(() => dialog.open);
    button("Keep it").click();
    await waitUntil(() => !dialog.open);
    expect(desk.of("DELETE /v1/teams/t1")).to.deep.equal([]);
    button("Delete Second line").click();
    await waitUntil(() => dialog.open);
    kept = [];
    button("Delete team").click();
    await waitUntil(() => root().textContent.includes("No teams yet"));
  });

  it("shows who has how much and who is away, and sets somebody away", async () => {
    await open(() => new StaffSection());
    expect(rows()[1]).to.contain("Jonas Whitlock").and.contain("7 open");
    desk.on("PATCH /v1/staff/s2", () => json({}));
    const menu = root().querySelectorAll("sd-menu")[1]!;
    menu.renderRoot.querySelector("button")!.click();
    await waitUntil(() => menu.renderRoot.querySelector("[role=menuitem]"));
    menu.renderRoot.querySelector<HTMLElement>("[role=menuitem]")!.click();
    await waitUntil(() => desk.of("PATCH /v1/staff/s2").length === 1);
    expect(desk.of("PATCH /v1/staff/s2")[0]!.body).to.deep.equal({ away: true });
    await expect(element).to.be.accessible();
  });
});
