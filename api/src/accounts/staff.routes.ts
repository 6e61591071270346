import {
  loginInput,
  page,
  pageQuery,
  passwordForgottenInput,
  passwordInput,
  staffInvite,
  staffMe,
  staffOutput,
  staffPatch,
  staffSession as staffSessionOutput,
} from "@sidedesk/contract";
import { z } from "zod";
import { AppError } from "../core/errors.ts";
import { created, noContent, ok } from "../core/http/answer.ts";
import { pageOfAll } from "../core/http/page-of-all.ts";
import { route, type HttpContext } from "../core/http/route.ts";
import { presentMember } from "./account.presenter.ts";
import { endFamily, familySeconds, rotateFamily } from "./family.model.ts";
import { forgotPassword } from "./forgot-password.ts";
import { changeStaff, inviteStaff } from "./invite-staff.ts";
import { staffSession } from "./session.ts";
import { setPassword } from "./set-password.ts";
import { signIn } from "./sign-in.ts";
import { presentStaffMe } from "./staff-me.ts";
import { activeMemberships, findStaffPerson, listMembers } from "./staff.model.ts";

const cookieName = "sidedesk_staff";
const staffPath = "/v1/staff";
const keep = (http: HttpContext, value: string): void =>
  http.setCookie(cookieName, value, { maxAgeSeconds: familySeconds, path: staffPath });
const idParam = z.object({ id: z.string() });

export const staffRoutes = [
  route({
    method: "POST",
    path: "/v1/staff/login",
    tag: "Staff",
    summary: "Sign in; sets the renewing cookie",
    callers: ["anyone"],
    body: loginInput,
    status: 200,
    output: staffSessionOutput,
    limit: "login",
    repeatable: false,
    handle: async ({ body, http }) => {
      const { session, cookie } = await signIn({ email: body.email, password: body.password }, http.ip);
      keep(http, cookie);
      return ok(session);
    },
  }),
  route({
    method: "POST",
    path: "/v1/staff/refresh",
    tag: "Staff",
    summary: "Renews a session by its cookie, which is spent; 204 without one",
    callers: ["anyone"],
    ownPagesOnly: true,
    status: 200,
    output: staffSessionOutput,
    mayBeEmpty: true,
    repeatable: false,
    handle: async ({ http }) => {
      const cookie = http.cookie(cookieName);
      if (!cookie) return noContent();
      const family = await rotateFamily("staff", cookie);
      const staff = family && (await findStaffPerson(family.personId));
      if (!family || !staff || activeMemberships(staff).length === 0) {
        http.clearCookie(cookieName, staffPath);
        throw new AppError("unauthenticated", "This sign-in was ended. Sign in again.");
      }
      keep(http, family.cookie);
      return ok(await staffSession(staff, family.id));
    },
  }),
  route({
    method: "POST",
    path: "/v1/staff/logout",
    tag: "Staff",
    summary: "Ends the sign-in of the cookie",
    callers: ["anyone"],
    ownPagesOnly: true,
    status: 204,
    repeatable: false,
    handle: async ({ http }) => {
      const cookie = http.cookie(cookieName);
      if (cookie) await endFamily(cookie);
      http.clearCookie(cookieName, staffPath);
      return noContent();
    },
  }),
  route({
    method: "POST",
    path: "/v1/staff/password/forgot",
    tag: "Staff",
    summary: "Mail a link for a new password, if there is such an account; answers the same when there is none",
    callers: ["anyone"],
    body: passwordForgottenInput,
    status: 204,
    limit: "sessions",
    repeatable: false,
    handle: ({ body }) => {
      forgotPassword(body.email);
      return noContent();
    },
  }),
  route({
    method: "POST",
    path: "/v1/staff/password",
    tag: "Staff",
    summary: "Set a password by the mailed link",
    callers: ["anyone"],
    body: passwordInput,
    status: 204,
    limit: "sessions",
    repeatable: false,
    handle: async ({ body }) => {
      await setPassword(body.token, body.password);
      return noContent();
    },
  }),
  route({
    method: "GET",
    path: "/v1/staff/me",
    tag: "Staff",
    summary: "Who is signed in, and the sites they may enter",
    callers: ["staff"],
    site: "none",
    status: 200,
    output: staffMe,
    handle: async ({ caller, http }) => {
      const staff = await findStaffPerson(caller.staffId);
      if (!staff) throw new AppError("unauthenticated", "This account no longer exists.");
      return ok(await presentStaffMe(staff, http.header("x-site")));
    },
  }),
  route({
    method: "GET",
    path: "/v1/staff",
    tag: "Staff",
    summary: "The site's staff, by name",
    callers: ["staff"],
    role: "viewer",
    query: z.strictObject(pageQuery),
    status: 200,
    output: page(staffOutput),
    handle: async ({ caller, query }) => {
      const members = await listMembers(caller.siteId);
      const presented = members.map((staff) => presentMember(staff, caller.siteId));
      return ok(pageOfAll(presented, query, ({ name }) => name));
    },
  }),
  route({
    method: "POST",
    path: "/v1/staff",
    tag: "Staff",
    summary: "Invite somebody; they get a mail",
    callers: ["staff"],
    role: "admin",
    body: staffInvite,
    status: 201,
    output: staffOutput,
    errors: ["conflict"],
    handle: async ({ caller, body }) => created(presentMember(await inviteStaff(caller, body), caller.siteId)),
  }),
  route({
    method: "PATCH",
    path: "/v1/staff/:id",
    tag: "Staff",
    summary: "Change role, access or absence; everybody may set their own absence",
    callers: ["staff"],
    role: "viewer",
    params: idParam,
    body: staffPatch,
    status: 200,
    output: staffOutput,
    errors: ["conflict"],
    handle: async ({ caller, params, body }) => {
      const ownAbsence = params.id === caller.staffId && body.role === undefined && body.disabled === undefined;
      if (!ownAbsence && caller.role !== "admin" && caller.role !== "owner")
        throw new AppError("forbidden", "This needs the role admin or above.");
      const staff = await changeStaff(caller, params.id, body);
      if (!staff) throw new AppError("not_found");
      return ok(presentMember(staff, caller.siteId));
    },
  }),
  route({
    method: "DELETE",
    path: "/v1/staff/:id",
    tag: "Staff",
    summary: "Take somebody off the site's staff",
    callers: ["staff"],
    role: "admin",
    params: idParam,
    status: 204,
    errors: ["conflict"],
    handle: async ({ caller, params }) => {
      await changeStaff(caller, params.id, null);
      return noContent();
    },
  }),
];
