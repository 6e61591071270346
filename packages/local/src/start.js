import { createHash } from "node:crypto";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addressOf, chooseDemoPort, choosePort } from "./addresses.js";
import { apiService, endOfLog, watchers } from "./api-service.js";
import { buildWhatChanged } from "./build.js";
import { installWhenStale } from "./install.js";
import { leash } from "./leash.js";
import { bringClamd, bringMail, bringMongodb, bringRedis } from "./local-services.js";
import { takeLock, withLock } from "./lock.js";
import { operator } from "./operator.js";
import { dataFolder, prepareDataFolder, root } from "./paths.js";
import { explain, inSeconds, Refusal, say, step } from "./report.js";
import { stopTools } from "./run.js";
import { filesFolder, readKept, removeLocal, writeKept, writeLocal } from "./state.js";
import { onStop } from "./stop-signals.js";
import { supervisor } from "./supervisor.js";

/** Thrown inside a start that is being stopped, so that it goes no further. */
class Stopped extends Error {}

/**
 * One run of `npm start`: what is up, and how all of it ends.
 * @typedef {object} Run
 * @property {(() => unknown)[]} endings what to undo, done last first
 * @property {() => void} goOn throws when the run is being stopped
 * @property {() => boolean} isEnding
 * @property {(error: unknown) => void} fail says why, then ends with exit code 1
 */

/**
 * Brings everything up and keeps it up until it is told to stop. Ends the process.
 * @param {{ isDev?: boolean }} options
 */
export async function start({ isDev = false } = {}) {
  const began = Date.now();
  const run = beginRun();
  try {
    const folder = dataFolder();
    prepareDataFolder(folder, ["mongodb", "redis", "mail", "logs"]);
    claim(folder, run);
    const host = process.env["HOST"] || undefined;
    const port = await choosePort(process.env["PORT"], host);
    const makeReady = async () => {
      await installWhenStale();
      run.goOn();
      await buildWhatChanged();
    };
    const lock = join(tmpdir(), `sidedesk-build-${digest(root)}.lock`);
    await withLock(lock, makeReady, (pid) =>
      say(`  Waiting for another start of this checkout (process ${pid}) to build.`),
    );
    run.goOn();
    await bringUp({ run, folder, host, port, isDev, began });
  } catch (error) {
    run.fail(error);
  }
}

/**
 * @param {{ run: Run, folder: string, host: string | undefined, port: number, isDev: boolean, began: number }} options
 */
async function bringUp({ run, folder, host, port, isDev, began }) {
  const kept = readKept(folder);
  const up = { pids: /** @type {Record<string, number | null>} */ ({}), isReady: false, note: () => {} };
  const tie = leash();
  const keeper = supervisor({
    onChange: (pids, isReady) => {
      Object.assign(up, { pids, isReady });
      tie.hold(keeper.pids());
      up.note();
    },
    onDeath: (name, how) => say(`  ${new Date().toTimeString().slice(0, 8)} ${name}: ${how}. Starting it again.`),
    onGiveUp: ({ message }) =>
      run.fail(
        new Refusal(`${message} That is too often; everything ends.`, [
          `The API's last lines (more in ${folder}/logs):`,
          endOfLog(join(folder, "logs", "api.log")),
        ]),
      ),
  });
  run.endings.push(tie.release, () => keeper.stop("mongodb", "redis", "clamd"));

  const place = { folder, kept, keeper, endings: run.endings };
  const clamd = bringClamd(place);
  const [mongodb = "", redis = "", mail = ""] = await all(bringMongodb(place), bringRedis(place), bringMail(place));
  const scanner = await clamd;
  run.goOn();

  const api = addressOf(port, host);
  const demoPort = (kept.ports.demo = await chooseDemoPort(port, kept.ports.demo, host));
  const demo = addressOf(demoPort, host);
  writeKept(folder, kept);
  const env = {
    ...process.env,
    ...{ MONGODB_URI: mongodb, REDIS_URL: redis, SMTP_URL: mail, PORT: `${port}` },
    SIDEDESK_URL: process.env["SIDEDESK_URL"] || api,
    SIDEDESK_SECRET: process.env["SIDEDESK_SECRET"] || kept.secret,
    SIDEDESK_MODE: "local",
    SIDEDESK_MAIL_DIR: join(folder, "mail"),
    SIDEDESK_STORAGE: process.env["SIDEDESK_STORAGE"] || filesFolder(folder),
    ...scanner.env,
  };
  run.endings.push(() => keeper.stop("api", "bundler", "types"));
  const service = apiService({ env, log: join(folder, "logs", "api.log"), port, host, isDev });
  const site = await startWithSite({
    kept,
    api,
    demo,
    tool: operator({ env, isDev }),
    startApi: () => step("Starting the API", () => keeper.start(service)),
  });
  writeKept(folder, kept);
  if (isDev) for (const watcher of watchers()) await keeper.start(watcher);
  run.goOn();

  // Loaded only now: what they need may have been installed a moment ago.
  const { startShop } = await import("./shop.js");
  const { sendSampleTickets } = await import("./sample-tickets.js");
  const shop = await startShop({
    port: demoPort,
    host,
    desk: api,
    siteKey: site.publicKey,
    identitySecret: site.identitySecret,
  });
  run.endings.push(shop.stop);
  if (!kept.hasSampleTickets) {
    await step("Sending a few sample requests", () =>
      sendSampleTickets({ api, siteKey: site.publicKey, ...site, owner: kept.owner }),
    );
    kept.hasSampleTickets = true;
    writeKept(folder, kept);
  }
  run.goOn();

  up.note = () => {
    if (run.isEnding()) return;
    const pids = {
      start: process.pid,
      api: up.pids["api"] ?? null,
      mongodb: up.pids["mongodb"] ?? null,
      redis: up.pids["redis"] ?? null,
    };
    const { publicKey, secretKey, identitySecret } = site;
    const clamav = scanner.env["SIDEDESK_SCAN"]
      ? null
      : (process.env["CLAMAV_URL"] ?? scanner.env["CLAMAV_URL"] ?? null);
    writeLocal(folder, {
      ...{
        ready: up.isReady,
        api,
        demo,
        portal: `${api}/portal/demo`,
        admin: `${api}/admin`,
        mongodb,
        redis,
        clamav,
        pids,
      },
      ...{ site: { slug: "demo", publicKey, secretKey, identitySecret }, owner: kept.owner },
    });
  };
  up.note();
  say(...summary({ api, demo, folder, kept, began, remark: scanner.remark }));
}

