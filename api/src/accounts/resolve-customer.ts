import type { CustomerRef } from "@sidedesk/contract";
import { isDuplicate } from "../core/data/is-duplicate.ts";
import { transaction } from "../core/data/transaction.ts";
import { notFound } from "../core/errors.ts";
import { record } from "../core/events/record.ts";
import { customerKeys } from "./customer-words.ts";
import {
  changeCustomer,
  findCustomer,
  findCustomerByEmail,
  findCustomerByExternalId,
  insertCustomer,
  type CustomerRecord,
  type Spoken,
} from "./customer.model.ts";
import { noteSpoken } from "./spoken.ts";

/** The customer a caller names by id, host's id, or email; by email one is made on first sight. @throws AppError 404 */
export async function resolveCustomer(siteId: string, ref: CustomerRef): Promise<CustomerRecord> {
  if ("email" in ref) return upsertCustomerByEmail(siteId, ref);
  const found =
    "id" in ref ? await findCustomer(siteId, ref.id) : await findCustomerByExternalId(siteId, ref.externalId);
  if (!found) throw notFound("customer");
  return found;
}

/** Who writes from this address; the name of somebody already known stays. */
export async function upsertCustomerByEmail(
  siteId: string,
  person: { email: string; name?: string | undefined },
): Promise<CustomerRecord> {
  const { email, name } = person;
  return (
    (await findCustomerByEmail(siteId, email)) ??
    (await insertCustomer(siteId, { externalId: null, name: name ?? nameFrom(email), email }))
  );
}

/** What a host says of somebody; without a name, the one they have stays. */
interface Identity {
  externalId: string;
  email: string;
  name: string | undefined;
}

const nameOf = ({ name, email }: Identity, known: CustomerRecord | null): string =>
  name ?? (known && known.name !== nameFrom(known.email) ? known.name : nameFrom(email));

/** A person without a name is called by what stands before the @. */
export const nameFrom = (email: string): string => email.split("@")[0] ?? email;

/**
 * The customer behind a host-signed identity: made on first sight, and name and email follow the host afterwards. Somebody
 * known by mail alone becomes this customer, since the host vouches for the address.
 */
export async function identifyCustomer(
  siteId: string,
  identity: Identity,
  spoken: Spoken = {},
): Promise<CustomerRecord> {
  const known = await findCustomerByExternalId(siteId, identity.externalId);
  if (known && known.email === identity.email && known.name === nameOf(identity, known)) {
    await noteSpoken(known, spoken);
    await noteSeen(known);
    return known;
  }
  const customer = await onFirstSight(() => adopt(siteId, identity));
  await noteSpoken(customer, spoken);
  return customer;
}

/**
 * A transaction that may make a customer. Two first sights at once collide on the unique identity; the second then finds
 * what the first made.
 */
export async function onFirstSight<T>(body: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction(body);
    } catch (error) {
      if (!isDuplicate(error) || attempt === 3) throw error;
    }
  }
}

/** Each process notes a customer's coming at most once an hour: sessions are renewed all day long. */
const seenEveryMs = 3_600_000;
const seen = new Map<string, number>();
async function noteSeen({ siteId, id }: CustomerRecord): Promise<void> {
  const now = Date.now();
  if (now - (seen.get(id) ?? 0) < seenEveryMs) return;
  if (seen.size >= 10_000) seen.clear();
  seen.set(id, now);
  await changeCustomer(siteId, id, { lastSeenAt: new Date(now) });
}

async function adopt(siteId: string, identity: Identity): Promise<CustomerRecord> {
  const { externalId, email } = identity;
  const byMail = await findCustomerByEmail(siteId, email);
  const known = (await findCustomerByExternalId(siteId, externalId)) ?? (byMail?.externalId === null ? byMail : null);
  const name = nameOf(identity, known);
  if (!known) return insertCustomer(siteId, { externalId, email, name });
  const keys = customerKeys({ externalId, email, name });
  await changeCustomer(siteId, known.id, {
    externalId,
    identity: `x:${externalId}`,
    email,
    name,
    lastSeenAt: new Date(),
    ...keys,
  });
  const before = { name: known.name, email: known.email, externalId: known.externalId };
  await record(
    "customer.updated",
    { siteId, actor: { kind: "customer", id: known.id, name } },
    { customerId: known.id, before, after: { name, email, externalId } },
  );
  return { ...known, externalId, email, name };
}
