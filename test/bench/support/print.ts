import type { Row, Run } from "./compare.ts";

const out = (text: string): boolean => process.stdout.write(`${text}\n`);

export function printRound(
  round: number,
  name: string,
  { perSecond, p50, p99, memory, cpu, databaseCpu, settled }: Run,
): void {
  const figures = `${perSecond.toFixed(0).padStart(6)}/s  p50 ${p50} ms  p99 ${p99} ms  ${memory.toFixed(0)} MiB  cpu ${cpu.toFixed(2)} + ${databaseCpu.toFixed(2)} ms`;
  const left = settled
    ? `  left: ${settled.pending} events for ${settled.seconds.toFixed(1)} s, ${settled.mails} mails for ${settled.mailSeconds.toFixed(1)} s`
    : "";
  out(`  round ${round}  ${name.padEnd(12)} ${figures}${left}`);
}

export function printTable(rows: readonly Row[]): void {
  out("");
  out("  who              per s   p50 ms  p99 ms    memory  cpu ms  db ms  ratio (lowest to highest round)");
  for (const row of rows) {
    const figures = [
      row.perSecond.toFixed(0).padStart(7),
      row.p50.toFixed(1).padStart(8),
      row.p99.toFixed(1).padStart(7),
      `${row.memory.toFixed(0).padStart(5)} MiB`,
      row.cpu.toFixed(2).padStart(7),
      row.databaseCpu.toFixed(2).padStart(6),
    ].join(" ");
    out(
      `  ${row.name.padEnd(14)} ${figures}  ${row.ratio.toFixed(2)} (${row.lowest.toFixed(2)} to ${row.highest.toFixed(2)})`,
    );
    if (!row.sustained) continue;
    const { events, mails, eventsRatio, mailsRatio, most } = row.sustained;
    out(
      `    until all reactions had run: ${events.toFixed(0)}/s, ratio ${eventsRatio.toFixed(2)} (at most ${most.pending} events left, for ${most.seconds.toFixed(1)} s)`,
    );
    out(
      `    until all mails were sent:   ${mails.toFixed(0)}/s, ratio ${mailsRatio.toFixed(2)} (at most ${most.mails} mails left, for ${most.mailSeconds.toFixed(1)} s)`,
    );
  }
}

/** Says how a figure stands to its goal. Figures are the result, so nothing fails here. */
export function printGoal(what: string, value: number, goal: number, isAtMost = false): void {
  const reached = isAtMost ? value <= goal : value >= goal;
  const shown = isAtMost ? String(Math.round(value * 10) / 10) : value.toFixed(2);
  out(`  ${reached ? "reached" : "MISSED "}  ${what}: ${shown} (goal ${isAtMost ? "at most" : "at least"} ${goal})`);
}

/** Which commands MongoDB ran for one answer, those that count. */
export function printCommands(
  before: ReadonlyMap<string, number>,
  after: ReadonlyMap<string, number>,
  answers: number,
): void {
  const each = [...after].map(([name, total]) => [name, (total - (before.get(name) ?? 0)) / answers] as const);
  const shown = each.filter(([, count]) => count >= 0.02).sort((a, b) => b[1] - a[1]);
  out(`    MongoDB commands for one answer: ${shown.map(([name, count]) => `${name} ${count.toFixed(2)}`).join(", ")}`);
}
