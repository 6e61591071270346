import { commandCounts, databasePid } from "./database.ts";
import { load, processorTime, type Measured, type RequestsOf } from "./load.ts";
import { profileFolder, rounds, seconds } from "./options.ts";
import { printCommands, printRound, printTable } from "./print.ts";

export interface Contender {
  name: string;
  url: string;
  pid: number;
  requestsOf: RequestsOf;
  /** What has to come to rest after each load before the next one begins; what it finds is part of the result. */
  settle?: () => Promise<Settled>;
}

/** What a load left to do: events with reactions still to run, mails still to be sent; and how long each took. */
export interface Settled {
  pending: number;
  seconds: number;
  mails: number;
  mailSeconds: number;
}

export interface Run extends Measured {
  /**
   * Processor time of the server and of MongoDB for one answer and all that follows from it, in milliseconds: less shaken by
   * neighbours on a shared machine than answers a second.
   */
  cpu: number;
  databaseCpu: number;
  settled?: Settled | undefined;
}

export interface Row extends Omit<Run, "settled"> {
  name: string;
  /** Against the floor of the same round, the middle one of all rounds: a neighbour's busy second spoils one round, not all. */
  ratio: number;
  lowest: number;
  highest: number;
  /** Answers a second when the time until nothing was left to do counts, too: what can be kept up for ever. */
  sustained?: { events: number; mails: number; eventsRatio: number; mailsRatio: number; most: Settled } | undefined;
}

const warmUpSeconds = 4;

/** Loads the floor (the first) and its contenders in turn, round after round, and prints all figures. */
export async function compare(title: string, contenders: readonly [Contender, ...Contender[]]): Promise<Row[]> {
  process.stdout.write(`${title}\n`);
  const runs = new Map<Contender, Run[]>(contenders.map((one) => [one, []]));
  for (const one of contenders) {
    await load(one, one.requestsOf, warmUpSeconds);
    await one.settle?.();
  }
  for (let round = 1; round <= rounds; round += 1) {
    for (const one of contenders) {
      const run = await runOnce(one);
      runs.get(one)?.push(run);
      printRound(round, one.name, run);
    }
  }
  const floor = runs.get(contenders[0]) ?? [];
  const rows = contenders.map((one) => summed(one.name, runs.get(one) ?? [], floor));
  printTable(rows);
  return rows;
}

async function runOnce(one: Contender): Promise<Run> {
  const mongod = await databasePid();
  const commands = await commandCounts();
  const before = [processorTime(one.pid), processorTime(mongod)] as const;
  const measured = await load(one, one.requestsOf, seconds);
  const settled = await one.settle?.();
  const cpu = (processorTime(one.pid) - before[0]) / measured.answered;
  const databaseCpu = (processorTime(mongod) - before[1]) / measured.answered;
  if (profileFolder) printCommands(commands, await commandCounts(), measured.answered);
  return { ...measured, cpu, databaseCpu, settled };
}

const mean = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;

function median(list: readonly number[]): number {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}

function summed(name: string, runs: readonly Run[], floor: readonly Run[]): Row {
  const perSecond = mean(runs.map((run) => run.perSecond));
  const ratios = runs.map((run, index) => run.perSecond / (floor[index]?.perSecond ?? Number.NaN));
  return {
    name,
    answered: runs.reduce((sum, run) => sum + run.answered, 0),
    seconds: runs.reduce((sum, run) => sum + run.seconds, 0),
    perSecond,
    p50: mean(runs.map((run) => run.p50)),
    p99: mean(runs.map((run) => run.p99)),
    memory: Math.max(...runs.map((run) => run.memory)),
    cpu: mean(runs.map((run) => run.cpu)),
    databaseCpu: mean(runs.map((run) => run.databaseCpu)),
    ratio: median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
    sustained: sustained(runs, floor),
  };
}

function sustained(runs: readonly Run[], floor: readonly Run[]): Row["sustained"] {
  const settles = runs.flatMap((run) => run.settled ?? []);
  if (settles.length < runs.length) return undefined;
  const until = (part: "seconds" | "mailSeconds") =>
    runs.map((run) => run.answered / (run.seconds + (run.settled?.[part] ?? 0)));
  const [events, mails] = [until("seconds"), until("mailSeconds")];
  const toFloor = (list: readonly number[]) =>
    median(list.map((perSecond, index) => perSecond / (floor[index]?.perSecond ?? Number.NaN)));
  const most = (part: keyof Settled) => Math.max(...settles.map((one) => one[part]));
  return {
    events: mean(events),
    mails: mean(mails),
    eventsRatio: toFloor(events),
    mailsRatio: toFloor(mails),
    most: {
      pending: most("pending"),
      seconds: most("seconds"),
      mails: most("mails"),
      mailSeconds: most("mailSeconds"),
    },
  };
}
