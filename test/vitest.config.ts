import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { isFull } from "./support/fault-list.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
// Handed to Node as well, where "import" or "module" would make require() load the ES builds of CommonJS packages.
const conditions = ["sidedesk", "node"];

/** A third of the time was loading the same modules for each file. What such a module keeps, a test file leaves as it found it. */
const shared = { isolate: false };

/** One project for each stage of `npm test`; `npx vitest --config test/vitest.config.ts --project unit` runs one alone. */
export default defineConfig({
  root,
  cacheDir: "node_modules/.cache/vite",
  resolve: { conditions },
  ssr: {
    resolve: { conditions, externalConditions: ["sidedesk", "node", "module-sync"] },
    noExternal: [/^@sidedesk\//],
  },
  test: {
    pool: "forks",
    maxWorkers: 2,
    globalSetup: ["test/support/services.ts"],
    testTimeout: 15_000,
    hookTimeout: 30_000,
    env: { NODE_ENV: "test" },
    projects: [
      project(
        "unit",
        ["api/src/**/*.test.ts", "packages/{contract,client}/src/**/*.test.ts", "packages/local/src/**/*.test.js"],
        shared,
      ),
      project("rules", ["test/rules/**/*.test.ts"], { testTimeout: 60_000, ...shared }),
      project("flows", ["test/flows/**/*.test.ts"], { testTimeout: 60_000, hookTimeout: 120_000, ...shared }),
      // Processes are killed and timed here: in the full run two such files at once would measure each other. The short one
      // judges order and counts, and mostly waits.
      project("faults", ["test/faults/**/*.test.ts"], {
        testTimeout: 180_000,
        hookTimeout: 120_000,
        fileParallelism: !isFull,
      }),
      project("browser", ["test/browser/**/*.test.ts"], { testTimeout: 90_000, hookTimeout: 120_000 }),
    ],
  },
});

function project(
  name: string,
  include: string[],
  settings: { testTimeout?: number; hookTimeout?: number; fileParallelism?: boolean; isolate?: boolean } = {},
) {
  return { extends: true as const, test: { name, include, ...settings } };
}
