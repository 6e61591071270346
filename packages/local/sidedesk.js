import { requireNode } from "./src/node-version.js";

requireNode();
const { runOperatorTool } = await import("./src/sidedesk.js");
process.exitCode = await runOperatorTool(process.argv.slice(2));
