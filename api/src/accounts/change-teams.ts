import type { TeamInput, TeamPatch } from "@sidedesk/contract";
import type { StaffCaller } from "../core/caller.ts";
import { audit } from "../core/data/audit.ts";
import { changesBetween } from "../core/data/changes.ts";
import { newId } from "../core/data/ids.ts";
import { inSession, transaction } from "../core/data/transaction.ts";
import { invalid, notFound } from "../core/errors.ts";
import { record } from "../core/events/record.ts";
import { StaffModel } from "./staff.model.ts";
import { findTeam, teams, type TeamDocument } from "./team.model.ts";

/** @throws AppError 400 at `memberIds` */
export function createTeam(caller: StaffCaller, { name, memberIds, roundRobin }: TeamInput): Promise<TeamDocument> {
  const { siteId } = caller;
  return transaction(async () => {
    await assertMembers(siteId, memberIds);
    const team: TeamDocument = {
      _id: newId(),
      siteId,
      name,
      memberIds,
      roundRobin,
      lastId: null,
      turns: 0,
      createdAt: new Date(),
    };
    await teams().insertOne(team, inSession());
    await audit(caller, "team.created", { target: targetOf(team), after: { memberIds, roundRobin } });
    return team;
  });
}

/** Changes the parts given; its tickets take over a new name. @throws AppError 400, 404 */
export function changeTeam(caller: StaffCaller, id: string, patch: TeamPatch): Promise<TeamDocument> {
  const { siteId } = caller;
  return transaction(async () => {
    const team = await findTeam(siteId, id);
    if (!team) throw notFound("team");
    const { name = team.name, memberIds = team.memberIds, roundRobin = team.roundRobin } = patch;
    if (patch.memberIds)
      await assertMembers(
        siteId,
        memberIds.filter((one) => !team.memberIds.includes(one)),
      );
    const after = { name, memberIds, roundRobin };
    const changes = changesBetween({ name: team.name, memberIds: team.memberIds, roundRobin: team.roundRobin }, after);
    if (!changes) return team;
    await teams().updateOne({ _id: id, siteId }, { $set: after }, inSession());
    await audit(caller, "team.changed", { target: targetOf(team), ...changes });
    if (name !== team.name) await record("team.renamed", caller, { teamId: id });
    return { ...team, ...after };
  });
}

/** Its tickets are taken off it afterwards, in the background. @throws AppError 404 */
export function deleteTeam(caller: StaffCaller, id: string): Promise<void> {
  const { siteId } = caller;
  return transaction(async () => {
    const team = await teams().findOneAndDelete({ _id: id, siteId }, inSession());
    if (!team) throw notFound("team");
    await audit(caller, "team.deleted", { target: targetOf(team) });
    await record("team.deleted", caller, { teamId: id });
  });
}

const targetOf = ({ _id, name }: TeamDocument) => ({ type: "team", id: _id, name });

async function assertMembers(siteId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const count = await StaffModel.countDocuments({ _id: { $in: [...ids] }, "memberships.siteId": siteId });
  if (count !== ids.length) throw invalid("memberIds", "Nobody on the staff has one of these ids.");
}
