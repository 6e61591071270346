import { membershipRoutes } from "./membership.routes.ts";
import { sessionRoutes } from "./session.routes.ts";
import { staffRoutes } from "./staff.routes.ts";
import { teamRoutes } from "./team.routes.ts";

export const accountRoutes = [...sessionRoutes, ...staffRoutes, ...teamRoutes, ...membershipRoutes];
export { isSiteOrigin } from "./assert-site-origin.ts";
export { presentCustomer, presentProfile } from "./account.presenter.ts";
export { countTries } from "./count-tries.ts";
export { makeTicketLink, readTicketLink } from "./customer-link.ts";
export {
  countCustomers,
  customersAfter,
  emailsBeginning,
  findCustomer,
  findCustomerByEmail,
  findCustomerByExternalId,
  findCustomerIds,
  loadCustomer,
  removeCustomer,
  type CustomerRecord,
  type Spoken,
} from "./customer.model.ts";
export { beginFamily, endFamilies, endFamily, familySeconds, rotateFamily } from "./family.model.ts";
export { addStaff } from "./invite-staff.ts";
export { listCustomers } from "./list-customers.ts";
export { hashPassword, verifyPassword } from "./passwords.ts";
export { onFirstSight, resolveCustomer, upsertCustomerByEmail } from "./resolve-customer.ts";
export { authenticate, customerSession } from "./session.ts";
export { noteSpoken, spokenIn } from "./spoken.ts";
export { getCustomer, updateCustomer } from "./update-customer.ts";
export { makePasswordLink } from "./set-password.ts";
export { findStaff, listActiveStaff, staffEmails, type StaffRecord } from "./staff.model.ts";
export { findTeam, takeTurn, type Turn } from "./team.model.ts";
export { signToken, verifyToken } from "./tokens.ts";
export { readChosen, writeChosen, type PersonRef } from "./preferences.ts";
export { makeUnsubscribeLink, readUnsubscribeLink, setMailed, type Unsubscription } from "./unsubscribe-link.ts";
