import { expect, waitUntil } from "@open-wc/testing";
import type { AuditEntry, Operations } from "@sidedesk/contract";
import { DeskHarness, json, problem } from "../shell/desk.harness.ts";
import { AuditPart } from "./audit-part.ts";
import { StatePart } from "./state-part.ts";

const entry = (id: string, part: Partial<AuditEntry> = {}): AuditEntry => ({
  id,
  action: "settings.changed",
  actor: { kind: "staff", id: "s1", name: "Ife Adair" },
  target: { type: "site", id: "x", name: "Tarnside" },
  before: { retentionDays: 90 },
  after: { retentionDays: 30 },
  createdAt: new Date().toISOString(),
  ...part,
});
const state: Operations = {
  queues: [{ name: "channels.mail", due: 1, waiting: 2, inflight: 3 }],
  relay: { pending: 4, lagSeconds: 70 },
  connections: 5,
  storage: { databaseBytes: 1_000_000, tickets: 6, comments: 7, files: 8 },
  uploads: { maxBytes: 10 * 1024 * 1024, scanner: "on" },
  versions: { sidedesk: "1", node: "20", mongodb: "6" },
  retention: { state: "running", retentionDays: 90, due: 9, nextRunAt: null, run: null, error: null },
  problems: [{ name: "events", detail: "4 wait; is anybody there?", since: new Date().toISOString() }],
  erasures: [
    {
      id: "e1",
      state: "done",
      removed: { tickets: 10, comments: 11, files: 12, notifications: 13 },
      expected: { tickets: 10, comments: 11, files: 12, notifications: 13 },
      askedAt: new Date().toISOString(),
      doneAt: new Date().toISOString(),
    },
  ],
};

describe("operations", () => {
  let desk: DeskHarness;
  beforeEach(async () => {
    desk = await new DeskHarness().start();
  });
  afterEach(() => desk.stop());
  const text = (element: AuditPart | StatePart) => element.renderRoot.textContent?.replace(/\s+/g, " ") ?? "";

  it("<desk-operations-audit> tells who did what, before and after, by kind and person, page by page", async () => {
    desk.on("GET /v1/audit", ({ search }) =>
      search.get("cursor")
        ? json({
            data: [entry("a2", { action: "key.deleted", before: { kind: "secret" }, after: null })],
            nextCursor: null,
          })
        : search.get("action")
          ? json({ data: [], nextCursor: null })
          : json({ data: [entry("a1")], nextCursor: "older" }),
    );
    const element = new AuditPart();
    desk.root.append(element);
    await waitUntil(() => text(element).includes("Changed settings"));
    expect(text(element)).to.contain("Ife Adair").and.to.contain("Retention: 90 days → 30 days");
    await expect(element).to.be.accessible();
    [...element.renderRoot.querySelectorAll("button")].find((one) => one.textContent?.includes("Show older"))!.click();
    await waitUntil(() => text(element).includes("Deleted a key"));
    const kind = element.renderRoot.querySelector<HTMLSelectElement>("#kind")!;
    kind.value = "keys";
    kind.dispatchEvent(new Event("change", { bubbles: true }));
    await waitUntil(() => text(element).includes("Nothing like that has happened"));
    expect(desk.of("GET /v1/audit").at(-1)?.search.get("action")).to.match(/^key\.created,key\.deleted,/);
    [...element.renderRoot.querySelectorAll("button")]
      .find((one) => one.textContent?.includes("Clear filters"))!
      .click();
    await waitUntil(() => text(element).includes("Changed settings"));
  });

  it("<desk-operations-audit> says values in words: names for ids, and how many where no name is known", async () => {
    const [known, unknown] = ["6b01c0a1d0a1d0a1d0a1d0a1", "6b01c0a1d0a1d0a1d0a1d0a2"];
    desk.directory.meet({ id: known, name: "Ife Adair" });
    const part = { action: "team.created", before: null } as const;
    desk.on("GET /v1/audit", () =>
      json({
        data: [
          entry("a1", { ...part, after: { memberIds: [known], roundRobin: true } }),
          entry("a2", { ...part, after: { memberIds: [known, unknown] } }),
          entry("a3", { action: "staff.signed_in", before: null, after: { ip: "192.0.2.7" } }),
          entry("a4", { action: "customer.erased", before: null, after: { erasureId: unknown, tickets: 3 } }),
          entry("a5", { after: { categories: [{ key: "b", label: "Billing" }], "sla.warnAt": 80 }, before: null }),
          entry("a6", { action: "webhook.changed", before: { state: "active" }, after: { state: "paused" } }),
          entry("a7", { action: "staff.changed", before: { role: "viewer" }, after: { role: "agent" } }),
          entry("a8", { action: "key.deleted", before: { kind: "secret", label: "Shop" }, after: null }),
        ],
        nextCursor: null,
      }),
    );
    const element = new AuditPart();
    desk.root.append(element);
    await waitUntil(() => text(element).includes("Members"));
    for (const words of [
      "Members: Ife Adair",
      "In turn: Yes",
      "Members: 2",
      "Network address: 192.0.2.7",
      "Tickets: 3",
      "Categories: Billing",
      "sla, warn at: 80",
      "Status: On → Paused",
      "Role: Viewer → Agent",
      "Kind: Secret, for your servers",
      "What it is for: Shop",
    ])
      expect(text(element)).to.contain(words);
    expect(text(element)).not.to.match(/6b01|[[\]{}"]/);
  });

  it("<desk-operations-state> shows figures, queues, retention and erasures, and what went wrong", async () => {
    desk.on("GET /v1/operations", () => problem(503, "unavailable"));
    const element = new StatePart();
    desk.root.append(element);
    await waitUntil(() => text(element).includes("Try again"));
    desk.on("GET /v1/operations", () => json(state));
    element.renderRoot.querySelector("button")!.click();
    await waitUntil(() => text(element).includes("channels.mail"));
    for (const words of [
      "Tickets: 6, comments: 7, files: 8",
      "kept for 90 days; 9 are over",
      "Running now",
      "4 wait; is anybody there?",
      "Tickets: 10, comments: 11, files: 12",
    ])
      expect(text(element)).to.contain(words);
    await expect(element).to.be.accessible();
  });
});
