import { readFileSync } from "node:fs";
import autocannon from "autocannon";
import { connections } from "./options.ts";

export interface Measured {
  answered: number;
  seconds: number;
  perSecond: number;
  p50: number;
  p99: number;
  /** Largest resident memory of the process during the load, in MiB. */
  memory: number;
}

/** What one connection sends, over and over. */
export type RequestsOf = (connection: number) => autocannon.Request[];

/**
 * Loads a server from this process over {@link connections} connections, each waiting for its answer before it asks again.
 * @throws Error when anything but 2xx came back: a benchmark of refusals measures nothing
 */
export async function load(
  target: { name: string; url: string; pid: number },
  requestsOf: RequestsOf,
  seconds: number,
): Promise<Measured> {
  let connection = 0;
  let memory = 0;
  const watch = setInterval(() => (memory = Math.max(memory, residentMemory(target.pid))), 100);
  try {
    const result = await autocannon({
      url: target.url,
      connections,
      duration: seconds,
      timeout: 30,
      setupClient: (client) => client.setRequests(requestsOf(connection++)),
    });
    const refused = result.non2xx + result.errors + result.timeouts;
    if (refused > 0)
      throw new Error(
        `${target.name}: ${result.non2xx} answers were not 2xx, ${result.errors} errors, ${result.timeouts} timeouts`,
      );
    const answered = result["2xx"];
    return {
      answered,
      seconds: result.duration,
      perSecond: answered / result.duration,
      p50: result.latency.p50,
      p99: result.latency.p99,
      memory,
    };
  } finally {
    clearInterval(watch);
  }
}

/** Resident memory of a process in MiB, as the kernel counts it. */
export function residentMemory(pid: number): number {
  try {
    return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))?.[1] ?? 0) / 1024;
  } catch {
    return 0;
  }
}

/** Processor time of a process so far, in milliseconds, at the kernel's 100 ticks a second. */
export function processorTime(pid: number): number {
  const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  const [user = 0, system = 0] = stat
    .slice(stat.lastIndexOf(")") + 2)
    .split(" ")
    .slice(11, 13)
    .map(Number);
  return (user + system) * 10;
}

/** Deals a list out to the connections, so that no two of them send the same at the same time. */
export const dealt =
  <T>(list: readonly T[], toRequest: (item: T) => autocannon.Request): RequestsOf =>
  (connection) =>
    list.filter((_item, index) => index % connections === connection % connections).map(toRequest);
