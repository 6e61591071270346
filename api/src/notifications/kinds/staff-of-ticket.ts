import { findTeam, listActiveStaff, type StaffRecord } from "../../accounts/index.ts";
import type { TicketDocument } from "../../tickets/index.ts";

const mayAnswer = ({ role }: StaffRecord): boolean => role !== "viewer";

/** The members of a team who are there; all of them when all are away. */
export async function membersOf(siteId: string, teamId: string): Promise<string[]> {
  const team = await findTeam(siteId, teamId);
  return team ? present((await listActiveStaff(siteId)).filter(({ id }) => team.memberIds.includes(id))) : [];
}

/** Whose matter a ticket is: its assignee's, else its team's; nobody's is everybody's who can answer. */
export async function staffOf({ siteId, assignee, team }: TicketDocument): Promise<string[]> {
  if (assignee) return [assignee.id];
  const members = team ? await membersOf(siteId, team.id) : [];
  return members.length > 0 ? members : present((await listActiveStaff(siteId)).filter(mayAnswer));
}

/** Those who look after the site. */
export const adminsOf = async (siteId: string): Promise<string[]> =>
  (await listActiveStaff(siteId)).filter(({ role }) => role === "owner" || role === "admin").map(({ id }) => id);

function present(staff: readonly StaffRecord[]): string[] {
  const there = staff.filter(({ away }) => !away);
  return (there.length > 0 ? there : staff).map(({ id }) => id);
}
