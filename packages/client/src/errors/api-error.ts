import type { Problem } from "@sidedesk/contract";

/** The API answered, and the answer is a problem. `message` is its `detail`, ready to be shown. */
export class ApiError extends Error {
  readonly problem: Problem;
  readonly status: number;
  /** Seconds to wait before another try, where the answer named them (429, 503). */
  readonly retryAfter: number | null;

  static {
    Object.defineProperty(this.prototype, "name", { value: "ApiError" }); // assigning fails where a page froze its errors
  }

  constructor(problem: Problem, retryAfter: number | null = null) {
    super(problem.detail || problem.title);
    this.problem = problem;
    this.status = problem.status;
    this.retryAfter = retryAfter;
  }
}
