import { z } from "zod";
import { locale, timezone } from "./common.ts";
import type { NoticeType } from "./notifications.ts";

/** The ways in which somebody can be told. */
const ways = z.strictObject({ inApp: z.boolean(), email: z.boolean(), push: z.boolean() });
export type Ways = z.infer<typeof ways>;
export type Way = keyof Ways;

/**
 * How mails are gathered: `off` sends each by itself, `burst` all that comes within five minutes as one, `hourly` and
 * `daily` those of an hour, or of a day until eight in the morning, both by the person's clock.
 */
export const digests = ["off", "burst", "hourly", "daily"] as const;
export type Digest = (typeof digests)[number];

const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time from 00:00 to 23:59.");
/** Times of the day in the person's time zone; `to` before `from` is on the next day. */
const quietHours = z
  .strictObject({
    from: timeOfDay,
    to: timeOfDay,
    /** Whether what is about a critical ticket comes all the same. */
    exceptCritical: z.boolean().default(true),
  })
  .refine(({ from, to }) => from !== to, { message: "Quiet hours end at another time than they begin.", path: ["to"] });
export type QuietHours = z.infer<typeof quietHours>;

const eachType = <T extends z.ZodType>(value: T) =>
  ({ ticket: value, billing: value, compliance: value, alert: value, info: value }) satisfies Record<NoticeType, T>;

export const preferencesOutput = z
  .strictObject({
    types: z.strictObject(eachType(ways)),
    digest: z.enum(digests),
    quietHours: quietHours.optional(),
    /** The language of mails, and the clock of quiet hours and digests: the site's unless they chose. */
    locale: z.string(),
    timezone: z.string(),
  })
  .meta({ id: "Preferences" });
export type Preferences = z.infer<typeof preferencesOutput>;

/** The parts to change. `null` takes a choice back. */
export const preferencesInput = z
  .strictObject({
    types: z.strictObject(eachType(ways.partial())).partial(),
    digest: z.enum(digests),
    quietHours: quietHours.nullable(),
    locale: locale.nullable(),
    timezone: timezone.nullable(),
  })
  .partial();
export type PreferencesInput = z.input<typeof preferencesInput>;

/** What somebody chose; for the rest the defaults hold. */
export interface ChosenPreferences {
  types?: Partial<Record<NoticeType, Partial<Ways>>>;
  digest?: Digest;
  quietHours?: QuietHours;
  locale?: string;
  timezone?: string;
}

/** How a site writes notices, in lists and as pushes, which may show on a locked screen. */
export const noticeSettings = z.strictObject({
  /** Whether they carry the beginning of what was written. Notes never do. */
  includeText: z.boolean(),
});
