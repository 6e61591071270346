import { requireNode } from "./src/node-version.js";

requireNode();
const { runBenchmarks } = await import("./src/bench.js");
process.exitCode = await runBenchmarks(process.argv.slice(2));
