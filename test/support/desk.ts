import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startMailCatcher } from "@sidedesk/local/mail-catcher";
import { freePort } from "@sidedesk/local/ports";
import mongoose from "mongoose";
import PostalMime, { type Email } from "postal-mime";
import { addStaff, hashPassword } from "../../api/src/accounts/index.ts";
import { loadConfig } from "../../api/src/core/config.ts";
import { connectData, disconnectData, ensureIndexes } from "../../api/src/core/data/connection.ts";
import { registerReactions } from "../../api/src/core/events/reaction.ts";
import { reactions } from "../../api/src/features.ts";
import { type ApiProcess, bundleApi, startApi } from "./api-process.ts";
import { buildSite, testPassword, type TestSite } from "./factories.ts";
import { testMongodbUri, testName, testRedisUrl } from "./services.ts";

/** The whole desk as processes of its own, with a site, its staff and a mailbox. */
export interface Desk {
  url: string;
  site: TestSite;
  owner: { email: string; password: string; name: string };
  /** Mails that came so far. */
  mails(): Promise<Email[]>;
  /** Starts the API (again) on the same port, by default with all roles. */
  start(roles?: string): Promise<void>;
  /** One more process of the same desk, with a port of its own. */
  startNode(): Promise<ApiProcess>;
  /** SIGKILL. */
  kill(): Promise<void>;
  close(): Promise<void>;
}

/** @param options.origins pages that may embed the desk; @param options.redisUrl a Redis of the test's own, to break */
export async function startDesk(options: {
  origins: string[];
  redisUrl?: string;
  env?: Record<string, string>;
}): Promise<Desk> {
  const folder = mkdtempSync(join(tmpdir(), "sidedesk-browser-"));
  const [port, mail] = [await freePort(), await startMailCatcher({ port: await freePort(), folder })];
  const name = testName();
  const url = `http://127.0.0.1:${port}`;
  const env = {
    MONGODB_URI: testMongodbUri(name),
    REDIS_URL: options.redisUrl ?? testRedisUrl(),
    SIDEDESK_REDIS_PREFIX: name,
    SMTP_URL: mail.url,
    SIDEDESK_URL: url,
    SIDEDESK_SECRET: "browser-secret-of-at-least-32-characters",
    PORT: String(port),
    SIDEDESK_STORAGE: join(folder, "files"),
    ...options.env,
  };

  loadConfig(env);
  await connectData(env.MONGODB_URI);
  await ensureIndexes();
  registerReactions(reactions);
  const site = await buildSite({ origins: options.origins });
  const owner = { email: "jonas@desk.example", password: testPassword, name: "Jonas Whitlock" };
  await addStaff(
    site.id,
    { kind: "system", id: null, name: "test" },
    { email: owner.email, name: owner.name, role: "owner", passwordHash: await hashPassword(owner.password) },
  );

  await bundleApi();
  let api: ApiProcess | undefined = await startApi(env);
  const nodes: ApiProcess[] = [];
  return {
    url,
    site,
    owner,
    mails: () =>
      Promise.all(
        readdirSync(folder)
          .filter((file) => file.endsWith(".eml") && !file.startsWith("."))
          .sort()
          .map((file) => new PostalMime().parse(readFileSync(join(folder, file)))),
      ),
    async start(roles = "http,live,relay,worker") {
      await api?.stop();
      api = await startApi({ ...env, SIDEDESK_ROLES: roles });
    },
    async startNode() {
      const node = await startApi({ ...env, PORT: "0" });
      nodes.push(node);
      return node;
    },
    async kill() {
      await api?.kill();
      api = undefined;
    },
    async close() {
      await Promise.all([...(api ? [api] : []), ...nodes].map((node) => node.stop()));
      await mail.stop();
      await mongoose.connection.dropDatabase();
      await disconnectData();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
