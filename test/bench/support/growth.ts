import type { Desk } from "./desk.ts";
import { printGoal } from "./print.ts";
import type { Running } from "./processes.ts";

/** The same desk with so many rows. */
export interface Stand {
  size: number;
  api: Running;
  desk: Desk;
}
export interface Question {
  name: string;
  /** Questions of one kind share a goal. */
  kind: string;
  /** The address that is asked for in one round. */
  ask: (round: number) => string;
  tokenOf: (desk: Desk, round: number) => string;
}

const rounds = 40;
const warmUp = 5;

/**
 * Asks the same questions, one after another, of desks that grow, and prints p50 and p95 of each. The floor is our own figure
 * at the smallest desk.
 * @param goals by kind, how many times as long p95 of all its questions may take at the largest desk
 */
export async function measureGrowth(
  stands: readonly Stand[],
  questions: readonly Question[],
  goals: Record<string, number>,
): Promise<void> {
  const sizes = stands.map(({ size }) => size);
  const times = new Map<Question, Map<number, number[]>>(questions.map((one) => [one, new Map()]));
  for (let round = -warmUp; round < rounds; round += 1)
    for (const question of questions)
      for (const { size, api, desk } of stands) {
        const place = round + warmUp;
        const ms = await timed(api.url + question.ask(place), question.tokenOf(desk, place));
        const all = times.get(question)!;
        if (round >= 0) all.set(size, [...(all.get(size) ?? []), ms]);
      }

  const lines = [...times].map(([question, bySize]) => {
    const cells = sizes.map((size) => {
      const list = bySize.get(size) ?? [];
      return `${at(list, 0.5).toFixed(1)} / ${at(list, 0.95).toFixed(1)}`.padStart(18);
    });
    return `  ${question.kind} ${question.name}`.padEnd(54) + cells.join("");
  });
  const head = `  ${"".padEnd(52)}${sizes.map((size) => String(size).padStart(18)).join("")}`;
  const title = `Each question asked ${rounds} times, one at a time: p50 / p95 in ms`;
  process.stdout.write(`\n${[title, "", head, ...lines].join("\n")}\n\n`);

  const [smallest = 0] = sizes;
  for (const [kind, goal] of Object.entries(goals)) {
    const p95 = (size: number): number =>
      at(
        [...times].filter(([question]) => question.kind === kind).flatMap(([, bySize]) => bySize.get(size) ?? []),
        0.95,
      );
    for (const size of sizes.slice(1)) {
      const ratio = p95(size) / p95(smallest);
      const text = `${kind}, p95 of all: ${p95(smallest).toFixed(1)} ms at ${smallest}, ${p95(size).toFixed(1)} ms at ${size}`;
      if (size === sizes.at(-1)) printGoal(`${text}; times`, Math.round(ratio * 10) / 10, goal, true);
      else process.stdout.write(`           ${text}; times ${ratio.toFixed(1)}\n`);
    }
  }
}

async function timed(url: string, token: string): Promise<number> {
  const began = performance.now();
  const response = await fetch(url, { headers: { authorization: `Bearer ${token}` } });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url}: ${response.status} ${text}`);
  return performance.now() - began;
}

const at = (list: readonly number[], share: number): number =>
  [...list].sort((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))] ?? Number.NaN;
