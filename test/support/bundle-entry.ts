import { rename } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Makes one file of an entry and all of ours that it imports, as they are now. Starting from sources takes seconds. */
export async function bundleEntry(entry: string, outfile: string): Promise<void> {
  const fresh = `${outfile}.${process.pid}`;
  await build({
    entryPoints: [`${root}/${entry}`],
    outfile: fresh,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    conditions: ["sidedesk"],
    plugins: [
      {
        name: "only-ours",
        setup: (all) =>
          all.onResolve({ filter: /^[^./]/ }, ({ path }) =>
            path.startsWith("@sidedesk/") || path.startsWith("/") ? undefined : { path, external: true },
          ),
      },
    ],
  });
  await rename(fresh, outfile); // another file's processes may be starting from it
}
