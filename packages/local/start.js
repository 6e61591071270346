import { requireNode } from "./src/node-version.js";

requireNode();
const { start } = await import("./src/start.js");
await start({ isDev: process.argv.includes("--dev") });
