import { roles, type Role, type StaffMe } from "@sidedesk/contract";
import { listSites } from "../sites/index.ts";
import { activeMemberships, type Membership, type StaffDocument } from "./staff.model.ts";

export const highestRole = (memberships: readonly Membership[]): Role =>
  roles[Math.max(0, ...memberships.map((one) => roles.indexOf(one.role)))] ?? "viewer";

/** A staff member as they see themselves, with every site they may enter. */
export async function presentStaffMe(staff: StaffDocument): Promise<StaffMe> {
  const memberships = activeMemberships(staff);
  const sites = await listSites(memberships.map((one) => one.siteId));
  return {
    id: staff._id,
    name: staff.name,
    email: staff.email,
    role: highestRole(memberships),
    sites: sites.map((site) => ({
      slug: site.slug,
      name: site.name,
      role: memberships.find((one) => one.siteId === site.id)?.role ?? "viewer",
    })),
    totpEnabled: staff.totpSecret !== null,
  };
}
