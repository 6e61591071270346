import type { FailedWork, Page, QueueScreen } from "@sidedesk/contract";
import type { CallOptions, Http } from "./http.ts";
import type { PageOptions } from "./tickets.ts";

/** What was given up, and the queues themselves. */
export const operationsApi = (http: Http) => ({
  failed: (filter?: { queue?: string | undefined } & PageOptions, call?: CallOptions) =>
    http<Page<FailedWork>>("GET", "/v1/operations/failed", { ...call, query: filter }),
  /** Does one piece of work again, or, without `id`, all of its kind. */
  retry: (work: { queue: string; id?: string }, call?: CallOptions) =>
    http<{ count: number }>("POST", "/v1/operations/failed/retry", { ...call, body: work }),
  /** Lets an owner look at the queues, at the address that is answered. */
  openQueues: (call?: CallOptions) => http<QueueScreen>("POST", "/v1/operations/queues", call),
});
