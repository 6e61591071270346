import { expect, waitUntil } from "@open-wc/testing";
import type { ActivityEntry, Import, Overview, ReportDay } from "@sidedesk/contract";
import { DeskHarness, json, problem } from "../shell/desk.harness.ts";
import { axisSteps, type LineChart } from "./line-chart.ts";
import { figuresCsv, lastDays, periodsOf } from "./periods.ts";
import { ReportsPage } from "./reports-page.ts";

const day = (at: number, part: Partial<ReportDay> = {}): ReportDay => ({
  date: new Date(Date.UTC(2026, 9, 1 + at)).toISOString().slice(0, 10),
  total: at % 5,
  resolved: at % 3,
  firstResponse: { median: at % 4 === 0 ? null : 600 * at, p90: at % 4 === 0 ? null : 1200 * at },
  resolution: { median: 7200, p90: 90_000 },
  slaMetShare: 0.9,
  csat: { average: 4.5, count: 2 },
  ...part,
});
const overview = (days = 30): Overview => ({
  from: "2026-10-01T00:00:00.000Z",
  to: "2026-10-31T00:00:00.000Z",
  timezone: "Europe/Berlin",
  totals: {
    total: 2247,
    resolved: 2205,
    byStatus: { open: 40, resolved: 2207 },
    byPriority: { high: 247, medium: 2000 },
    byCategory: { general: 2000, billing: 247 },
    openShare: 0.02,
  },
  firstResponse: { median: 2160, p90: 8460 },
  resolution: { median: 23_040, p90: 183_600 },
  slaMetShare: 0.924,
  sla: { met: 2076, breached: 171, lateBy: { median: 1560, p90: 7200 } },
  csat: { average: 4.52, count: 486 },
  perDay: Array.from({ length: days }, (_none, at) => day(at)),
});
const entry = (part: Partial<ActivityEntry> = {}): ActivityEntry => ({
  id: "e1",
  type: "ticket.status_changed",
  actor: { kind: "staff", id: "s2", name: "Jonas Whitlock" },
  before: { status: "open" },
  after: { status: "resolved" },
  createdAt: new Date().toISOString(),
  ticket: { id: "t1", number: "TKT-20261120-AAAAAAAA", subject: "It leaks", status: "resolved" },
  channel: "console",
  ...part,
});
const imported = (part: Partial<Import> = {}): Import => ({
  id: "i1",
  state: "done",
  done: 250,
  total: 250,
  imported: 248,
  rejected: 2,
  alreadyThere: 0,
  people: 0,
  filesLeft: 0,
  errors: [],
  name: "old.csv",
  by: "Ife Adair",
  createdAt: new Date().toISOString(),
  finishedAt: new Date().toISOString(),
  problem: null,
  ...part,
});

