import { randomBytes } from "node:crypto";
import { startServices } from "@sidedesk/local/services";

/**
 * MongoDB and Redis for a run of vitest. `npm test` has started them already and names them; whoever runs vitest directly
 * gets fresh ones here, which end with the run.
 */
export default async function setup(): Promise<(() => Promise<void>) | undefined> {
  if (process.env["TEST_MONGODB_URI"] && process.env["TEST_REDIS_URL"]) return undefined;
  const services = await startServices();
  process.env["TEST_MONGODB_URI"] = services.mongodbUri;
  process.env["TEST_REDIS_URL"] = services.redisUrl;
  return async () => {
    delete process.env["TEST_MONGODB_URI"];
    delete process.env["TEST_REDIS_URL"];
    await services.stop();
  };
}

/** Address of the tests' MongoDB with a database of its own, by default one that nobody else has. */
export function testMongodbUri(database: string = testName()): string {
  const url = new URL(required("TEST_MONGODB_URI"));
  url.pathname = `/${database}`;
  return url.href;
}

/** Address of the tests' Redis. Give keys a prefix from {@link testName}. */
export const testRedisUrl = (): string => required("TEST_REDIS_URL");

/** A name that no other test file uses: for a database, a key prefix. */
export const testName = (): string => `t${randomBytes(6).toString("hex")}`;

/** Program and flags for `chromium.launch`. */
export const browserLaunch = (): { executablePath: string; args: string[] } => ({
  executablePath: process.env["CHROME_PATH"] ?? "/usr/bin/chromium",
  args: [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
  ],
});

function required(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: run through npm test, or with test/vitest.config.ts`);
  return value;
}
