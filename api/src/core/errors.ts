import { errorTable, type ErrorCode, type Problem } from "@sidedesk/contract";

type Extra = Pick<Problem, "errors" | "allowed" | "current" | "triesLeft"> & { headers?: Record<string, string> };

/** An error the caller may see. Thrown by code; answered as problem+json in one place (core/http/problems.ts). */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly status: number;
  readonly extra: Extra;
  constructor(code: ErrorCode, detail?: string, extra: Extra = {}) {
    super(detail ?? errorTable[code].title);
    this.name = "AppError";
    this.code = code;
    this.status = errorTable[code].status;
    this.extra = extra;
  }
}

export const notFound = (what: string): AppError => new AppError("not_found", `There is no such ${what}.`);
export const forbidden = (detail: string): AppError => new AppError("forbidden", detail);
/** A 400 for one value that no schema could judge, such as a category that the site does not have. */
export const invalid = (path: string, message: string): AppError =>
  new AppError("validation_failed", message, { errors: [{ path, message }] });
