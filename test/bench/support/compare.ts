import { load, type Measured, type RequestsOf } from "./load.ts";
import { rounds, seconds } from "./options.ts";

export interface Contender {
  name: string;
  url: string;
  pid: number;
  requestsOf: RequestsOf;
  /** What has to come to rest after each load before the next one begins; what it finds is part of the result. */
  settle?: () => Promise<Settled>;
}
export interface Settled {
  pending: number;
  seconds: number;
}
export interface Row extends Measured {
  name: string;
  /** Against the floor of the same rounds. */
  ratio: number;
  lowest: number;
  highest: number;
  /** Answers a second when the time until everything that follows was done counts, too. */
  sustained: number | null;
  sustainedRatio: number | null;
  pending: number | null;
  drainSeconds: number | null;
}

const warmUpSeconds = 4;

/** Loads the floor (the first) and its contenders in turn, round after round, and prints all figures. */
export async function compare(title: string, contenders: readonly [Contender, ...Contender[]]): Promise<Row[]> {
  process.stdout.write(`${title}\n`);
  const runs = new Map<Contender, (Measured & { settled: Settled | undefined })[]>(contenders.map((one) => [one, []]));
  for (const one of contenders) {
    await load(one, one.requestsOf, warmUpSeconds);
    await one.settle?.();
  }
  for (let round = 1; round <= rounds; round += 1) {
    for (const one of contenders) {
      const measured = await load(one, one.requestsOf, seconds);
      const settled = await one.settle?.();
      runs.get(one)?.push({ ...measured, settled });
      const { perSecond, p50, p99, memory, cpu } = measured;
      const rest = settled ? `  ${settled.pending} pending at the end, done ${settled.seconds.toFixed(1)} s later` : "";
      process.stdout.write(
        `  round ${round}  ${one.name.padEnd(12)} ${perSecond.toFixed(0).padStart(6)}/s  p50 ${p50} ms  p99 ${p99} ms  ${memory.toFixed(0)} MiB  cpu ${cpu.toFixed(2)} ms${rest}\n`,
      );
    }
  }
  const floor = runs.get(contenders[0]) ?? [];
  const rows = contenders.map((one) => summed(one.name, runs.get(one) ?? [], floor));
  printTable(rows);
  return rows;
}

function summed(
  name: string,
  runs: readonly (Measured & { settled: Settled | undefined })[],
  floor: readonly Measured[],
): Row {
  const mean = (list: readonly number[]) => list.reduce((sum, value) => sum + value, 0) / list.length;
  const perSecond = mean(runs.map((run) => run.perSecond));
  const floorPerSecond = mean(floor.map((run) => run.perSecond));
  const ratios = runs.map((run, index) => run.perSecond / (floor[index]?.perSecond ?? Number.NaN));
  const settles = runs.flatMap((run) => run.settled ?? []);
  const all = settles.length === runs.length;
  const sustained = all ? mean(runs.map((run) => run.answered / (run.seconds + (run.settled?.seconds ?? 0)))) : null;
  return {
    name,
    answered: runs.reduce((sum, run) => sum + run.answered, 0),
    seconds: runs.reduce((sum, run) => sum + run.seconds, 0),
    perSecond,
    p50: mean(runs.map((run) => run.p50)),
    p99: mean(runs.map((run) => run.p99)),
    memory: Math.max(...runs.map((run) => run.memory)),
    cpu: mean(runs.map((run) => run.cpu)),
    ratio: perSecond / floorPerSecond,
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
    sustained,
    sustainedRatio: sustained === null ? null : sustained / floorPerSecond,
    pending: all ? Math.max(...settles.map((one) => one.pending)) : null,
    drainSeconds: all ? Math.max(...settles.map((one) => one.seconds)) : null,
  };
}

function printTable(rows: readonly Row[]): void {
  const out = (text: string) => process.stdout.write(`${text}\n`);
  out("");
  out("  who              per s   p50 ms  p99 ms  memory   cpu ms  ratio (lowest to highest)");
  for (const row of rows) {
    const range = `${row.ratio.toFixed(2)} (${row.lowest.toFixed(2)} to ${row.highest.toFixed(2)})`;
    out(
      `  ${row.name.padEnd(14)} ${row.perSecond.toFixed(0).padStart(7)} ${row.p50.toFixed(1).padStart(8)} ${row.p99.toFixed(1).padStart(7)}  ${row.memory.toFixed(0).padStart(4)} MiB ${row.cpu.toFixed(2).padStart(7)}  ${range}`,
    );
    if (row.sustained === null || row.sustainedRatio === null) continue;
    out(
      `  ${" ".repeat(14)} ${row.sustained.toFixed(0).padStart(7)} sustained, until nothing was pending: ratio ${row.sustainedRatio.toFixed(2)}; at most ${row.pending} pending, done ${row.drainSeconds?.toFixed(1)} s after the load`,
    );
  }
}

/** Says how each ratio stands to its goal; the figures are the result, so nothing fails here. */
export function printGoal(what: string, value: number, goal: number, isAtMost = false): void {
  const reached = isAtMost ? value <= goal : value >= goal;
  const digits = isAtMost ? 0 : 2;
  process.stdout.write(
    `  ${reached ? "reached" : "MISSED "}  ${what}: ${value.toFixed(digits)} (goal ${isAtMost ? "at most" : "at least"} ${goal})\n`,
  );
}
