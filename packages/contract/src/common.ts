import { z } from "zod";

/**
 * Text that a person typed: trimmed, `min` to `max` UTF-16 code units as HTML's `maxlength` counts (zod's own bounds count
 * code points), without NUL and without lone surrogates (neither survives UTF-8 storage unchanged, so neither is silently altered).
 */
export const text = (min: number, max: number) =>
  z
    .string()
    .trim()
    .refine((value) => value.length >= min, {
      error: min === 1 ? "Must not be empty." : `A few more letters, please: at least ${min}.`,
      params: { least: min },
    })
    .refine((value) => value.length <= max, { error: `At most ${max} characters.`, params: { most: max } })
    .refine(isStorable, "Contains a character that cannot be stored (NUL or half of a surrogate pair).")
    .meta({ minLength: min, maxLength: max });

/** Neither NUL nor half of a surrogate pair. */
export function isStorable(value: string): boolean {
  return !value.includes("\0") && (value as string & { isWellFormed(): boolean }).isWellFormed();
}

/** Whether none comes twice. */
export const isOnce = (all: readonly string[]): boolean => new Set(all).size === all.length;

export const email = z
  .string()
  .trim()
  .max(254, "At most 254 characters.")
  .refine(isStorable, "Contains a character that cannot be stored.")
  .pipe(z.email("This is not an email address.").overwrite((value) => value.toLowerCase()));

/** An opaque id. Anything that is not one of ours cannot exist, so callers answer 404 rather than 400 for it. */
export const id = z.string().min(1).max(128).meta({ description: "Opaque id" });
export const time = z.iso.datetime().meta({ description: "ISO 8601, UTC" });
export const slug = z
  .string()
  .trim()
  .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/, "1 to 63 of a-z, 0-9 and hyphens, not at an end.");

export const locale = z
  .string()
  .trim()
  .max(35)
  .refine((value) => isLocale(value), "A language tag such as en or de-AT.");
function isLocale(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}
export const timezone = z
  .string()
  .trim()
  .max(64)
  .refine((value) => isTimeZone(value), "A time zone such as Europe/Berlin.");
function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone.length > 0;
  } catch {
    return false;
  }
}

/** `?limit=1..100&cursor=` of every list. */
export const pageQuery = {
  limit: z
    .string()
    .regex(/^\d{1,3}$/, "A number from 1 to 100.")
    .transform(Number)
    .pipe(z.number().min(1).max(100))
    .optional(),
  cursor: z.string().min(1).max(1024).optional(),
};

export const page = <T extends z.ZodType>(item: T) =>
  z.strictObject({ data: z.array(item), nextCursor: z.string().nullable() });

/** Several values, comma-separated, each one of `values`. */
export const oneOrMore = <T extends string>(values: readonly [T, ...T[]]) =>
  z
    .string()
    .max(500)
    .transform((raw) => raw.split(","))
    .pipe(z.array(z.enum(values)).min(1).max(20));

/** Several free values, comma-separated. */
export const list = z
  .string()
  .min(1)
  .max(2000)
  .transform((raw) => raw.split(","))
  .pipe(z.array(text(1, 254)).min(1).max(50));

export interface Page<T> {
  data: T[];
  nextCursor: string | null;
}
