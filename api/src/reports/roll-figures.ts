import { again, succeeded, type JobRun } from "../core/jobs/define-job.ts";
import { findSite } from "../sites/index.ts";
import { figureRows } from "../tickets/index.ts";
import { gatherDay, type DayFigures } from "./day-figures.ts";
import { dayOfId, daysFilter, figureDayId, figureDays, siteFilter, storeDay } from "./figure-day.model.ts";
import { figuresVersion, type FigureSiteDocument } from "./figure-site.model.ts";
import { dateOf, dayOfDate, daysIn, type DayNumber } from "./site-days.ts";

/** A round ends after this long and the next begins at once, so that a killed worker's work is soon another's. */
const sliceMs = 15_000;

/** Makes all days of a site for the first time, or those anew on which something may have changed. */
export const run: JobRun<FigureSiteDocument> = async (document) => {
  const siteId = document._id;
  const site = await findSite(siteId);
  if (!site) return succeeded();
  const { timezone } = site;
  const begun = Date.now();
  const isSame = document.timezone === timezone && document.version === figuresVersion;
  if (!document.builtAt || !isSame) {
    const from = isSame && document.builtUpTo ? dayOfDate(document.builtUpTo) : null;
    if (!isSame) await figureDays().deleteMany({ ...siteFilter(siteId), timezone: { $ne: timezone } });
    const upTo = await buildDays(siteId, timezone, from, begun + sliceMs);
    if (upTo !== null) return again({ timezone, version: figuresVersion, builtUpTo: dateOf(upTo), builtAt: null });
    return again({ timezone, version: figuresVersion, builtUpTo: null, builtAt: new Date() });
  }
  for (;;) {
    const dirty = await figureDays()
      .find({ siteId, timezone, dirty: true }, { projection: { seq: 1 } })
      .sort({ _id: -1 })
      .limit(50)
      .toArray();
    for (const { _id, seq } of dirty) {
      await rollDay(siteId, timezone, dayOfId(_id), seq);
      if (Date.now() - begun > sliceMs) return again();
    }
    // One round is enough: what has become dirty meanwhile makes itself due again.
    if (dirty.length < 50) return succeeded({ tookMs: Date.now() - begun });
  }
};

async function rollDay(siteId: string, timezone: string, day: DayNumber, seq: number): Promise<void> {
  await storeDay({ siteId, timezone, day }, seq, await computeDay(siteId, timezone, day));
}

/** One day from its tickets. */
async function computeDay(siteId: string, timezone: string, day: DayNumber): Promise<DayFigures> {
  const { startOf, dayOf } = daysIn(timezone);
  return computeSpan(siteId, new Date(startOf(day)), new Date(startOf(day + 1)), dayOf);
}

/** The tickets created in `[from, to)`, from the tickets themselves. */
export async function computeSpan(
  siteId: string,
  from: Date | null,
  to: Date | null,
  dayOf: (ms: number) => DayNumber,
): Promise<DayFigures> {
  const day = gatherDay(dayOf);
  for await (const row of figureRows(siteId, from, to)) day.add(row);
  return day.end();
}

/** Makes days in one pass over the tickets, until the deadline. @returns the day to go on with, or null at the end */
async function buildDays(
  siteId: string,
  timezone: string,
  from: DayNumber | null,
  deadline: number,
): Promise<DayNumber | null> {
  const { startOf, dayOf } = daysIn(timezone);
  // Read before any ticket is: what changes from now on raises it.
  const seqs = new Map(
    (
      await figureDays()
        .find(daysFilter(siteId, timezone, from, null), { projection: { seq: 1 } })
        .toArray()
    ).map(({ _id, seq }) => [_id, seq]),
  );
  let current: { day: DayNumber; end: number; figures: ReturnType<typeof gatherDay> } | undefined;
  const store = async () => {
    if (!current) return;
    const { day, figures } = current;
    const seq = seqs.get(figureDayId(siteId, timezone, day)) ?? 0;
    await storeDay({ siteId, timezone, day }, seq, figures.end());
  };
  for await (const row of figureRows(siteId, from === null ? null : new Date(startOf(from)), null)) {
    const at = row.createdAt.getTime();
    if (!current || at >= current.end) {
      await store();
      const day = dayOf(at);
      if (current && Date.now() > deadline) return day;
      current = { day, end: startOf(day + 1), figures: gatherDay(dayOf) };
    }
    current.figures.add(row);
  }
  await store();
  return null;
}
