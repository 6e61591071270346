import { creationSpan, figureGroups, type FigureGroup } from "../tickets/index.ts";
import { figuresFrom, type DayFigures } from "./day-figures.ts";
import { daysIn, type DayNumber, type SiteDays } from "./site-days.ts";

/** The figures of the tickets created in `[from, to)`, from the tickets themselves. */
export async function spanFigures(siteId: string, timezone: string, from: Date, to: Date): Promise<DayFigures> {
  const groups: FigureGroup[] = [];
  for await (const page of figureGroups(siteId, from, to)) groups.push(...page);
  return figuresFrom(groups, daysIn(timezone).dayOf);
}

/** The same of one whole day. */
export function dayFigures(siteId: string, timezone: string, day: DayNumber): Promise<DayFigures> {
  const { startOf } = daysIn(timezone);
  return spanFigures(siteId, timezone, new Date(startOf(day)), new Date(startOf(day + 1)));
}

/** The same day by day, in order, for the days on which tickets were created. Either end may be left open. */
export async function* eachDay(
  siteId: string,
  timezone: string,
  from: Date | null,
  to: Date | null,
): AsyncGenerator<{ day: DayNumber; figures: DayFigures }> {
  const span = await creationSpan(siteId);
  if (!span) return;
  const days = daysIn(timezone);
  const first = days.dayOf(Math.max(span.first.getTime(), from?.getTime() ?? -Infinity));
  const last = days.dayOf(Math.min(span.last.getTime(), (to?.getTime() ?? Infinity) - 1));
  for (const run of evenRuns(first, last, days)) {
    const origin = new Date(days.startOf(run.first));
    const begin = from && from > origin ? from : origin;
    const end = new Date(Math.min(days.startOf(run.end), to?.getTime() ?? Infinity));
    let current: { day: DayNumber; groups: FigureGroup[] } | undefined;
    const figures = ({ day, groups }: { day: DayNumber; groups: FigureGroup[] }) => ({
      day,
      figures: figuresFrom(groups, days.dayOf),
    });
    for await (const page of figureGroups(siteId, begin, end, { origin })) {
      for (const [index, groups] of byDay(page)) {
        // A day of more than 24 hours is a run of its own.
        const day = Math.min(run.first + index, run.end - 1);
        if (current?.day === day) current.groups.push(...groups);
        else {
          if (current) yield figures(current);
          current = { day, groups };
        }
      }
    }
    if (current) yield figures(current);
  }
}

/** The days from `first` to `last`, cut so that either all days of a run have 24 hours or it is a single day: one whose clocks change. */
function* evenRuns(
  first: DayNumber,
  last: DayNumber,
  { startOf }: SiteDays,
): Generator<{ first: DayNumber; end: DayNumber }> {
  let begin = first;
  for (let day = first; day <= last; day += 1) {
    if (startOf(day + 1) - startOf(day) === 86_400_000) continue;
    if (begin < day) yield { first: begin, end: day };
    yield { first: day, end: day + 1 };
    begin = day + 1;
  }
  if (begin <= last) yield { first: begin, end: last + 1 };
}

/** A page's groups by their day, in order. */
function byDay(page: readonly FigureGroup[]): [number, FigureGroup[]][] {
  const found = new Map<number, FigureGroup[]>();
  for (const group of page) {
    const groups = found.get(group.day);
    if (groups) groups.push(group);
    else found.set(group.day, [group]);
  }
  return [...found].sort(([a], [b]) => a - b);
}
