import { afterAll } from "vitest";
import { startTestApp, type TestApp } from "./app.ts";
import { buildCustomer, buildSite, buildStaff, type TestCustomer, type TestSite, type TestStaff } from "./factories.ts";

export interface TestDesk {
  app: TestApp;
  site: TestSite;
  customer: TestCustomer;
  agent: TestStaff;
}

/**
 * What most tests of the API begin with: the app, and a site with one customer and one agent. Awaited at the top of a test
 * file; the app is closed after the file's last test.
 */
export async function startTestDesk(
  options?: Parameters<typeof startTestApp>[0],
  agent?: Parameters<typeof buildStaff>[2],
): Promise<TestDesk> {
  const app = await startTestApp(options);
  afterAll(() => app.close());
  const site = await buildSite();
  return { app, site, customer: await buildCustomer(app, site), agent: await buildStaff(app, site, agent) };
}
