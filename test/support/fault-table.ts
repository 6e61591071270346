import type { Reporter, TestCase, TestModule } from "vitest/node";
import { faults, isFull } from "./fault-list.ts";

/** Prints, after everything else, what became of each row of DELIVERY.md's faults. */
// eslint-disable-next-line no-restricted-syntax -- vitest takes a reporter from a file's default export
export default class FaultTable implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const shown = tests.flatMap((test) => {
      const row = Number(/^row (\d+):/.exec(test.name)?.[1]);
      return row ? [{ row, test }] : [];
    });
    if (shown.length === 0) return;
    const lines = Object.entries(faults).map(([number, fault]) => {
      const parts = shown.filter(({ row }) => row === Number(number)).map(({ test }) => test);
      return lineOf(number, fault, parts);
    });
    process.stdout.write(`\nFaults (${isFull ? "full" : "short"})\n${lines.join("\n")}\n`);
  }
}

function lineOf(number: string, fault: string, parts: readonly TestCase[]): string {
  const states = parts.map((test) => test.result().state).filter((one) => one !== "skipped");
  const state = states.length === 0 ? "NOT RUN" : states.every((one) => one === "passed") ? "passed" : "FAILED";
  const figures = parts.flatMap((test) =>
    Object.entries(test.meta().fault?.figures ?? {}).map(([name, value]) => `${name} ${value}`),
  );
  const spent = parts.reduce((sum, test) => sum + (test.diagnostic()?.duration ?? 0), 0);
  const head = `${number.padStart(3)}  ${state.padEnd(7)}  ${fault}`;
  return `${head} (${(spent / 1000).toFixed(0)} s)${figures.length > 0 ? `\n                ${figures.join(", ")}` : ""}`;
}
