import { again, succeeded, type Outcome } from "../core/jobs/define-job.ts";
import { getSite } from "../sites/index.ts";
import { recalculateSome } from "../tickets/index.ts";
import type { RecalculationDocument } from "./recalculation.model.ts";

/** One slice of a run. */
export async function run({ siteId, after, changed }: RecalculationDocument): Promise<Outcome> {
  const { settings } = await getSite(siteId);
  const slice = await recalculateSome(siteId, settings.sla, after);
  const set = { after: slice.after, changed: changed + slice.changed };
  return slice.isDone ? succeeded(set) : again(set);
}
