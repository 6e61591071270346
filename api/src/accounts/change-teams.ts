import type { TeamInput, TeamPatch } from "@sidedesk/contract";
import type { StaffCaller } from "../core/caller.ts";
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
    await teams().updateOne({ _id: id, siteId }, { $set: { name, memberIds, roundRobin } }, inSession());
    if (name !== team.name) await record("team.renamed", caller, { teamId: id });
    return { ...team, name, memberIds, roundRobin };
  });
}

/** Its tickets are taken off it afterwards, in the background. @throws AppError 404 */
export function deleteTeam(caller: StaffCaller, id: string): Promise<void> {
  const { siteId } = caller;
  return transaction(async () => {
    const { deletedCount } = await teams().deleteOne({ _id: id, siteId }, inSession());
    if (deletedCount === 0) throw notFound("team");
    await record("team.deleted", caller, { teamId: id });
  });
}

async function assertMembers(siteId: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const count = await StaffModel.countDocuments({ _id: { $in: [...ids] }, "memberships.siteId": siteId });
  if (count !== ids.length) throw invalid("memberIds", "Nobody on the staff has one of these ids.");
}
