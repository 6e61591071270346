import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs one of our entries from source, as its own process with just this environment, until it ends. */
export function runEntry(
  entry: string,
  args: readonly string[],
  env: Record<string, string>,
  input = "",
): Promise<Ended> {
  const file = fileURLToPath(new URL(`../../${entry}`, import.meta.url));
  const child = spawn(process.execPath, ["--conditions=sidedesk", "--import", "tsx", file, ...args], {
    env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", ...env },
  });
  let stdout = "";
  let stderr = "";
  child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
  child.stdin.end(input);
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
}
