import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync } from "node:zlib";
import { top } from "./source-files.ts";

const dist = join(top, "widget/dist");
const modules = join(dist, "modules");

/** Bytes after brotli, in the order in which a page meets them. */
export interface BundleSizes {
  /** `widget.js`, which the script tag loads. */
  loader: number;
  /** Loader and all it loads by itself: launcher and bell, with the unread count. */
  launcher: number;
  /** All that somebody loads who uses everything: tickets, form, notices, realtime. One language; the portal's frame and set-up not. */
  whole: number;
  /** Each module, by its name without the hash. */
  modules: Record<string, number>;
}

/**
 * Pieces that only those few load who set something up, have this browser told by push, look at what became of a request or
 * change it by its menu, rate one that is solved, send a file or are refused something (`late` is what several of these share); that a second tab of
 * the same person loads to share the first one's connection; or that a network needs which lets no WebSocket through.
 */
const late = new Set([
  "centre",
  "history",
  "late",
  "menu",
  "poll-socket",
  "preferences",
  "push",
  "rating",
  "refusals",
  "send-file",
  "tabs",
  "unsent-files",
  "webhooks",
]);

/** As it is sent: built ahead, but for the loader, which is too small for that to matter. */
const sizeOf = (file: string): number =>
  existsSync(`${file}.br`) ? statSync(`${file}.br`).size : brotliCompressSync(readFileSync(file)).length;
const nameOf = (file: string): string => file.replace(/-[\w-]{8}\.js$/, "");

/** What a module loads at once, and what when it is reached. TypeScript's own scan loses its way in minified code. */
function importsOf(file: string): { now: string[]; later: string[] } {
  const text = readFileSync(join(modules, file), "utf8");
  const found = (pattern: RegExp): string[] => [...text.matchAll(pattern)].map(([, name]) => name ?? "");
  return {
    now: found(/(?:\bfrom|\bimport)\s*"\.\/([^"]+)"/g),
    later: found(/\bimport\("\.\/([^"]+)"\)/g),
  };
}

function closure(start: string, follow: (file: string) => string[]): Set<string> {
  const found = new Set<string>();
  const waiting = [start];
  for (let file = waiting.pop(); file; file = waiting.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    waiting.push(...follow(file));
  }
  return found;
}

/** Measures the built widget. @throws Error saying how to build it when it is not */
export function bundleSizes(): BundleSizes {
  const manifest = join(dist, "manifest.json");
  if (!existsSync(manifest) || !existsSync(join(dist, "widget.js")))
    throw new Error("The widget is not built: run `npm run build`.");
  const { embed, portal } = JSON.parse(readFileSync(manifest, "utf8")) as { embed: string; portal: string };
  const languages = new Set(readdirSync(join(top, "widget/src/locales")).map((name) => name.replace(/\.ts$/, "")));
  const sum = (files: Iterable<string>): number =>
    [...files].reduce((total, file) => total + sizeOf(join(modules, file)), 0);
  // What only those few load who set something up is no part of the desk that a visitor uses.
  const isUsed = (file: string): boolean => file !== portal && !late.has(nameOf(file)) && !languages.has(nameOf(file));

  const loader = sizeOf(join(dist, "widget.js"));
  const atOnce = closure(embed, (file) => importsOf(file).now);
  const everything = closure(embed, (file) => {
    const { now, later } = importsOf(file);
    return [...now, ...later].filter(isUsed);
  });
  const all = readdirSync(modules).filter((name) => name.endsWith(".js"));
  return {
    loader,
    launcher: loader + sum(atOnce),
    whole: loader + sum(everything),
    modules: Object.fromEntries(all.map((file) => [nameOf(file), sizeOf(join(modules, file))])),
  };
}
