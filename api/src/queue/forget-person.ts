import { bulks } from "./bulk.model.ts";
import { views } from "./view.model.ts";

/** Removes saved views of a site that speak of somebody who is to be forgotten, in their name or in what they look for. */
export async function forgetViews(siteId: string, isAbout: (text: string) => boolean): Promise<void> {
  for await (const { _id, name, filter } of views().find({ siteId }))
    if (isAbout(JSON.stringify([name, filter]))) await views().deleteOne({ _id, siteId });
}

/** The same of finished changes of many tickets, which are kept for some days: what was looked for goes, what was done stays. */
export async function forgetSelections(siteId: string, isAbout: (text: string) => boolean): Promise<void> {
  const finished = { siteId, selection: { $exists: true }, state: { $nin: ["pending" as const, "inflight" as const] } };
  for await (const { _id, selection } of bulks().find(finished))
    if (isAbout(JSON.stringify(selection))) await bulks().updateOne({ _id, siteId }, { $unset: { selection: "" } });
}
