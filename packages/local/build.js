import { requireNode } from "./src/node-version.js";

requireNode();
const [{ installWhenStale }, { buildWhatChanged }, { explain, say }] = await Promise.all([
  import("./src/install.js"),
  import("./src/build.js"),
  import("./src/report.js"),
]);
try {
  await installWhenStale();
  const built = await buildWhatChanged();
  say(built === 0 ? "Everything is up to date." : "Built.");
} catch (error) {
  explain(error);
  process.exitCode = 1;
}
