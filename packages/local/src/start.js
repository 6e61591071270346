import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, mkdirSync, openSync, readFileSync, renameSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findMongod, findRedis } from "./binaries.js";
import { buildWhatChanged } from "./build.js";
import { installWhenStale } from "./install.js";
import { leash } from "./leash.js";
import { takeLock, withLock } from "./lock.js";
import { endLeftMongod, mongodbReady, mongodbUri, spawnMongod } from "./mongodb.js";
import { apiEntry, operator } from "./operator.js";
import { dataFolder, inRoot, prepareDataFolder, root } from "./paths.js";
import { freePort, isFree, keptPort } from "./ports.js";
import { redisReady, redisUrl, spawnRedis } from "./redis.js";
import { explain, inSeconds, Refusal, say, step } from "./report.js";
import { lastLines, sleep, stopTools } from "./run.js";
import { readKept, removeLocal, writeKept, writeLocal } from "./state.js";
import { onStop } from "./stop-signals.js";
import { supervisor } from "./supervisor.js";

/** Everything that `npm start` does, in order. Over 100 lines because it is that order, told once. */

/**
 * Brings everything up and keeps it up until it is told to stop. Ends the process.
 * @param {{ isDev?: boolean }} options
 */
export async function start({ isDev = false } = {}) {
  const began = Date.now();
  /** What to undo at the end, last first. @type {(() => unknown)[]} */
  const endings = [];
  /** @type {Promise<void> | undefined} */
  let ending;
  const stop = (/** @type {number} */ code) =>
    (ending ??= (async () => {
      stopTools();
      for (const undo of endings.reverse()) await Promise.resolve(undo()).catch?.(() => undefined);
      process.exit(code);
    })());
  const fail = (/** @type {unknown} */ error) => {
    if (ending) return;
    explain(error);
    void stop(1);
  };
  process.on("uncaughtException", fail).on("unhandledRejection", fail);
  onStop((isInsisting) => {
    if (!ending) say("", "Stopping. Work in flight is finished first; once more ends everything at once.");
    if (isInsisting) killAll();
    void stop(0);
  });
  let killAll = () => process.exit(1);

  try {
    const folder = dataFolder();
    prepareDataFolder(folder, ["mongodb", "redis", "mail", "logs"]);
    const lock = takeLock(join(folder, "start.lock"));
    if ("heldBy" in lock) {
      throw new Refusal(`Sidedesk already runs on the data folder ${folder} (process ${lock.heldBy}).`, [
        "Stop that one first, or give this one a folder and a port of its own:",
        "  SIDEDESK_DATA=/path/to/another PORT=0 npm start",
      ]);
    }
    endings.push(lock.release);
    removeLocal(folder);
    endings.push(() => removeLocal(folder));

    const host = process.env["HOST"] || undefined;
    const port = await choosePort(process.env["PORT"], host);
    const shared = join(tmpdir(), `sidedesk-build-${createHash("sha256").update(root).digest("hex").slice(0, 12)}.lock`);
    await withLock(shared, async () => {
      await installWhenStale();
      if (ending) return;
      await buildWhatChanged();
    });
    if (ending) return await ending;

    const kept = readKept(folder);
    const state = { pids: /** @type {Record<string, number | null>} */ ({}), isUp: false, write: () => {} };
    const tie = leash();
    const keeper = supervisor({
      onChange: (pids, isReady) => {
        Object.assign(state, { pids, isUp: isReady });
        tie.hold(keeper.pids());
        state.write();
      },
      onDeath: (name, how) => say(`  ${clock()} ${name} ${how}. Starting it again.`),
      onGiveUp: (reason) => fail(new Refusal(`${reason.message} Giving up.`, [`Logs: ${join(folder, "logs")}`, endOfLog(join(folder, "logs", "api.log"))])),
    });
    killAll = () => {
      for (const pid of keeper.pids()) if (pid) process.kill(pid, "SIGKILL");
      removeLocal(folder);
      lock.release();
      process.exit(1);
    };
    endings.push(tie.release);
    endings.push(() => keeper.stop("mongodb", "redis"));

    const [mongodb, redis, mail] = await Promise.all([
      bringMongodb(keeper, folder, kept),
      bringRedis(keeper, folder, kept),
      bringMail(folder, kept, endings),
    ]);
    writeKept(folder, kept);

    const api = addressOf(port, host);
    const env = {
      ...process.env,
      MONGODB_URI: mongodb,
      REDIS_URL: redis,
      SMTP_URL: mail,
      PORT: `${port}`,
      SIDEDESK_URL: process.env["SIDEDESK_URL"] || api,
      SIDEDESK_SECRET: process.env["SIDEDESK_SECRET"] || kept.secret,
      SIDEDESK_MODE: "local",
      SIDEDESK_MAIL_DIR: join(folder, "mail"),
      ...(process.env["CLAMAV_URL"] ? {} : { SIDEDESK_SCAN: "off" }),
    };
    endings.push(() => keeper.stop("api", "bundler", "types"));
    const demoPort = await chooseDemoPort(port, kept.ports.demo, host);
    const demo = addressOf(demoPort, host);
    kept.ports.demo = demoPort;
    const { startShop } = await import("./shop.js");
    const { allowOrigin, knowsKey, seedSite } = await import("./seed.js");
    const { sendSampleTickets } = await import("./sample-tickets.js");

    const tool = operator({ env, isDev });
    const seed = () => step("Making the demo site", () => seedSite({ tool, origin: demo, owner: kept.owner }));
    const isNew = kept.keys === null;
    const [keys] = await Promise.all([
      kept.keys ? allowOrigin({ tool, origin: demo }).then(() => kept.keys, seed) : seed(),
      step("Starting the API", () => keeper.start(apiService({ env, folder, port, host, isDev }))),
    ]);
    if (ending) return await ending;
    kept.keys = keys && (isNew || (await knowsKey(api, keys.publicKey))) ? keys : await seed();
    writeKept(folder, kept);
    const site = kept.keys;
    if (isDev) for (const service of watchers()) await keeper.start(service);

    const shop = await startShop({ port: demoPort, ...(host ? { host } : {}), desk: api, siteKey: site.publicKey, identitySecret: site.identitySecret });
    endings.push(shop.stop);
    if (!kept.hasSampleTickets) {
      await step("Sending a few sample requests", () => sendSampleTickets({ api, siteKey: site.publicKey, ...site, owner: kept.owner }));
      kept.hasSampleTickets = true;
      writeKept(folder, kept);
    }

    state.write = () => {
      if (ending) return;
      const { pids, isUp } = state;
      writeLocal(folder, {
        ...{ ready: isUp, api, demo, portal: `${api}/portal/demo`, admin: `${api}/admin`, mongodb, redis },
        pids: { start: process.pid, api: pids["api"] ?? null, mongodb: pids["mongodb"] ?? null, redis: pids["redis"] ?? null },
        site: { slug: "demo", publicKey: site.publicKey, secretKey: site.secretKey, identitySecret: site.identitySecret },
        owner: kept.owner,
      });
    };
    state.write();
    say(...summary({ api, demo, folder, kept, began, isScanned: Boolean(process.env["CLAMAV_URL"]), isCaught: !process.env["SMTP_URL"] }));
  } catch (error) {
    fail(error);
  }
}

