import type { Page, StaffLoad, Team, TeamDraft } from "@sidedesk/contract";
import { at, type CallOptions, type Http } from "./http.ts";

/** Teams of a site, and how much lies with whom. */
export const teamsApi = (http: Http) => ({
  list: (query?: { limit?: number; cursor?: string | null | undefined }, call?: CallOptions) =>
    http<Page<Team>>("GET", "/v1/teams", { ...call, query }),
  create: (input: TeamDraft, call?: CallOptions) => http<Team>("POST", "/v1/teams", { ...call, body: input }),
  update: (id: string, patch: Partial<TeamDraft>, call?: CallOptions) =>
    http<Team>("PATCH", `/v1/teams/${at(id)}`, { ...call, body: patch }),
  remove: (id: string, call?: CallOptions) => http<null>("DELETE", `/v1/teams/${at(id)}`, call),
  /** Open tickets by member of staff and by team. */
  load: (call?: CallOptions) => http<StaffLoad>("GET", "/v1/staff/load", call),
});
