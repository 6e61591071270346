import { Types } from "mongoose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestApp, type TestApp } from "../../../test/support/app.ts";
import { buildCustomer, buildSite, buildTicket } from "../../../test/support/factories.ts";
import { until } from "../../../test/support/until.ts";
import { emails } from "../channels/email.model.ts";
import { events } from "../core/events/event.model.ts";
import { drainEvents } from "../core/events/relay.ts";
import { startJobs } from "../core/jobs/run-jobs.ts";
import { runDoctor } from "../doctor.ts";
import { deliverJob } from "../webhooks/deliver.job.ts";
import { deliveries } from "../webhooks/delivery.model.ts";
import { exposeFigures } from "./figures.ts";

const ago = (seconds: number): Date => new Date(Date.now() - seconds * 1000);
let app: TestApp;

beforeAll(async () => {
  app = await startTestApp({ env: { SIDEDESK_OUTBOUND_ALLOW: "127.0.0.0/8" } });
  exposeFigures();
  const site = await buildSite();
  const body = { url: "http://127.0.0.1:1/hook", events: ["ticket.created"] };
  expect((await app.post("/v1/webhooks", { as: site.secretKey, body })).status).toBe(201);
  const customer = await buildCustomer(app, site);
  for (let count = 0; count < 3; count += 1) await buildTicket(app, customer);
});
afterAll(() => app.close());

const ready = async () => (await app.get("/health/ready")).body as { status: string; problems: { name: string }[] };
async function doctor(): Promise<string> {
  const lines: string[] = [];
  await runDoctor((line) => lines.push(line));
  return lines.join("\n");
}
/** Attempts of every class, of all that this process has delivered. */
async function attempts(): Promise<number> {
  const { body } = await app.get("/metrics");
  const lines = String(body).matchAll(/^sidedesk_webhook_attempts_total\{class="\w+"\} (\d+)$/gm);
  return [...lines].reduce((sum, [, count]) => sum + Number(count), 0);
}
/** A figure of /metrics; the newest, since they are read for a second. */
async function figure(name: string): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 1100));
  const { body } = await app.get("/metrics");
  const line = String(body)
    .split("\n")
    .find((one) => one.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1));
}

describe("S6 what is behind", () => {
  it("is named by metrics, /health/ready and the doctor, with since when: an event, a delivery, a lost worker's lease", async () => {
    // An event of ten minutes ago that nobody relays.
    const [event] = await events().find({ type: "ticket.created" }).limit(1).toArray();
    await events().deleteOne({ _id: event!._id });
    await events().insertOne({
      ...event!,
      _id: Types.ObjectId.createFromTime(ago(600).getTime() / 1000).toHexString(),
      nextAt: ago(600),
    });
    expect(await figure("sidedesk_events_oldest_pending_seconds")).toBeGreaterThanOrEqual(600);
    const waiting = await ready();
    expect(waiting.status).toBe("ok"); // behind is not broken: nothing is won by taking it from the balancer
    expect(waiting.problems).toContainEqual({
      name: "events",
      detail: expect.stringContaining("3 wait"),
      since: expect.any(String),
    });
    expect(await doctor()).toMatch(/^WRONG Work: events: 3 wait; .* \(since 20/m);
    await drainEvents();

    // A delivery that was due an hour ago, and one that a worker took and never gave back.
    const [late, lost] = await deliveries().find({}).limit(2).toArray();
    await deliveries().updateOne({ _id: late!._id }, { $set: { createdAt: ago(3600), nextAttemptAt: ago(3600) } });
    const lease = { state: "inflight" as const, lease: "gone", leaseUntil: ago(120), attempt: 1 };
    await deliveries().updateOne({ _id: lost!._id }, { $set: lease, $unset: { nextAttemptAt: "" } });
    expect(await figure('sidedesk_jobs_oldest_due_seconds{job="webhooks.deliver"}')).toBeGreaterThanOrEqual(3600);
    expect(await figure('sidedesk_jobs_expired_leases{job="webhooks.deliver"}')).toBe(1);
    expect(await figure('sidedesk_jobs{job="webhooks.deliver",state="due"}')).toBe(2);
    expect(await figure('sidedesk_jobs{job="channels.mail",state="due"}')).toBe(3);
    const said = await doctor();
    expect(said).toMatch(/webhooks\.deliver: 2 are due and nobody takes them/);
    expect(said).toMatch(/webhooks\.deliver: 1 were taken by workers that are gone, and no other takes them back/);

    // A worker comes: attempts are counted by their class, tries by what came of them, and nothing is behind any more.
    const earlier = await attempts(); // of files before this one in the same process
    const running = await startJobs([deliverJob]);
    await until(async () => (await deliveries().countDocuments({ failures: { $gte: 1 } })) === 3, { what: "attempts" });
    await running.stop();
    expect(await figure('sidedesk_job_tries_total{job="webhooks.deliver",outcome="retry"}')).toBeGreaterThanOrEqual(3);
    expect((await attempts()) - earlier).toBe(3);
    await emails().updateMany({}, { $set: { nextAttemptAt: new Date(Date.now() + 60_000) } });
    const calm = await doctor();
    expect(calm).toMatch(/^ok {4}Work: nothing is behind, nothing was given up$/m);
    expect(calm).toMatch(/^ok {4}Ledger: no night has been checked yet$/m);
  });

  it("names a dependency that is down, and since when", async () => {
    const first = (await ready()).problems.find(({ name }) => name === "mail");
    expect(first).toEqual({ name: "mail", detail: "does not answer", since: expect.any(String) });
    expect((await ready()).problems).toContainEqual(first); // the same moment still
  });

  it("says what was given up and waits for somebody to repeat it", async () => {
    await emails().updateMany({}, { $set: { state: "failed", settledAt: new Date() }, $unset: { nextAttemptAt: "" } });
    expect(await doctor()).toMatch(/^ok {4}Work: nothing is behind; given up, .*: 3 of channels\.mail$/m);
    expect(await figure('sidedesk_jobs{job="channels.mail",state="failed"}')).toBe(3);
  });
});
