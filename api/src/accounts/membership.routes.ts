import { page, pageQuery, siteInput, siteOutput } from "@sidedesk/contract";
import { z } from "zod";
import { actorOf } from "../core/caller.ts";
import { transaction } from "../core/data/transaction.ts";
import { AppError, forbidden } from "../core/errors.ts";
import { created, ok } from "../core/http/answer.ts";
import { pageOfAll } from "../core/http/page-of-all.ts";
import { route } from "../core/http/route.ts";
import { createSite, listSites, presentSite } from "../sites/index.ts";
import { activeMemberships, findStaffPerson, forgetStaff, StaffModel } from "./staff.model.ts";

/** Sites as a staff member has them. */
export const membershipRoutes = [
  route({
    method: "GET",
    path: "/v1/sites",
    tag: "Set-up",
    summary: "The sites one is on the staff of",
    callers: ["staff"],
    role: "viewer",
    site: "none",
    query: z.strictObject(pageQuery),
    status: 200,
    output: page(siteOutput),
    handle: async ({ caller, query }) => {
      const staff = await findStaffPerson(caller.staffId);
      if (!staff) throw new AppError("unauthenticated", "This account no longer exists.");
      const sites = await listSites(activeMemberships(staff).map((one) => one.siteId));
      return ok(pageOfAll(sites.map(presentSite), query, ({ slug }) => slug));
    },
  }),
  route({
    method: "POST",
    path: "/v1/sites",
    tag: "Set-up",
    summary: "Make a site; whoever makes it is its owner",
    callers: ["staff"],
    role: "viewer",
    site: "none",
    body: siteInput,
    status: 201,
    output: siteOutput,
    errors: ["conflict"],
    handle: async ({ caller, body }) => {
      if (caller.role !== "owner") throw forbidden("Only an owner of a site may make another one.");
      const site = await transaction(async () => {
        const made = await createSite(body, actorOf(caller));
        await StaffModel.updateOne(
          { _id: caller.staffId },
          {
            $push: { memberships: { siteId: made.id, role: "owner", disabled: false, away: false, since: new Date() } },
          },
        );
        return made;
      });
      forgetStaff();
      return created(presentSite(site));
    },
  }),
];
