import mongoose from "mongoose";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestApp, type TestApp } from "../../../test/support/app.ts";
import { buildCustomer, buildSite, buildStaff, buildTicket } from "../../../test/support/factories.ts";
import { until } from "../../../test/support/until.ts";

let app: TestApp;
beforeAll(async () => {
  app = await startTestApp({ roles: ["http", "relay", "worker"] });
});
afterAll(() => app.close());

interface Entry {
  stream: string;
  entry?: { type: string; data: { id: string; mergedInto: string | null; commentCount: number } };
}
const table = (name: string) => mongoose.connection.collection(name);
const settled = () =>
  until(async () => (await table("events").countDocuments({ "pending.0": { $exists: true } })) === 0, {
    what: "every reaction is done",
  });

it("T18 shows both tickets anew to staff and customer, and sends no notice and no mail again", async () => {
  const site = await buildSite();
  const customer = await buildCustomer(app, site);
  const agent = await buildStaff(app, site);
  const target = await buildTicket(app, customer);
  const source = await buildTicket(app, customer);
  for (const { id } of [source, target]) {
    await app.patch(`/v1/support/tickets/${id}`, { as: site.secretKey, body: { assigneeId: agent.id } });
    await app.post(`/v1/support/tickets/${id}/comments`, { as: agent, body: { body: "An answer" } });
    await app.post(`/v1/support/tickets/${id}/comments`, { as: customer, body: { body: "Thank you" } });
  }
  await settled();
  const counts = () => Promise.all(["notifications", "emails"].map((name) => table(name).countDocuments()));
  const before = await counts();
  expect(before.every((count) => count > 0)).toBe(true);
  const lastEntry = await table("stream_entries").countDocuments();

  await app.post(`/v1/support/tickets/${source.id}/merge`, { as: agent, body: { into: target.id } });
  await settled();
  expect(await counts()).toEqual(before);
  const shown = (await table("stream_entries").find().sort({ _id: 1 }).toArray()) as unknown as Entry[];
  const fresh = shown.filter((one) => JSON.stringify(one).includes("ticket.merged"));
  expect(shown.length - lastEntry).toBe(4); // two tickets, to staff and to their customer
  expect(fresh).toHaveLength(4);

  await app.post(`/v1/support/tickets/${source.id}/unmerge`, { as: agent });
  await settled();
  expect(await counts()).toEqual(before);
});
