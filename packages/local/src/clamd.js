import { spawn } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { join } from "node:path";
import { firstThatWorks, installByApt } from "./binaries.js";
import { isExecutable, onPath } from "./paths.js";
import { Refusal } from "./report.js";
import { lastLines, run, sleep } from "./run.js";

/** One signature of our own, for the harmless file that scanners are tried out with (https://www.eicar.org). */
const eicar =
  "EICAR-Test-File:0:0:58354f2150254041505b345c505a58353428505e2937434329377d2445494341522d5354414e444152442d414e544956495255532d544553542d46494c452124482b482a\n";
const programs = ["/usr/sbin/clamd", "/usr/local/sbin/clamd", "/opt/homebrew/sbin/clamd"];
const signatureFolders = ["/var/lib/clamav", "/usr/local/var/lib/clamav", "/opt/homebrew/var/lib/clamav"];

/** The `clamd` that is there, or null. @returns {string | null} */
export const clamdHere = () => onPath("clamd") ?? programs.find(isExecutable) ?? null;

/** The `clamd` for tests: found, else installed. @returns {Promise<string>} */
export function findClamd() {
  return firstThatWorks(
    "ClamAV (clamd)",
    [
      { name: "on the path or in sbin", find: async () => working(clamdHere() ?? missing("there is none")) },
      {
        name: "apt-get install clamav-daemon",
        find: async () => (
          await installByApt("clamav-daemon"),
          working(clamdHere() ?? missing("it was installed, but is not in sbin"))
        ),
      },
    ],
    [
      "Install ClamAV (Debian: apt-get install clamav-daemon; macOS: brew install clamav) so that `clamd` can be found.",
    ],
  );
}

/** The folder with the signatures installed here, or null when there are none. @returns {string | null} */
export function installedSignatures() {
  const hasSome = (/** @type {string} */ folder) => {
    try {
      return readdirSync(folder).some((name) => /\.(cvd|cld)$/.test(name));
    } catch {
      return false;
    }
  };
  return signatureFolders.find(hasSome) ?? null;
}

/**
 * Starts `clamd` on a loopback port.
 * @param {{ program: string, folder: string, log: string, port: number, signatures?: string | null }} options `signatures`: a folder of them; without one, our own that knows EICAR
 */
export function spawnClamd({ program, folder, log, port, signatures = null }) {
  const own = join(folder, "signatures");
  mkdirSync(own, { recursive: true });
  writeFileSync(join(own, "eicar.ndb"), eicar);
  const configuration = join(folder, "clamd.conf");
  const lines = [
    `DatabaseDirectory ${signatures ?? own}`,
    ...["TCPAddr 127.0.0.1", `TCPSocket ${port}`, "Foreground yes", `LogFile ${log}`, "LogFileMaxSize 5M"],
    ...["StreamMaxLength 2000M", "MaxThreads 4", "SelfCheck 3600", `TemporaryDirectory ${folder}`],
  ];
  writeFileSync(configuration, `${lines.join("\n")}\n`);
  return spawn(program, ["--config-file", configuration], { stdio: "ignore" });
}

/** @param {number} port */
export const clamdUrl = (port) => `tcp://127.0.0.1:${port}`;

/**
 * Waits until clamd has loaded its signatures and answers.
 * @param {{ port: number, log: string, process: import("node:child_process").ChildProcess, patience?: number }} options
 */
export async function clamdReady({ port, log, process: clamd, patience = 30_000 }) {
  const until = Date.now() + patience;
  for (;;) {
    if (clamd.pid === undefined || clamd.exitCode !== null || clamd.signalCode !== null)
      throw new Refusal(`clamd ended while starting; its log is ${log}`);
    if (await pings(port)) return;
    if (Date.now() > until) throw new Refusal(`clamd did not become ready in ${patience / 1000} s; its log is ${log}`);
    await sleep(20);
  }
}

/** @param {number} port @returns {Promise<boolean>} */
function pings(port) {
  return new Promise((resolve) => {
    const socket = connect({ port, host: "127.0.0.1" });
    const finish = (/** @type {boolean} */ result) => {
      socket.destroy();
      resolve(result);
    };
    socket.setTimeout(1000, () => finish(false));
    socket.once("connect", () => socket.write("zPING\0"));
    socket.once("data", (data) => finish(data.toString().startsWith("PONG")));
    socket.once("error", () => finish(false));
  });
}

/** @param {string} program */
async function working(program) {
  const { code, output } = await run(program, ["--version"], { timeout: 30_000 });
  return code === 0 ? program : missing(`${program} does not run: ${lastLines(output, 2)}`);
}

/** @param {string} reason @returns {never} */
function missing(reason) {
  throw new Error(reason);
}
