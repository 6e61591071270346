import {
  noticeTypes,
  type ChosenPreferences,
  type NoticeType,
  type Preferences,
  type Way,
  type Ways,
} from "@sidedesk/contract";

/** Until somebody chooses: everything is told in every way, but news, which make no sound. A push needs a browser that asked for it. */
const defaults = (type: NoticeType): Ways => ({ inApp: true, email: type !== "info", push: type !== "info" });

const waysOf = (chosen: ChosenPreferences, type: NoticeType): Ways => ({ ...defaults(type), ...chosen.types?.[type] });

/** Whether somebody wants to be told of a type in a way. */
export const wants = (chosen: ChosenPreferences, type: NoticeType, way: Way): boolean => waysOf(chosen, type)[way];

/** All that holds for somebody: what they chose, and for the rest the defaults and what their site speaks. */
export function preferencesOf(chosen: ChosenPreferences, site: { locale: string; timezone: string }): Preferences {
  const { digest = "off", quietHours, locale = site.locale, timezone = site.timezone } = chosen;
  const types = Object.fromEntries(noticeTypes.map((type) => [type, waysOf(chosen, type)])) as Preferences["types"];
  return { types, digest, ...(quietHours ? { quietHours } : {}), locale, timezone };
}
