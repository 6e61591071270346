import { serverNow } from "../core/data/server-time.ts";
import { again, type JobRun } from "../core/jobs/define-job.ts";
import { readSite } from "../sites/index.ts";
import { addToAlert } from "./add-to-alert.ts";
import { linesOn } from "./lines.ts";
import { dateIn, nextAt } from "./summary-time.ts";
import type { SummaryDocument } from "./summary.model.ts";

/** Clocks differ a little: better a second after the hour than before it, which would be due again at once. */
const lateSeconds = 1;

/** Writes the message of this day, once for a date, and is due again when the clocks show the time next. */
export const run: JobRun<SummaryDocument> = async ({ siteId, gateId }) => {
  const site = await readSite(siteId);
  const line = site && linesOn(site).find((one) => one.gateId === gateId);
  if (!site || !line?.summaryAt) return { state: "held", error: "No figures are wanted there." };
  const now = serverNow();
  const { timezone } = site;
  await addToAlert(line, "summary", `summary ${dateIn(timezone, now)}`, { about: "summary", at: now });
  const seconds = (nextAt(line.summaryAt, timezone, now).getTime() - now.getTime()) / 1000;
  return again({}, seconds + lateSeconds);
};
