import { existsSync } from "node:fs";
import { join } from "node:path";
import { firstThatWorks, installByApt } from "./binaries.js";
import { cacheFolder, inRoot, isExecutable, onPath } from "./paths.js";
import { step } from "./report.js";
import { lastLines, run } from "./run.js";

const names = /** @type {const} */ ([
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "microsoft-edge-stable",
]);
const applications = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];
const advice = [
  "Install Chromium or Chrome (Debian: apt-get install chromium fonts-liberation), or name one:",
  "  CHROME_PATH=/path/to/chromium npm test",
];

/** The Chromium for browser tests: found, else installed, else downloaded. @returns {Promise<string>} */
export function findChromium() {
  return firstThatWorks(
    "Chromium",
    [
      { name: "CHROME_PATH", find: async () => working(process.env["CHROME_PATH"] || missing("not set")) },
      {
        name: "on the path",
        find: async () => working(onPath(...names) ?? applications.find(isExecutable) ?? missing("there is none")),
      },
      {
        name: "apt-get install chromium",
        find: async () => (
          await installByApt("chromium", "fonts-liberation"),
          working(onPath(...names) ?? missing("it was installed, but is not on the path"))
        ),
      },
      { name: "Playwright's download", find: () => step("Downloading Chromium", downloadChromium) },
    ],
    advice,
  );
}

async function downloadChromium() {
  const folder = join(cacheFolder(), "browsers");
  process.env["PLAYWRIGHT_BROWSERS_PATH"] = folder;
  const cli = inRoot("node_modules", "playwright-core", "cli.js");
  const { code, output } = await run(process.execPath, [cli, "install", "chromium"], { timeout: 600_000 });
  if (code !== 0) missing(lastLines(output, 3));
  const { chromium } = await import("playwright-core");
  const program = chromium.executablePath();
  return working(existsSync(program) ? program : missing(`it is not at ${program}`));
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
