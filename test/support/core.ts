import { loadConfig } from "../../api/src/core/config.ts";
import { log } from "../../api/src/core/log.ts";
import { leaveDatabase, openDatabase, takeDatabase } from "./databases.ts";
import { testMongodbUri, testName, testRedisUrl } from "./services.ts";

/** Loads a configuration for tests of `core` alone: a database and a Redis prefix of their own unless `env` says otherwise. */
export function loadTestConfig(env: Record<string, string> = {}): string {
  const name = testName();
  loadConfig({
    MONGODB_URI: testMongodbUri(name),
    REDIS_URL: testRedisUrl(),
    SIDEDESK_REDIS_PREFIX: name,
    SMTP_URL: "smtp://127.0.0.1:1",
    SIDEDESK_URL: "http://127.0.0.1:4000",
    SIDEDESK_SECRET: "test-secret-of-at-least-32-characters",
    SIDEDESK_MODE: "local",
    ...env,
  });
  log.level = process.env["TEST_LOG"] ?? "silent";
  return name;
}

/** Connects to an empty database with the indexes of all models that were imported. */
export async function openTestData(env: Record<string, string> = {}): Promise<void> {
  const uri = takeDatabase();
  loadTestConfig({ MONGODB_URI: uri, ...env });
  await openDatabase(uri);
}

export const closeTestData = (): Promise<void> => leaveDatabase();

export const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