/** @param {string | undefined} given @param {string | undefined} host */
async function choosePort(given, host) {
  const port = Number(given || 4000);
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Refusal(`PORT is ${JSON.stringify(given)}; it has to be a number from 0 to 65535.`);
  if (port === 0) return freePort(host);
  if (await isFree(port, host)) return port;
  throw new Refusal(`Port ${port} is in use by another program.`, ["Stop that one, or choose another port (0 takes a free one):", "  PORT=0 npm start"]);
}

/** The shop's port: as last time, else the next one, else any. @param {number} port @param {number | undefined} last @param {string | undefined} host */
async function chooseDemoPort(port, last, host) {
  for (const wish of [last, port + 1]) if (wish && wish !== port && wish < 65536 && (await isFree(wish, host))) return wish;
  return freePort(host);
}

/** @param {number} port @param {string | undefined} host */
const addressOf = (port, host) => `http://${!host || /^(0\.0\.0\.0|::|127\.|::1$|localhost$)/.test(host) ? "localhost" : host.includes(":") ? `[${host}]` : host}:${port}`;

/** @typedef {ReturnType<typeof supervisor>} Keeper */

/** @param {Keeper} keeper @param {string} folder @param {import("./state.js").Kept} kept */
async function bringMongodb(keeper, folder, kept) {
  if (process.env["MONGODB_URI"]) return process.env["MONGODB_URI"];
  const program = await findMongod();
  const data = join(folder, "mongodb");
  await endLeftMongod(data);
  const port = (kept.ports.mongodb = await keptPort(kept.ports.mongodb));
  const options = { program, data, log: join(folder, "logs", "mongod.log"), port };
  const service = { name: "mongodb", grace: 4000, spawn: () => spawnMongod(options), ready: (/** @type {import("node:child_process").ChildProcess} */ process) => mongodbReady({ ...options, process }) };
  await step("Starting MongoDB", () => keeper.start(service));
  return mongodbUri(port);
}

/** @param {Keeper} keeper @param {string} folder @param {import("./state.js").Kept} kept */
async function bringRedis(keeper, folder, kept) {
  if (process.env["REDIS_URL"]) return process.env["REDIS_URL"];
  const program = await findRedis();
  const port = (kept.ports.redis = await keptPort(kept.ports.redis));
  const options = { program, data: join(folder, "redis"), log: join(folder, "logs", "redis.log"), port };
  const service = { name: "redis", grace: 2000, spawn: () => spawnRedis(options), ready: (/** @type {import("node:child_process").ChildProcess} */ process) => redisReady({ ...options, process }) };
  await step("Starting Redis", () => keeper.start(service));
  return redisUrl(port);
}

