import type { CDPSession, Page } from "playwright-core";
import { printGoal } from "./print.ts";

/** Pixels a second: a fast wheel. */
export const speed = 3000;
export const gestureSeconds = 4;
const frameMs = 1000 / 60;

/** What scrolling was like. */
export interface Frames {
  times: number[];
  /** The longest piece of work on the page's main thread. */
  longestTask: number;
  /** Processor time of the main thread for one frame: unlike the clock, it does not count waiting for a busy machine. */
  cpu: number;
}
interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  tdur?: number;
  tid: number;
  pid: number;
  args?: { data?: { type?: string }; name?: string };
}

/** Scrolls with the wheel for a while and reads the trace of it. */
export async function scrolled(on: Page, session: CDPSession, direction: 1 | -1, x = 640): Promise<Frames> {
  const browser = on.context().browser()!;
  await browser.startTracing(on, {
    categories: [
      "devtools.timeline",
      "disabled-by-default-devtools.timeline",
      "disabled-by-default-devtools.timeline.frame",
    ],
  });
  await session.send("Input.synthesizeScrollGesture", {
    x,
    y: 400,
    yDistance: direction * speed * gestureSeconds,
    speed,
    gestureSourceType: "mouse",
    preventFling: true,
  });
  const { traceEvents } = JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: TraceEvent[] };
  return framesOf(traceEvents);
}

/** What each stretch was like, and all of them beside the screen's 60 frames a second. */
export function printFrames(report: readonly (readonly [where: string, frames: Frames])[]): void {
  const out = (text: string) => process.stdout.write(`${text}\n`);
  out(
    "  where                                 frames   p50 ms  p95 ms  p99 ms  max ms   in time  longest task  cpu a frame",
  );
  for (const [where, { times, longestTask, cpu }] of report)
    out(
      `  ${where.padEnd(36)} ${String(times.length).padStart(7)} ${[0.5, 0.95, 0.99, 1]
        .map((share) => quantile(times, share).toFixed(1).padStart(7))
        .join(
          " ",
        )} ${(inTime(times) * 100).toFixed(1).padStart(8)} % ${longestTask.toFixed(1).padStart(9)} ms ${cpu.toFixed(1).padStart(9)} ms`,
    );
  const all = report.flatMap(([, { times }]) => times);
  out("");
  printGoal("frames a second while scrolling", all.length / (all.reduce((sum, one) => sum + one, 0) / 1000), 58);
  printGoal("share of frames in time", inTime(all), 0.95);
  printGoal("frame time, p95 in ms", quantile(all, 0.95), 20, true);
  printGoal("processor time of the page for one frame, ms", Math.max(...report.map(([, { cpu }]) => cpu)), 8, true);
}

function framesOf(events: readonly TraceEvent[]): Frames {
  const main = events.find((event) => event.name === "thread_name" && event.args?.name === "CrRendererMain");
  const onPage = events.filter((event) => event.pid === main?.pid);
  // From the first to the last movement: before and after nothing changes, so no frame is due.
  const moves = onPage.filter((event) => event.name === "EventDispatch" && event.args?.data?.type === "scroll");
  const [from, to] = [Math.min(...moves.map(({ ts }) => ts)), Math.max(...moves.map(({ ts }) => ts))];
  const during = onPage.filter(({ ts }) => ts >= from && ts <= to);
  const shown = during
    .filter((event) => event.name === "DrawFrame")
    .map((event) => event.ts / 1000)
    .sort((a, b) => a - b);
  const tasks = during.filter((event) => event.name === "RunTask" && event.tid === main?.tid);
  return {
    times: shown.slice(1).map((at, index) => at - (shown[index] ?? at)),
    longestTask: Math.max(0, ...tasks.map(({ dur = 0 }) => dur / 1000)),
    cpu: tasks.reduce((sum, { tdur = 0 }) => sum + tdur / 1000, 0) / Math.max(1, shown.length),
  };
}

function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

/** The next frame is in time when none was left out between: half a frame more is the clock's own play. */
function inTime(times: readonly number[]): number {
  return times.filter((time) => time < frameMs * 1.5).length / times.length;
}
