import { roles, type Role, type StaffMe } from "@sidedesk/contract";
import { notFound } from "../core/errors.ts";
import { listSites } from "../sites/index.ts";
import { activeMemberships, type Membership, type StaffDocument } from "./staff.model.ts";

export const highestRole = (memberships: readonly Membership[]): Role =>
  roles[Math.max(0, ...memberships.map((one) => roles.indexOf(one.role)))] ?? "viewer";

/**
 * A staff member as they see themselves, with every site they may enter.
 * @param slug of the site whose role is meant; without one it is the highest
 * @throws AppError 404 when they may not enter that site
 */
export async function presentStaffMe(staff: StaffDocument, slug?: string): Promise<StaffMe> {
  const memberships = activeMemberships(staff);
  const sites = await listSites(memberships.map((one) => one.siteId));
  const site = sites.find((one) => one.slug === slug);
  if (slug !== undefined && !site) throw notFound("site");
  return {
    id: staff._id,
    name: staff.name,
    email: staff.email,
    role: highestRole(site ? memberships.filter((one) => one.siteId === site.id) : memberships),
    sites: sites.map((site) => ({
      slug: site.slug,
      name: site.name,
      role: memberships.find((one) => one.siteId === site.id)?.role ?? "viewer",
    })),
    totpEnabled: staff.totpSecret !== null,
  };
}
