import type { Overview, OverviewQuery, ReportDay, StaffStats } from "@sidedesk/contract";
import { ticketPriorities, ticketStatuses } from "@sidedesk/contract/lifecycle";
import { getSite, type SiteRecord } from "../sites/index.ts";
import { eachDay } from "./count-days.ts";
import { countBelow, type Counts } from "./day-figures.ts";
import { datesOf, spanOf } from "./overview-span.ts";
import { countDay, ofFigures, readDays, summarise, type DayPart, type Span, type Summary } from "./read-figures.ts";
import { dateOf, daysIn, type DayNumber } from "./site-days.ts";

/** The site's figures for staff, over all of its tickets. */
export async function staffStats(siteId: string): Promise<StaffStats> {
  const site = await getSite(siteId);
  const { summary } = await read(site, { from: null, to: null });
  const { total, ...rest } = figuresOf(site, summary);
  return { total, ...rest };
}

/** The same over the tickets created in a span, and day by day. @throws AppError 400 */
export async function overviewOf(siteId: string, query: OverviewQuery): Promise<Overview> {
  const site = await getSite(siteId);
  const { timezone } = site;
  const span = spanOf(query, timezone);
  const { parts, summary, earlier } = await read(site, span);
  const { total, byStatus, byPriority, byCategory, openShare, ...rest } = figuresOf(site, summary);
  const solved = new Map<DayNumber, number>();
  for (const part of [...earlier, ...parts])
    for (const [day, count] of part.solved) solved.set(day, (solved.get(day) ?? 0) + count);
  const byDate = new Map(parts.map((part) => [dateOf(part.day), part]));
  const solvedByDate = new Map([...solved].map(([day, count]) => [dateOf(day), count]));
  const now = Date.now();
  const perDay = datesOf(span, timezone).map((date): ReportDay => {
    const part = byDate.get(date);
    return {
      date,
      total: part?.total ?? 0,
      resolved: solvedByDate.get(date) ?? 0,
      firstResponse: part?.spread.first ?? { median: null, p90: null },
      resolution: part?.spread.resolution ?? { median: null, p90: null },
      slaMetShare: part ? metShare({ ...part, missed: part.missed + countBelow(part.running, now) }) : null,
      csat: part ? csatOf(part) : { average: null, count: 0 },
    };
  });
  const resolved = perDay.reduce((sum, day) => sum + day.resolved, 0);
  return {
    from: span.from.toISOString(),
    to: span.to.toISOString(),
    timezone,
    totals: { total, resolved, byStatus, byPriority, byCategory, openShare },
    ...rest,
    sla: { met: summary.met, breached: summary.missed, lateBy: summary.late },
    perDay,
  };
}

interface Read {
  parts: DayPart[];
  summary: Summary;
  /** The days before the span, for what was solved in it; only when there is a beginning. */
  earlier: DayPart[];
}

/** Days may be rolled up anew while they are read; those are counted from their tickets. */
async function read({ id, timezone }: SiteRecord, span: Span): Promise<Read> {
  const { startOf, dayOf } = daysIn(timezone);
  let parts = await readDays(id, timezone, span);
  const before = span.from && new Date(startOf(dayOf(span.from.getTime())));
  const earlier = parts && before ? await readDays(id, timezone, { from: null, to: before }, { solvedOnly: true }) : [];
  for (let attempt = 0; parts && earlier && attempt < 5; attempt += 1) {
    const { summary, rolledAnew } = await summarise(id, timezone, parts, Date.now());
    if (summary) return { parts, summary, earlier };
    parts = await Promise.all(
      parts.map(async (part) => (rolledAnew.has(part.day) ? countDay(id, timezone, part.day) : part)),
    );
  }
  return readTickets(id, timezone, span);
}

/** From the tickets themselves: for a site whose days were never made, or change faster than they can be read. */
async function readTickets(siteId: string, timezone: string, { from, to }: Span): Promise<Read> {
  const partsOf = async (begin: Date | null, end: Date | null): Promise<DayPart[]> => {
    const parts: DayPart[] = [];
    for await (const { day, figures } of eachDay(siteId, timezone, begin, end)) parts.push(ofFigures(day, figures));
    return parts;
  };
  const [parts, earlier] = [await partsOf(from, to), from ? await partsOf(null, from) : []];
  const { summary } = await summarise(siteId, timezone, parts, Date.now());
  return { parts, summary: summary as Summary, earlier };
}

function figuresOf(site: SiteRecord, summary: Summary): StaffStats {
  const { total, first, resolution } = summary;
  const withKnown = (counts: Record<string, number>, known: readonly string[]) => ({
    ...Object.fromEntries(known.map((name) => [name, 0])),
    ...counts,
  });
  const byStatus: Record<string, number> = withKnown(summary.byStatus, ticketStatuses);
  return {
    total,
    byStatus,
    byPriority: withKnown(summary.byPriority, ticketPriorities),
    byCategory: withKnown(
      summary.byCategory,
      site.settings.categories.map(({ key }) => key),
    ),
    openShare: total === 0 ? 0 : (total - (byStatus["resolved"] ?? 0) - (byStatus["closed"] ?? 0)) / total,
    firstResponse: first,
    resolution,
    slaMetShare: metShare(summary),
    csat: csatOf(summary),
  };
}

const metShare = ({ met, missed }: Pick<Counts, "met" | "missed">): number | null =>
  met + missed === 0 ? null : met / (met + missed);
const csatOf = ({ rated, score }: Pick<Counts, "rated" | "score">) => ({
  average: rated === 0 ? null : score / rated,
  count: rated,
});
