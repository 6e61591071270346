import { membershipRoutes } from "./membership.routes.ts";
import { sessionRoutes } from "./session.routes.ts";
import { staffRoutes } from "./staff.routes.ts";

export const accountRoutes = [...sessionRoutes, ...staffRoutes, ...membershipRoutes];
export { isSiteOrigin } from "./assert-site-origin.ts";
export { presentCustomer } from "./account.presenter.ts";
export { makeTicketLink, makeUnsubscribeLink, unsubscribe } from "./customer-link.ts";
export {
  findCustomer,
  findCustomerByEmail,
  findCustomerByExternalId,
  loadCustomer,
  type CustomerRecord,
} from "./customer.model.ts";
export { addStaff } from "./invite-staff.ts";
export { hashPassword } from "./passwords.ts";
export { resolveCustomer, upsertCustomerByEmail } from "./resolve-customer.ts";
export { authenticate } from "./session.ts";
export { makePasswordLink } from "./set-password.ts";
export { findStaff, listActiveStaff, type StaffRecord } from "./staff.model.ts";
