import { spawn } from "node:child_process";

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs a program of ours as its own process with just this environment, until it ends. */
export function runNode(
  file: string,
  args: readonly string[],
  env: Record<string, string>,
  input = "",
): Promise<Ended> {
  const child = spawn(process.execPath, [file, ...args], {
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
