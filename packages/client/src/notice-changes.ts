import type { NoticeBulkInput } from "@sidedesk/contract";
import type { CallOptions, Http } from "./http.ts";

/** One thing done to up to 1000 notices; `restore` brings back what was deleted in the last ten minutes, or put away. */
export const changeNotices = (http: Http, input: NoticeBulkInput, call?: CallOptions) =>
  http<{ changed: number }>("POST", "/v1/notifications/bulk", { ...call, body: input });
