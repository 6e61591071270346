import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { bundleEntry } from "./bundle-entry.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
type Entry = "main" | "cli";
/** As deep below `api/` as the sources that find files relative to themselves. */
export const bundleOf = (entry: Entry): string => `${root}/api/node_modules/.cache/faults/${entry}.cjs`;

export interface ApiProcess {
  url: string;
  pid: number;
  /** Ends it as a power cut would. */
  kill(): Promise<void>;
  /** SIGTERM; answers its exit code and how long it took. */
  stop(): Promise<{ code: number | null; ms: number }>;
  /** What it logged as warnings and errors, for a test that fails. */
  trouble(): string[];
}

/** Makes one file of the API as it is now, since starting from sources takes seconds and is done many times. */
export const bundleApi = (entry: Entry = "main"): Promise<void> => bundleEntry(`api/src/${entry}.ts`, bundleOf(entry));

/**
 * Starts the API as its own process and waits until it is ready.
 * @param hear gets each line that it logs
 */
export async function startApi(env: Record<string, string>, hear?: (line: string) => void): Promise<ApiProcess> {
  const child = spawn(process.execPath, [bundleOf("main")], {
    cwd: root,
    env: { PATH: process.env["PATH"] ?? "", NODE_ENV: "production", PORT: "0", ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = once(child, "exit") as Promise<[number | null, NodeJS.Signals | null]>;
  const noted: string[] = [];
  const port = new Promise<number>((resolve, reject) => {
    createInterface({ input: child.stdout }).on("line", (line) => {
      hear?.(line);
      const entry = line.startsWith("{")
        ? (JSON.parse(line) as { level: number; msg: string; port?: number })
        : { level: 50, msg: line };
      if (entry.level >= 40) noted.push(line.slice(0, 600));
      if (entry.msg === "ready") resolve(entry.port ?? 0);
    });
    createInterface({ input: child.stderr }).on("line", (line) => {
      hear?.(line);
      noted.push(line.slice(0, 600));
    });
    exited.then(
      ([code, signal]) => reject(new Error(`the API ended while starting (${code ?? signal}):\n${noted.join("\n")}`)),
      reject,
    );
  });
  return {
    url: `http://127.0.0.1:${await port}`,
    pid: child.pid!,
    kill: async () => {
      child.kill("SIGKILL");
      await exited;
    },
    stop: async () => {
      const began = performance.now();
      child.kill("SIGTERM");
      const [code] = await exited;
      return { code, ms: performance.now() - began };
    },
    trouble: () => noted,
  };
}
