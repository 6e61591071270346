import type { PortalRegistered, portalRegisterInput } from "@sidedesk/contract";
import type { z } from "zod";
import { hashPassword, spokenIn } from "../accounts/index.ts";
import { config } from "../core/config.ts";
import { newId } from "../core/data/ids.ts";
import { transaction } from "../core/data/transaction.ts";
import { forbidden } from "../core/errors.ts";
import { record } from "../core/events/record.ts";
import type { SiteRecord } from "../sites/index.ts";
import { nobody } from "./audit-customer.ts";
import { assertMayMail } from "./may-mail.ts";
import { findAccount } from "./portal-account.model.ts";
import { findRegistration, keepRegistration } from "./registration.model.ts";

/**
 * Notes who wants an account. The answer, and all that is done for it, is the same whether the address is known or not:
 * what becomes of it is decided afterwards, and told by mail to whoever reads that mailbox.
 * @throws AppError 403 where the site takes none, 429
 */
export async function register(
  site: SiteRecord,
  input: z.output<typeof portalRegisterInput>,
): Promise<PortalRegistered> {
  if (site.settings.portal.registration === false) throw forbidden("Nobody can register here; ask the site's owner.");
  const { email, name = null, password } = input;
  await assertMayMail(site.id, email);
  const passwordHash = await hashPassword(password);
  const _id = newId();
  const expiresAt = new Date(Date.now() + config().SIDEDESK_VERIFY_SECONDS * 1000);
  await transaction(async () => {
    await keepRegistration({ _id, siteId: site.id, email, name, passwordHash, spoken: spokenIn(input), expiresAt });
    await record("portal.registered", { siteId: site.id, actor: nobody }, { registrationId: _id });
  });
  return { email, expiresAt: expiresAt.toISOString() };
}

/** Which mail a registration is answered with; null when its link was opened meanwhile. */
export async function answerTo(
  siteId: string,
  registrationId: string,
): Promise<
  { kind: "address-verification"; registrationId: string } | { kind: "already-registered"; customerId: string } | null
> {
  const registration = await findRegistration(siteId, registrationId);
  if (!registration) return null;
  const account = await findAccount(siteId, registration.email);
  return account
    ? { kind: "already-registered", customerId: account._id }
    : { kind: "address-verification", registrationId };
}
