import { page, pageQuery, teamInput, teamOutput, teamPatch } from "@sidedesk/contract";
import { z } from "zod";
import { beyond, decodeCursor, encodeCursor, pageOf } from "../core/data/page.ts";
import { created, noContent, ok } from "../core/http/answer.ts";
import { route } from "../core/http/route.ts";
import { changeTeam, createTeam, deleteTeam } from "./change-teams.ts";
import { presentTeam, teams, type TeamDocument } from "./team.model.ts";

const path = "/v1/teams";
const tag = "Staff";
const callers = ["staff"] as const;
const params = z.object({ id: z.string() });

export const teamRoutes = [
  route({
    method: "GET",
    path,
    tag,
    summary: "The site's teams, by name",
    callers,
    role: "viewer",
    query: z.strictObject(pageQuery),
    status: 200,
    output: page(teamOutput),
    handle: async ({ caller, query }) => ok(await listTeams(caller.siteId, query)),
  }),
  route({
    method: "POST",
    path,
    tag,
    summary: "Make a team of people on the staff",
    callers,
    role: "admin",
    body: teamInput,
    status: 201,
    output: teamOutput,
    handle: async ({ caller, body }) => created(presentTeam(await createTeam(caller, body))),
  }),
  route({
    method: "PATCH",
    path: `${path}/:id`,
    tag,
    summary: "Change a team's name, members or whether they take turns",
    callers,
    role: "admin",
    params,
    body: teamPatch,
    status: 200,
    output: teamOutput,
    handle: async ({ caller, params: { id }, body }) => ok(presentTeam(await changeTeam(caller, id, body))),
  }),
  route({
    method: "DELETE",
    path: `${path}/:id`,
    tag,
    summary: "Delete a team; its tickets stay, without one",
    callers,
    role: "admin",
    params,
    status: 204,
    handle: async ({ caller, params: { id } }) => {
      await deleteTeam(caller, id);
      return noContent();
    },
  }),
];

/** By name, along the index. */
async function listTeams(siteId: string, query: { limit?: number | undefined; cursor?: string | undefined }) {
  const limit = query.limit ?? 50;
  const [name, id] = query.cursor ? decodeCursor(query.cursor, ["s", "s"]) : [];
  const after = query.cursor ? { value: name, id: String(id) } : undefined;
  const found = await teams()
    .find({ siteId, ...beyond<TeamDocument>("name", 1, after) })
    .sort({ name: 1, _id: 1 })
    .limit(limit + 1)
    .toArray();
  const { rows, nextCursor } = pageOf(found, limit, ({ name, _id }) => encodeCursor([name, _id]));
  return { data: rows.map(presentTeam), nextCursor };
}
