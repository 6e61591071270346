import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));
/** Binaries, and what finds files of its own. */
const external = ["sharp", "@node-rs/argon2", "@aws-sdk/*", "@bull-board/ui", "@bull-board/ui/*"];

/**
 * Makes one file (`.cjs`) of an entry and all that it imports, as they are now: finding and loading some two thousand modules
 * was more than half of a process's start, and processes are started a hundred times. What is there already and unchanged is
 * left. Nothing that V8 compiled is kept: Node 20.20.2 seeds hashes that are within, and takes them with other seeds.
 */
export async function bundleEntry(entry: string, outfile: string): Promise<void> {
  const made = await readFile(`${outfile}.json`, "utf8").catch(() => undefined);
  if (made && existsSync(outfile)) {
    const { inputs, hash } = JSON.parse(made) as { inputs: string[]; hash: string };
    if ((await hashOf(inputs).catch(() => undefined)) === hash) return;
  }
  const began = Date.now();
  const { metafile, outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outfile,
    write: false,
    metafile: true,
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node20",
    conditions: ["sidedesk"],
    external,
    keepNames: true,
    define: { "import.meta.url": "importMetaUrl" },
    banner: { js: 'const importMetaUrl = require("node:url").pathToFileURL(__filename).href;' },
    logLevel: "error",
  });
  const inputs = Object.keys(metafile.inputs).filter((path) => !path.includes("node_modules/"));
  const hash = await hashOf(inputs);
  await put(outfile, outputFiles[0]!.contents);
  const changed = await Promise.all(inputs.map(async (path) => (await stat(join(root, path))).mtimeMs));
  // What was changed meanwhile may be in it or not: then it is made again the next time.
  if (Math.max(...changed) < began) await put(`${outfile}.json`, JSON.stringify({ inputs, hash }));
}

/** Of our own sources, and of this one; all others are what the lock file says. */
async function hashOf(inputs: string[]): Promise<string> {
  const hash = createHash("sha256");
  const files = ["package-lock.json", "test/support/bundle-entry.ts", ...inputs];
  for (const text of await Promise.all(files.map((path) => readFile(join(root, path))))) hash.update(text).update("\0");
  return hash.digest("hex");
}

/** Others may be starting from it, or making the same. */
async function put(path: string, content: string | Uint8Array): Promise<void> {
  const fresh = `${path}.${process.pid}`;
  await mkdir(dirname(path), { recursive: true });
  await writeFile(fresh, content);
  await rename(fresh, path);
}
