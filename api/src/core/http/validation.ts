import type { Problem } from "@sidedesk/contract";
import type { z } from "zod";
import { AppError } from "../errors.ts";

/** An answer names this many problems at most, however many were sent. */
const mostErrors = 100;

/** Parses `value` by `schema`. @throws AppError 400 with one entry per problem, each at its path. */
export function parse<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const errors = result.error.issues.flatMap((issue) => problemsOf(issue, ""));
  throw new AppError(
    "validation_failed",
    errors.length === 1
      ? `${errors[0]?.path || "The body"}: ${errors[0]?.message}`
      : `${errors.length} values are not valid.`,
    { errors: errors.slice(0, mostErrors) },
  );
}

function problemsOf(issue: z.core.$ZodIssue, base: string): NonNullable<Problem["errors"]> {
  const path = [base, ...issue.path.map(String)].filter(Boolean).join(".");
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      path: [path, key].filter(Boolean).join(".").slice(0, 200),
      message: "There is no such field.",
    }));
  return [{ path, message: issue.message, ...lengthOf(issue) }];
}

/** How long a text has to be, as a number, for who says it in other words. */
function lengthOf(issue: z.core.$ZodIssue): { least?: number; most?: number } {
  if (issue.code === "too_small" && issue.origin === "string") return { least: Number(issue.minimum) };
  if (issue.code === "too_big" && issue.origin === "string") return { most: Number(issue.maximum) };
  const { least, most } = (issue.code === "custom" && issue.params) || {}; // what `text()` of the contract says
  return { ...(least && { least: Number(least) }), ...(most && { most: Number(most) }) };
}

/** Query names may come once each; a repeated one arrives as an array and is refused by the schemas, which know strings only. */
export function queryOf(search: URLSearchParams): Record<string, string | string[]> {
  const query: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>;
  for (const key of new Set(search.keys())) {
    const values = search.getAll(key);
    query[key] = values.length === 1 ? (values[0] ?? "") : values;
  }
  return query;
}