/** @param {string} folder @param {import("./state.js").Kept} kept @param {(() => unknown)[]} endings */
async function bringMail(folder, kept, endings) {
  if (process.env["SMTP_URL"]) return process.env["SMTP_URL"];
  const { startMailCatcher } = await import("./mail-catcher.js");
  kept.ports.smtp = await keptPort(kept.ports.smtp);
  const catcher = await startMailCatcher({ port: kept.ports.smtp, folder: join(folder, "mail") });
  endings.push(() => Promise.race([catcher.stop(), sleep(500)]));
  return catcher.url;
}

/**
 * @param {{ env: NodeJS.ProcessEnv, folder: string, port: number, host: string | undefined, isDev: boolean }} options
 * @returns {import("./supervisor.js").Service}
 */
function apiService({ env, folder, port, host, isDev }) {
  const log = join(folder, "logs", "api.log");
  const reachable = !host || host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
  const url = `http://${reachable.includes(":") ? `[${reachable}]` : reachable}:${port}/health/ready`;
  return {
    name: "api",
    grace: 15_000,
    spawn: () => {
      if (sizeOf(log) > 10_000_000) renameSync(log, `${log}.1`);
      mkdirSync(join(folder, "logs"), { recursive: true });
      const file = openSync(log, "a", 0o600);
      const watch = isDev ? ["--watch", "--watch-preserve-output"] : [];
      const child = spawn(process.execPath, [...watch, ...apiEntry("main", isDev)], { cwd: root, env, stdio: ["ignore", file, file] });
      closeSync(file);
      return child;
    },
    ready: async (child) => {
      for (const until = Date.now() + 60_000; ; await sleep(50)) {
        if (child.exitCode !== null || child.signalCode !== null) throw new Refusal("The API ended while starting. Its last lines:", [endOfLog(log)]);
        if (Date.now() > until) throw new Refusal("The API did not become ready in 60 s. Its last lines:", [endOfLog(log)]);
        const isReady = await fetch(url, { signal: AbortSignal.timeout(2000) }).then(async (response) => (await response.arrayBuffer(), response.ok), () => false);
        if (isReady) return;
      }
    },
  };
}

/** What `--dev` adds: the bundler and the type checker, watching. @returns {import("./supervisor.js").Service[]} */
function watchers() {
  const watch = (/** @type {string} */ name, /** @type {string[]} */ args) => ({
    name,
    grace: 2000,
    spawn: () => spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] }),
    ready: async () => {},
  });
  const projects = ["packages/contract", "packages/client", "packages/ui", "api", "widget", "admin"];
  return [
    watch("bundler", [inRoot("node_modules", "rollup", "dist", "bin", "rollup"), "--config", inRoot("rollup.config.js"), "--watch", "--no-watch.clearScreen"]),
    watch("types", [inRoot("node_modules", "typescript", "bin", "tsc"), "-b", "--watch", "--preserveWatchOutput", ...projects]),
  ];
}

/** @param {{ api: string, demo: string, folder: string, kept: import("./state.js").Kept, began: number, isScanned: boolean, isCaught: boolean }} about */
const summary = ({ api, demo, folder, kept, began, isScanned, isCaught }) => [
  "",
  `Sidedesk is ready after ${inSeconds(Date.now() - began)}.`,
  "",
  `  Demo shop   ${demo}   a page with the widget, and two customers to be`,
  `  Console     ${api}/admin   ${kept.owner.email}  ${kept.owner.password}`,
  `  Portal      ${api}/portal/demo`,
  `  API         ${api}/docs`,
  ...(isCaught ? [`  Mail        ${api}/dev/mail   caught here, sent nowhere`] : []),
  "",
  `  Data and logs are in ${folder}.`,
  ...(isScanned ? [] : ["  No virus scanner is used (SIDEDESK_SCAN=off); set CLAMAV_URL to have uploads scanned."]),
  "  Ctrl-C stops everything and keeps the data.",
  "",
];

/** The end of a log, with what pino wrote as JSON told in words. @param {string} file */
function endOfLog(file) {
  let text = "";
  try {
    text = readFileSync(file, "utf8");
  } catch {
    return "  (no log)";
  }
  return lastLines(text, 20)
    .split("\n")
    .map((line) => {
      try {
        const { msg, err } = JSON.parse(line);
        return `  ${msg ?? ""}${err ? ` ${err.stack ?? err.message}` : ""}`;
      } catch {
        return `  ${line}`;
      }
    })
    .join("\n");
}

/** @param {string} file */
function sizeOf(file) {
  try {
    return statSync(file).size;
  } catch {
    return 0;
  }
}

const clock = () => new Date().toTimeString().slice(0, 8);
