import type { Team } from "@sidedesk/contract";
import mongoose, { Schema, type mongo } from "mongoose";
import { inSession, openTransaction, type OpenTransaction } from "../core/data/transaction.ts";
import { membershipOf, StaffModel, type StaffDocument } from "./staff.model.ts";

export interface TeamDocument {
  _id: string;
  siteId: string;
  name: string;
  memberIds: string[];
  roundRobin: boolean;
  /** Whoever got the last ticket in turn. */
  lastId: string | null;
  /** Raised by each ticket that comes to the team, so that two at once, and a deletion, meet in this document. */
  turns: number;
  createdAt: Date;
}

const schema = new Schema<TeamDocument>(
  { _id: String, siteId: String },
  { collection: "teams", versionKey: false, strict: false, minimize: false },
);
schema.index({ siteId: 1, name: 1, _id: 1 }); // listTeams
schema.index({ siteId: 1, memberIds: 1 }); // leaveTeams
const TeamModel = mongoose.model<TeamDocument>("Team", schema);
export const teams = (): mongo.Collection<TeamDocument> => TeamModel.db.collection<TeamDocument>("teams");

export const findTeam = (siteId: string, id: string): Promise<TeamDocument | null> =>
  teams().findOne({ _id: id, siteId }, inSession());

export const presentTeam = ({ _id, name, memberIds, roundRobin, createdAt }: TeamDocument): Team => ({
  id: _id,
  name,
  memberIds,
  roundRobin,
  createdAt: createdAt.toISOString(),
});

/** Whoever leaves the staff leaves its teams. */
export const leaveTeams = (siteId: string, staffId: string): Promise<unknown> =>
  teams().updateMany({ siteId, memberIds: staffId }, { $pull: { memberIds: staffId } }, inSession());

/** A team as a ticket comes to it. */
export interface Turn {
  team: { id: string; name: string };
  /** Whose turn it is; null without round robin, or with everybody away. */
  next: { id: string; name: string } | null;
}

/**
 * Hands a ticket to a team, in the open transaction: `wantsMember` asks for the member next in turn, if the team goes
 * round. Two tickets at once meet in the team's document, so that one of the transactions runs again and sees whose turn
 * the other one took. Null when there is no such team (any more).
 */
export async function takeTurn(
  siteId: string,
  teamId: string,
  wantsMember: boolean,
  within = openTransaction(),
): Promise<Turn | null> {
  const found = await teams().findOneAndUpdate(
    { _id: teamId, siteId },
    { $inc: { turns: 1 } },
    { returnDocument: "after", ...inSession(within) },
  );
  if (!found) return null;
  const team = { id: found._id, name: found.name };
  if (!wantsMember || !found.roundRobin) return { team, next: null };
  const next = await nextInTurn(found, within);
  if (next) await teams().updateOne({ _id: teamId, siteId }, { $set: { lastId: next.id } }, inSession(within));
  return { team, next };
}

/** The first after whoever had the last turn who can answer now. */
async function nextInTurn(
  { siteId, memberIds, lastId }: TeamDocument,
  within: OpenTransaction | undefined,
): Promise<Turn["next"]> {
  const filter = { _id: { $in: memberIds }, "memberships.siteId": siteId };
  const members = await StaffModel.find(filter, null, inSession(within)).lean();
  const present = new Map(members.filter((one) => canTake(one, siteId)).map((one) => [one._id, one.name]));
  const start = lastId ? memberIds.indexOf(lastId) + 1 : 0;
  for (const id of [...memberIds.slice(start), ...memberIds.slice(0, start)]) {
    const name = present.get(id);
    if (name !== undefined) return { id, name };
  }
  return null;
}

function canTake(staff: StaffDocument, siteId: string): boolean {
  const member = membershipOf(staff, siteId);
  return member !== undefined && !member.disabled && !member.away && member.role !== "viewer";
}
