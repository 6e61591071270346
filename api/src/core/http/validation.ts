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

function problemsOf(issue: z.core.$ZodIssue, base: string): { path: string; message: string }[] {
  const path = [base, ...issue.path.map(String)].filter(Boolean).join(".");
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => ({
      path: [path, key].filter(Boolean).join(".").slice(0, 200),
      message: "There is no such field.",
    }));
  return [{ path, message: issue.message }];
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
