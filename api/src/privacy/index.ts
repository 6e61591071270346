import { auditRoutes } from "./audit.routes.ts";

export const privacyRoutes = [...auditRoutes];