describe("<desk-reports>", () => {
  let desk: DeskHarness;
  let element: ReportsPage;
  const part = (name: string) => element.renderRoot.querySelector<HTMLElement & { renderRoot: ShadowRoot }>(name)!;
  const text = (name: string) => part(name)?.shadowRoot?.textContent?.replace(/\s+/g, " ") ?? "";
  const press = (name: string, label: string) =>
    [...part(name).shadowRoot!.querySelectorAll("button")].find((one) => one.textContent.trim() === label)!.click();

  async function open(section = "", role: "owner" | "agent" = "owner"): Promise<void> {
    desk.on("POST /v1/staff/refresh", () => json(desk.staffSession(role)));
    await desk.session.start();
    element = new ReportsPage();
    element.section = section;
    desk.root.append(element);
    await element.updateComplete;
  }

  beforeEach(async () => {
    desk = await new DeskHarness().start();
    desk.on("GET /v1/reports/overview", () => json(overview()));
    desk.on("GET /v1/activity", () => json({ data: [entry()], nextCursor: null }));
    desk.on("GET /v1/imports", () => json({ data: [imported()], nextCursor: null }));
  });
  afterEach(() => desk.stop());

  it("shows figures, two charts with their finding as name, and the same numbers as a table", async () => {
    await open();
    const section = "desk-report-figures";
    await waitUntil(() => text(section).includes("2,247"));
    for (const words of [
      "2,205 solved",
      "36 min",
      "9 in 10 within 2 h 21 min",
      "92.4%",
      "171 late, half of them by 26 min or more",
      "4.5",
      "of 5, 486 answers",
    ])
      expect(text(section)).to.contain(words);
    const charts = [...part(section).shadowRoot!.querySelectorAll<LineChart>("desk-line-chart")];
    const names = charts.map((chart) => chart.renderRoot.querySelector("[role=img]")!.getAttribute("aria-label"));
    expect(names[0]).to.contain("The median is 36 min");
    expect(names[1]).to.contain("2,247 asked, 2,205 solved");
    expect(part(section).shadowRoot!.querySelectorAll("tbody")[3]!.rows).to.have.length(30);
    await expect(element).to.be.accessible();
  });

  it("is asked for other days by a press or by dates, and keeps the old figures until the new ones are there", async () => {
    await open();
    const section = "desk-report-figures";
    await waitUntil(() => text(section).includes("2,247"));
    desk.on("GET /v1/reports/overview", () => problem(503, "unavailable"));
    press(section, "7 days");
    await waitUntil(() => text(section).includes("Try again"));
    expect(text(section)).to.contain("2,247");
    desk.on("GET /v1/reports/overview", () => json({ ...overview(7), totals: { ...overview().totals, total: 7 } }));
    press(section, "Try again");
    await waitUntil(() => !text(section).includes("2,247"));
    const { search } = desk.of("GET /v1/reports/overview").at(-1)!;
    expect((Date.parse(search.get("to")!) - Date.parse(search.get("from")!)) / 86_400_000).to.equal(6);
    const from = part(section).shadowRoot!.querySelector<HTMLInputElement>("#from")!;
    from.value = "2026-09-01";
    from.dispatchEvent(new Event("change", { bubbles: true }));
    await waitUntil(() => desk.of("GET /v1/reports/overview").at(-1)!.search.get("from") === "2026-09-01");
  });

  it("steps through a chart's points by arrow keys and reads them out", async () => {
    await open();
    await waitUntil(() => text("desk-report-figures").includes("2,247"));
    const chart = part("desk-report-figures").shadowRoot!.querySelector<LineChart>("desk-line-chart")!;
    const frame = chart.renderRoot.querySelector<HTMLElement>(".frame")!;
    const key = async (name: string) => {
      frame.dispatchEvent(new KeyboardEvent("keydown", { key: name, bubbles: true, cancelable: true }));
      await chart.updateComplete;
      return chart.renderRoot.querySelector("output")!.textContent;
    };
    expect(await key("Home"))
      .to.contain("Oct 1")
      .and.to.contain("–");
    expect(await key("ArrowRight"))
      .to.contain("Oct 2")
      .and.to.contain("Median: 10 min");
    expect(await key("End")).to.contain("Oct 30");
  });

  it("lists who did what, what was before, and a way to the ticket; narrows it", async () => {
    await open("activity");
    const section = "desk-report-activity";
    await waitUntil(() => text(section).includes("Jonas Whitlock changed the status"));
    expect(text(section)).to.contain("Status: Open → Resolved").and.to.contain("Console");
    expect(part(section).shadowRoot!.querySelector("li a")!.getAttribute("href")).to.contain("TKT-20261120-AAAAAAAA");
    desk.on("GET /v1/activity", () => json({ data: [], nextCursor: null }));
    const type = part(section).shadowRoot!.querySelector<HTMLSelectElement>("#kind")!;
    type.value = "ticket.rated";
    type.dispatchEvent(new Event("change", { bubbles: true }));
    await waitUntil(() => text(section).includes("Nothing like that has happened"));
    expect(desk.of("GET /v1/activity").at(-1)!.search.get("type")).to.equal("ticket.rated");
    await expect(element).to.be.accessible();
  });

  it("uploads a file, shows how far it is, and the rows that were not taken", async () => {
    await open("imports");
    const section = "desk-report-imports";
    await waitUntil(() => text(section).includes("Rows not taken: 2"));
    desk.on("GET /v1/imports/i1", () => json(imported({ errors: [{ row: 12, message: "subject: too short" }] })));
    press(section, "Show them");
    await waitUntil(() => text(section).includes("subject: too short"));
    desk.on("POST /v1/imports", () => json({ id: "i2" }, 202));
    let done = 100;
    desk.on("GET /v1/imports", () =>
      json({
        data: [
          imported({
            id: "i2",
            state: done < 250 ? "running" : "done",
            done: (done += 100),
            rejected: 0,
            filesLeft: 31,
          }),
        ],
        nextCursor: null,
      }),
    );
    const input = part(section).shadowRoot!.querySelector<HTMLInputElement>("input[type=file]")!;
    const files = new DataTransfer();
    files.items.add(new File(["subject,description,email\n"], "new.csv", { type: "text/csv" }));
    input.files = files.files;
    part(section).shadowRoot!.querySelector("form")!.requestSubmit();
    await waitUntil(() => text(section).includes("200 of 250 rows"), `progress in ${text(section)}`, { timeout: 4000 });
    await waitUntil(() => text(section).includes("Done: 248 tickets"), "the end", { timeout: 4000 });
    expect(text(section)).to.contain("Attached files that stayed behind: 31").and.not.to.contain("Were there already");
    await expect(element).to.be.accessible();
    element.remove();
    desk.on("GET /v1/imports", () => json({ data: [imported({ imported: 1 })], nextCursor: null }));
    await open("imports");
    await waitUntil(() => text(section).includes("Done: 1 ticket"), "one");
    expect(text(section)).not.to.contain("1 tickets");
  });

  it("keeps imports to those who may, and says what a file was refused for", async () => {
    await open("imports", "agent");
    await waitUntil(() => text("desk-report-figures").includes("2,247"));
    expect(element.renderRoot.querySelector("nav")!.textContent).not.to.contain("Imports");
  });

  it("exports with progress, and can be stopped", async () => {
    await open("export");
    const section = "desk-report-export";
    let push!: (text: string) => void;
    let cancelled = false;
    desk.on("GET /v1/support/exports/tickets.csv", () => {
      const body = new ReadableStream({
        start: (controller) => (push = (piece) => controller.enqueue(new TextEncoder().encode(piece))),
        cancel: () => void (cancelled = true),
      });
      return new Response(body, { headers: { "content-type": "text/csv", "sidedesk-total": "3" } });
    });
    await waitUntil(() => text(section).includes("Tickets as CSV"));
    press(section, "Tickets as CSV");
    await waitUntil(() => text(section).includes("Tickets: 0 of 3,"));
    push("number,subject\r\nTKT-20261120-AAAAAAAA,One\r\nTKT-2026");
    push("1120-BBBBBBBB,Two\r\n");
    await waitUntil(() => text(section).includes("Tickets: 2 of 3,"));
    await expect(element).to.be.accessible();
    press(section, "Cancel");
    await waitUntil(() => cancelled && !text(section).includes("of 3,"));
  });
});

describe("figures over time", () => {
  it("puts days together where there are many, and writes them as a file", () => {
    expect(periodsOf(overview(30).perDay)).to.have.length(30);
    const weeks = periodsOf(overview(84).perDay);
    expect(weeks).to.have.length(12);
    expect(weeks.reduce((sum, { total }) => sum + total, 0)).to.equal(
      overview(84).perDay.reduce((sum, { total }) => sum + total, 0),
    );
    const lines = figuresCsv(overview(2)).split("\r\n");
    expect(lines).to.have.length(4);
    expect(lines[2]).to.equal("2026-10-02,1,1,600,1200,7200,90000,0.9,4.5,2");
    expect(lastDays(7, "Asia/Tokyo", Date.parse("2026-03-01T20:00:00Z"))).to.deep.equal({
      from: "2026-02-24",
      to: "2026-03-02",
    });
  });

  it("has an axis of round steps that reaches above the largest value", () => {
    for (const largest of [0, 1, 7, 59, 61, 3599, 86_400, 1e7]) {
      const steps = axisSteps(largest, [60, 3600, 86_400]);
      expect(steps.at(-1)!).to.be.at.least(largest);
      expect(steps.length).to.be.within(2, 6);
    }
  });
});
