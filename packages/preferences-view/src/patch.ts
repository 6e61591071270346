import type { NoticeType, Preferences, PreferencesInput, Ways } from "@sidedesk/contract";

type Types = NonNullable<PreferencesInput["types"]>;
const kindsOf = (types: Types) => Object.entries(types) as [NoticeType, Partial<Ways>][];

/** Two changes as one; the later wins where they speak of the same. */
export function merge(first: PreferencesInput, then: PreferencesInput): PreferencesInput {
  const types: Types = { ...first.types };
  for (const [type, ways] of kindsOf(then.types ?? {})) types[type] = { ...types[type], ...ways };
  const both = { ...first, ...then };
  return Object.keys(types).length ? { ...both, types } : both;
}

/** What the desk will answer to a change, as far as that can be known here. */
export function apply(preferences: Preferences, change: PreferencesInput): Preferences {
  const { types = {}, digest, quietHours, locale, timezone } = change;
  const { quietHours: before, ...rest } = preferences;
  const quiet = quietHours === undefined ? before : quietHours;
  const told = { ...rest.types };
  for (const [type, ways] of kindsOf(types)) told[type] = { ...told[type], ...ways };
  return {
    ...rest,
    types: told,
    digest: digest ?? rest.digest,
    ...(quiet ? { quietHours: { ...quiet, exceptCritical: quiet.exceptCritical ?? true } } : {}),
    // `null` takes a choice back: only the desk knows what holds then.
    locale: locale ?? rest.locale,
    timezone: timezone ?? rest.timezone,
  };
}