/**
 * Starts the API and, beside it, makes or checks the demo site: both only need the database.
 * @param {{ kept: import("./state.js").Kept, api: string, demo: string, tool: ReturnType<typeof operator>, startApi: () => Promise<void> }} options
 */
async function startWithSite({ kept, api, demo, tool, startApi }) {
  const { allowOrigin, knowsKey, makeKeys, makeSite } = await import("./seed.js");
  const make = () => step("Making the demo site", () => makeSite({ tool, origin: demo, owner: kept.owner }));
  const allow = () =>
    allowOrigin({ tool, origin: demo }).then(
      () => true,
      () => false,
    );
  const [isAllowed] = await Promise.all([kept.keys ? allow() : make().then(() => false), startApi()]);
  if (kept.keys && isAllowed && (await knowsKey(api, kept.keys.publicKey))) return kept.keys;
  if (kept.keys) await make(); // the database is another one than last time
  kept.hasSampleTickets = false;
  return (kept.keys = await makeKeys(api, kept.owner));
}

/** @returns {Run} */
function beginRun() {
  /** @type {(() => unknown)[]} */
  const endings = [];
  let isEnding = false;
  const end = async (/** @type {number} */ code) => {
    if (isEnding) return;
    isEnding = true;
    stopTools();
    while (endings.length > 0) {
      try {
        await endings.pop()?.();
      } catch (error) {
        explain(error);
      }
    }
    process.exit(code);
  };
  const fail = (/** @type {unknown} */ error) => {
    if (isEnding || error instanceof Stopped) return;
    explain(error);
    void end(1);
  };
  process.on("uncaughtException", fail).on("unhandledRejection", fail);
  onStop((isInsisting) => {
    if (isInsisting) process.exit(1); // the leash ends what is left
    say("", "Stopping; work in flight is finished first. Once more ends everything at once.");
    void end(0);
  });
  const goOn = () => {
    if (isEnding) throw new Stopped("stopped");
  };
  return { endings, goOn, fail, isEnding: () => isEnding };
}

/**
 * Waits for all; when several failed, all are told, so that nobody installs one thing only to learn of the next.
 * @param {Promise<string>[]} works
 */
async function all(...works) {
  const results = await Promise.allSettled(works);
  const failures = results.flatMap((result) => (result.status === "rejected" ? [result.reason] : []));
  if (failures.length === 0) return results.map((result) => (result.status === "fulfilled" ? result.value : ""));
  if (failures.length === 1) throw failures[0];
  throw new Refusal(failures.map(({ message, advice = [] }) => [message, ...advice].join("\n")).join("\n\n"));
}

/** Makes the data folder ours until the end. @param {string} folder @param {Run} run */
function claim(folder, run) {
  const lock = takeLock(join(folder, "start.lock"));
  if ("heldBy" in lock) {
    throw new Refusal(`Sidedesk already runs on the data folder ${folder} (process ${lock.heldBy}).`, [
      "Stop that one first, or give this one a folder and a port of its own:",
      "  SIDEDESK_DATA=/path/to/another PORT=0 npm start",
    ]);
  }
  removeLocal(folder);
  run.endings.push(lock.release, () => removeLocal(folder));
}

/** @param {{ api: string, demo: string, folder: string, kept: import("./state.js").Kept, began: number, remark: string | null }} about */
const summary = ({ api, demo, folder, kept, began, remark }) => [
  "",
  `Sidedesk is ready after ${inSeconds(Date.now() - began)}.`,
  "",
  `  Demo shop   ${demo}   a page with the widget, and two customers to be`,
  `  Console     ${api}/admin   ${kept.owner.email}   ${kept.owner.password}`,
  `  Portal      ${api}/portal/demo`,
  `  API         ${api}/docs`,
  ...(process.env["SMTP_URL"] ? [] : [`  Mail        ${api}/dev/mail   caught here, sent nowhere`]),
  "",
  `  Data and logs are in ${folder}.`,
  ...(remark ? [`  ${remark}`] : []),
  "  Ctrl-C stops everything and keeps the data.",
  "",
];

/** @param {string} text */
const digest = (text) => createHash("sha256").update(text).digest("hex").slice(0, 12);
