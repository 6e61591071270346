import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { checkScanner } from "../../api/src/attachments/index.ts";
import { problemOf, startTestApp, type TestApp } from "../support/app.ts";
import { buildCustomer, buildSite, type TestCustomer } from "../support/factories.ts";
import { upload } from "../support/files.ts";

let app: TestApp;
let customer: TestCustomer;

beforeAll(async () => {
  app = await startTestApp({ env: { SIDEDESK_SCAN: "" } });
  customer = await buildCustomer(app, await buildSite());
});
afterAll(() => app.close());

describe("T8 attachments without a scanner, and without saying that none is wanted", () => {
  it("are 503, large ones too, and the doctor says so", async () => {
    for (const content of ["hello", Buffer.alloc(9 * 1024 * 1024, "text ")]) {
      const refused = await upload(app, customer, content);
      expect([refused.status, problemOf(refused).code]).toEqual([503, "unavailable"]);
    }
    await expect(checkScanner()).resolves.toContain("uploads are refused");
  });
});
