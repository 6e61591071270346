import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";
import { BaseSequencer, type TestSpecification } from "vitest/node";
import { isFull } from "./support/fault-list.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
// Handed to Node as well, where "import" or "module" would make require() load the ES builds of CommonJS packages.
const conditions = ["sidedesk", "node"];

/** A third of the time was loading the same modules for each file. What such a module keeps, a test file leaves as it found it. */
const shared = { isolate: false };
/** What puts other modules in the place of some must be the first to load them. They belong to `unit` and `flows` as the others do. */
const alone = { unit: ["packages/client/src/slim-socket.test.ts"], flows: ["test/flows/one-ticket.test.ts"] };

/** The longest begin first, or one of them goes on alone at the end. Vitest knows how long each takes, but not on a fresh checkout. */
const long = [
  "browser/axe",
  "browser/staff-work",
  "flows/plans",
  "flows/start",
  "flows/inbound-imap",
  "flows/webhook-samples",
  "faults/webhook-kills",
  "faults/outages",
  "faults/kills",
  "faults/bulk-killed",
  "src/cli",
  "reports/site-figures",
  "privacy/erasure",
  "events/relay",
  "reports/import-killed",
];
class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const rank = ({ moduleId }: TestSpecification): number => {
      const at = long.findIndex((name) => moduleId.endsWith(`${name}.test.ts`));
      return at < 0 ? long.length : at;
    };
    return (await super.sort(files)).sort((a, b) => rank(a) - rank(b));
  }
}

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
    // What hangs is told late; what is only slow, on a machine that has other work to do, is no failure.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    env: { NODE_ENV: "test" },
    sequence: { sequencer: LongFirst },
    projects: [
      project(
        "unit",
        ["api/src/**/*.test.ts", "packages/{contract,client}/src/**/*.test.ts", "packages/local/src/**/*.test.js"],
        { ...shared, exclude: alone.unit },
      ),
      project("unit-alone", alone.unit),
      project("rules", ["test/rules/**/*.test.ts"], shared),
      project("flows", ["test/flows/**/*.test.ts"], { ...shared, exclude: alone.flows }),
      project("flows-alone", alone.flows),
      // Processes are killed and timed here: in the full run two such files at once would measure each other. The short one
      // judges order and counts, and mostly waits.
      project("faults", ["test/faults/**/*.test.ts"], {
        testTimeout: 300_000,
        fileParallelism: !isFull,
      }),
      project("browser", ["test/browser/**/*.test.ts"], { ...shared, testTimeout: 120_000 }),
    ],
  },
});

function project(
  name: string,
  include: string[],
  settings: {
    testTimeout?: number;
    fileParallelism?: boolean;
    isolate?: boolean;
    exclude?: string[];
  } = {},
) {
  return { extends: true as const, test: { name, include, ...settings } };
}
