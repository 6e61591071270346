import { requireNode } from "./src/node-version.js";

requireNode();
const { runTests } = await import("./src/test.js");
// `--verify` is what a merge needs; it is the same, since the format check is a stage like any other.
process.exitCode = await runTests(process.argv.slice(2).filter((argument) => argument !== "--verify"));
