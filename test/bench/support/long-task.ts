/** What Chromium's trace says of one thing that a thread did; times in microseconds. */
export interface TraceEvent {
  name: string;
  ph: string;
  ts: number;
  dur?: number;
  tdur?: number;
  tid: number;
  pid: number;
  args?: { name?: string; data?: { score?: number; functionName?: string; url?: string } };
}

/** What page threads did at the top: one task after another. */
export function tasksOf(events: readonly TraceEvent[]): TraceEvent[] {
  const main = events.filter((event) => event.name === "thread_name" && event.args?.name === "CrRendererMain");
  return events.filter(
    (event) => /RunTask$/.test(event.name) && main.some(({ pid, tid }) => pid === event.pid && tid === event.tid),
  );
}

const cost = ({ tdur, dur }: TraceEvent): number => (tdur ?? dur ?? 0) / 1000;

/** What the longest task was made of: the five that took most by themselves, without what ran inside them. */
export function madeOf(events: readonly TraceEvent[]): string {
  const [task] = tasksOf(events).sort((one, other) => cost(other) - cost(one));
  if (!task) return "nothing";
  const end = task.ts + (task.dur ?? 0);
  const inside = events
    .filter(({ ph, pid, tid, ts }) => ph === "X" && pid === task.pid && tid === task.tid && ts >= task.ts && ts < end)
    .sort((one, other) => one.ts - other.ts || (other.dur ?? 0) - (one.dur ?? 0));
  const own = new Map<string, number>();
  const open: TraceEvent[] = [];
  const add = (event: TraceEvent, time: number): void => {
    const { functionName, url } = event.args?.data ?? {};
    const name = [event.name, functionName, url?.split("/").at(-1)].filter(Boolean).join(" ");
    own.set(name, (own.get(name) ?? 0) + time);
  };
  for (const event of inside) {
    while (open.length && open.at(-1)!.ts + (open.at(-1)!.dur ?? 0) <= event.ts) open.pop();
    const parent = open.at(-1);
    if (parent) add(parent, -cost(event));
    add(event, cost(event));
    open.push(event);
  }
  return [...own]
    .sort(([, one], [, other]) => other - one)
    .slice(0, 5)
    .map(([name, time]) => `${name} ${time.toFixed(0)} ms`)
    .join(", ");
}
