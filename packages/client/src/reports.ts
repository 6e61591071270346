import type { ActivityEntry, Import, Overview, Page } from "@sidedesk/contract";
import { at, type CallOptions, type Http } from "./http.ts";
import type { PageOptions, TicketFilter } from "./tickets.ts";

export interface ActivityFilter {
  type?: readonly string[] | undefined;
  /** Ids of staff or customers. */
  actor?: readonly string[] | undefined;
  /** Id or number. */
  ticket?: string | undefined;
}

/** Figures, the site's feed, exports and imports. For staff. */
export const reportsApi = (http: Http) => ({
  /** Dates are days of the site's time zone, `to` included; times are moments. */
  overview: (span?: { from?: string; to?: string }, call?: CallOptions) =>
    http<Overview>("GET", "/v1/reports/overview", { ...call, query: span }),
  activity: (filter?: ActivityFilter & PageOptions, call?: CallOptions) =>
    http<Page<ActivityEntry>>("GET", "/v1/activity", { ...call, query: filter }),
  /** The answer as it begins: read its body piece by piece, and cancel that to stop. `Sidedesk-Total` tells how many will come. */
  exportTickets: (format: "csv" | "json", filter?: Omit<TicketFilter, "sort">, call?: CallOptions) =>
    http<Response>("GET", `/v1/support/exports/tickets.${format}`, { ...call, query: filter, asStream: true }),
  imports: (page?: PageOptions, call?: CallOptions) =>
    http<Page<Import>>("GET", "/v1/imports", { ...call, query: page }),
  import: (id: string, call?: CallOptions) => http<Import>("GET", `/v1/imports/${at(id)}`, call),
  /** The same file again goes on with what is left of it. */
  startImport: (file: File, call: CallOptions & { onProgress?: (share: number) => void } = {}) => {
    const { onProgress, ...rest } = call;
    return http<{ id: string }>("POST", "/v1/imports", { ...rest, upload: { file, onProgress } });
  },
  importRejects: (id: string, call?: CallOptions) =>
    http<Response>("GET", `/v1/imports/${at(id)}/rejects.csv`, { ...call, asStream: true }),
});
