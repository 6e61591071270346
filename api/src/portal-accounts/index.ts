import { portalAccountRoutes } from "./portal-account.routes.ts";
import { portalSessionRoutes } from "./portal-session.routes.ts";

export const portalRoutes = [...portalAccountRoutes, ...portalSessionRoutes];
export { portalAccountReactions } from "./portal-account.reactions.ts";
export { makePortalDoorLink, makePortalPasswordLink, makeVerificationLink } from "./portal-links.ts";
export { answerTo } from "./register.ts";
export { findRegistration } from "./registration.model.ts";
export { removePortalAccount } from "./remove-portal-account.ts";
