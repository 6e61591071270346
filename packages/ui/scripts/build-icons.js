#!/usr/bin/env node
// Writes src/icons.ts from lucide-static: only the icons named here reach the product, each as the data of one path to a
// hundredth of its 24 units, so that a bundler drops what nobody draws and the widget carries no more than it has to. Run
// it with `npm run icons --workspace @sidedesk/ui` after changing the list.
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { optimize } from "svgo";

const names = `activity arrow-down arrow-left arrow-right arrow-up at-sign bell book-open bookmark calendar chart-column
chart-no-axes-combined check check-check chevron-down chevron-left chevron-right chevrons-up-down circle-alert circle-check
circle-pause circle-question-mark clock clock-alert cloud-off copy download ellipsis external-link eye file-text globe history
hourglass house image inbox info keyboard layout-dashboard link list lock log-out mail menu merge message-circle message-square moon
paperclip pause pencil play plus receipt-text refresh-cw rotate-cw search send settings settings-2 shield-check sliders-horizontal
sparkles square-pen star sun tag thumbs-up trash-2 triangle-alert type unplug user user-check user-plus user-x users wifi-off x zap`
  .split(/\s+/)
  .sort();

/** Those of the launcher, in a file of their own: a bundler puts a file into one piece, and the launcher's has to be small. */
const core = new Set(["bell", "chevron-down", "sparkles", "user", "x"]);
/** Those that the widget needs only in views which are loaded when somebody goes there. */
const late = new Set(["circle-pause", "history", "hourglass", "log-out", "play", "trash-2", "zap"]);

const root = dirname(createRequire(import.meta.url).resolve("lucide-static/package.json"));
const version = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;
const camel = (name) => name.replace(/-(\w)/g, (_, letter) => letter.toUpperCase());

/** Rectangles with round corners, which the optimizer leaves as they are. */
const rounded = (shape) => {
  const { x, y, width, height, rx } = Object.fromEntries(
    [...shape.matchAll(/(\w+)="([\d.]+)"/g)].map((m) => [m[1], +m[2]]),
  );
  const [w, h, arc] = [width - 2 * rx, height - 2 * rx, `a${rx} ${rx} 0 0 1`];
  return `<path d="M${x + rx} ${y}h${w}${arc} ${rx} ${rx}v${h}${arc} ${-rx} ${rx}h${-w}${arc} ${-rx} ${-rx}v${-h}${arc} ${rx} ${-rx}z" />`;
};
const path = (name) => {
  const file = readFileSync(join(root, "icons", `${name}.svg`), "utf8").replace(/<rect [^>]*rx=[^>]*>/g, rounded);
  const { data } = optimize(file, {
    multipass: true,
    floatPrecision: 2,
    js2svg: { pretty: false },
    plugins: [
      // A dot is a line of a hundredth: closed to nothing, not every browser would draw it.
      { name: "preset-default", params: { overrides: { convertPathData: { convertToZ: false } } } },
      { name: "convertShapeToPath", params: { convertArcs: true } },
      { name: "removeAttrs", params: { attrs: "path:(fill|stroke)" } },
      { name: "mergePaths", params: { force: true } },
    ],
  });
  const found = [...data.matchAll(/<path [^>]*?d="([^"]+)"[^>]*>/g)];
  if (found.length !== 1 || data.replace(/<path [^>]*>/, "").match(/<(?!\/?svg)/)) throw new Error(`${name}: ${data}`);
  return found[0][1];
};
const line = (name) => `export const ${camel(name)}Icon = "${path(name)}";`;
const head = `// Written by scripts/build-icons.js from lucide-static ${version} (ISC, see NOTICES.md). Do not edit by hand.
`;
const write = (file, parts) =>
  writeFileSync(join(dirname(fileURLToPath(import.meta.url)), "../src", file), parts.join("\n") + "\n");
write("core-icons.ts", [head, ...[...core].map(line)]);
write("late-icons.ts", [head, ...[...late].map(line)]);
write("icons.ts", [
  head,
  'export * from "./core-icons.ts";\nexport * from "./late-icons.ts";\n',
  ...names.filter((name) => !core.has(name) && !late.has(name)).map(line),
]);
console.log(`${names.length} icons from lucide-static ${version}`);
