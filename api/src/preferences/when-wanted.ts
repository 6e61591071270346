import type { ChosenPreferences, NoticeType, Preferences } from "@sidedesk/contract";
import { readChosen, type PersonRef } from "../accounts/index.ts";
import { batched } from "../core/data/batched.ts";
import { getSite } from "../sites/index.ts";
import { digestDue } from "./digest-due.ts";
import { preferencesOf } from "./preferences.ts";
import { quietUntil } from "./quiet-hours.ts";

/** What somebody would be told. */
export interface Told {
  type: NoticeType;
  /** Whether it is about a critical ticket: then it does not wait, unless the person says so. */
  isCritical: boolean;
}

/** When a mail goes out (null is at once), and whether with others of its time; undefined where none is wanted. */
export function mailPlan(
  { types, digest, quietHours, timezone }: Preferences,
  { type, isCritical }: Told,
  now: Date,
): { at: Date | null; isGathered: boolean } | undefined {
  if (!types[type].email) return undefined;
  if (isCritical && quietHours?.exceptCritical !== false) return { at: null, isGathered: false };
  if (digest === "off") return { at: quietUntil(now, quietHours, timezone), isGathered: false };
  const due = digestDue(now, digest, timezone);
  return { at: quietUntil(due, quietHours, timezone) ?? due, isGathered: true };
}

/** When a push may be shown: `now`, the end of the quiet hours, or null for not at all. */
export function pushTime(
  { types, quietHours, timezone }: Preferences,
  { type, isCritical }: Told,
  now: Date,
): Date | null {
  if (!types[type].push) return null;
  if (isCritical && quietHours?.exceptCritical !== false) return now;
  return quietUntil(now, quietHours, timezone) ?? now;
}

/** Read together with what others ask for in the same moment. */
const chosenBy = batched(500, (people: PersonRef[]) => readChosen(people));

/** All that holds for one of a site's people; null for who is not there. For reactions and jobs, not inside a transaction. */
export async function loadPreferences(person: PersonRef): Promise<Preferences | null> {
  const chosen = await chosenBy(person);
  return chosen && inSite(chosen, person.siteId);
}

/** For a reaction that pushes: whether a push is wanted, and when. @returns null for not at all */
export async function whenToPush(person: PersonRef, told: Told, now = new Date()): Promise<Date | null> {
  const preferences = await loadPreferences(person);
  return preferences && pushTime(preferences, told, now);
}

/** What was chosen, with what the site says for the rest. */
export const inSite = async (chosen: ChosenPreferences, siteId: string): Promise<Preferences> =>
  preferencesOf(chosen, await getSite(siteId));
