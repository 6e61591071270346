import { again, succeeded, type JobRun } from "../core/jobs/define-job.ts";
import { findSite } from "../sites/index.ts";
import { dayFigures, eachDay } from "./count-days.ts";
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
  await storeDay({ siteId, timezone, day }, seq, await dayFigures(siteId, timezone, day));
}

/** Makes days in one pass over the tickets, until the deadline. @returns the day to go on with, or null at the end */
async function buildDays(
  siteId: string,
  timezone: string,
  from: DayNumber | null,
  deadline: number,
): Promise<DayNumber | null> {
  // Read before any ticket is: what changes from now on raises it.
  const seqs = new Map(
    (
      await figureDays()
        .find(daysFilter(siteId, timezone, from, null), { projection: { seq: 1 } })
        .toArray()
    ).map(({ _id, seq }) => [_id, seq]),
  );
  const { startOf } = daysIn(timezone);
  const begin = from === null ? null : new Date(startOf(from));
  for await (const { day, figures } of eachDay(siteId, timezone, begin, null)) {
    const seq = seqs.get(figureDayId(siteId, timezone, day)) ?? 0;
    await storeDay({ siteId, timezone, day }, seq, figures);
    if (Date.now() > deadline) return day + 1;
  }
  return null;
}
